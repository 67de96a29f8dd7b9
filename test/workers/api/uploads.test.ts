import { beforeAll, describe, expect, test, vi } from "vitest";
import { deployment, keyOf, newTenantRow } from "./roles/roles-world.ts";

// The first call starts the Worker.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const NOWHERE = "http://127.0.0.1:9/sql";
const INIT = {
  ...{ file_name: "a.mp4", total_size: 3, user_id: "user123", user_role: "creator", content_type: "video/mp4" },
};
const UPLOAD = "1700000000000-00000000-0000-4000-8000-000000000000";

describe("uploads without a database", () => {
  let key = "";
  beforeAll(async () => {
    key = await keyOf(await newTenantRow(), ["uploads:*"]);
  });

  test.each<[string, string, unknown]>([
    ["POST", "/api/upload/init", INIT],
    ["PUT", "/api/upload/chunk", undefined],
    ["GET", `/api/upload/${UPLOAD}/status`, undefined],
    ["POST", "/api/upload/complete", { upload_id: UPLOAD }],
    ["POST", "/api/upload/cancel", { upload_id: UPLOAD }],
    ["POST", "/files/", undefined],
    ["DELETE", `/files/${UPLOAD}`, undefined],
  ])("say so by their own code, though it is the caller who cannot be looked up: %s %s", async (method, path, body) => {
    // The driver has one endpoint for all of this file from here on.
    const ask = deployment({ NEON_ENDPOINT: NOWHERE, API_HOSTS: "edge.example.com" });
    const { status, code, headers } = await ask(method, path, { as: key, body });
    expect([status, code]).toEqual([502, "DATABASE_ERROR"]);
    expect(headers.get("Tus-Resumable")).toBe(path.startsWith("/files") ? "1.0.0" : null);
  });
});
