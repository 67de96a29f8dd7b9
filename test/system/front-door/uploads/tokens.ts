import { createHmac } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { ask, manage } from "../../stack/requests.ts";
import { type Begun, content, INIT, refused, sendChunk } from "./uploading.ts";

const PAGE = "https://app.example.com";
const HOUR_S = 3600;

/** Makes a token as the documentation tells a customer's server to. */
function signToken({ kid, key }: { readonly kid: string; readonly key: string }, claims: object): string {
  const exp = Math.floor(Date.now() / 1000) + HOUR_S;
  const grant = {
    site: "demo",
    kid,
    user_id: "user123",
    user_role: "creator",
    content_type: "video/*",
    max_size: 9,
    exp,
  };
  const payload = Buffer.from(JSON.stringify({ ...grant, ...claims })).toString("base64url");
  const mac = createHmac("sha256", key).update(`snapbyte upload 1\n${payload}`).digest("base64url");
  return `snap_upload_${payload}.${mac}`;
}

export function tokens(stack: () => Stack): void {
  let linkKey: { readonly kid: string; readonly key: string };
  beforeAll(async () => {
    linkKey = (await (await manage(stack(), "/link-keys", { method: "POST" })).json()) as typeof linkKey;
    const cors = { origins: [PAGE] };
    const served = await manage(stack(), "/serving", { method: "PATCH", body: { cors } });
    if (served.status !== 200) throw new Error(`serving answered ${served.status}: ${await served.text()}`);
  });

  const begin = async (token: string, fields: object = {}) =>
    await ask(`${stack().api}/api/upload/init`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, Origin: PAGE },
      body: JSON.stringify({ ...INIT, total_size: 9, ...fields }),
    });

  it("uploads what its server has signed for, without an API key", async () => {
    const token = signToken(linkKey, {});
    const begun = await begin(token);
    expect(begun.headers.get("Access-Control-Allow-Origin")).toBe(PAGE);
    const upload = (await begun.json()) as Begun;
    expect((await sendChunk(stack(), upload, 0, content(9), { key: token, Origin: PAGE })).status).toBe(200);
    const done = await manage(stack(), "/api/upload/complete", { key: token, body: { upload_id: upload.upload_id } });
    expect(await done.json()).toMatchObject({ status: "completed", size: 9 });
  });

  it.each<[object, string]>([
    [{ user_id: "other" }, "user_id"],
    [{ user_role: "member" }, "user_role"],
    [{ content_type: "text/html" }, "content_type"],
  ])("uploads nothing else: %j", async (fields, named) => {
    const response = await begin(signToken(linkKey, {}), fields);
    expect(response.status).toBe(400);
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(PAGE);
    expect(await refused(response)).toMatchObject({ code: "INVALID_FIELD", message: expect.stringContaining(named) });
  });

  it("uploads nothing larger, nothing after its end, and nothing that it has signed itself", async () => {
    expect((await begin(signToken(linkKey, {}), { total_size: 10 })).status).toBe(413);
    expect((await begin(signToken(linkKey, { exp: 1_700_000_000 }))).status).toBe(401);
    expect((await begin(signToken({ ...linkKey, key: "guessed" }, {}))).status).toBe(401);
  });

  it("begins the parts of a file by tus of which nobody says what they are", async () => {
    const create = async (token: string, fields: Readonly<Record<string, string>>) =>
      await ask(`${stack().api}/files/`, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}`, "Tus-Resumable": "1.0.0", "Upload-Length": "9", ...fields },
      });
    expect((await create(signToken(linkKey, {}), { "Upload-Concat": "partial" })).status).toBe(201);
    expect((await create(signToken(linkKey, {}), {})).status).toBe(400);
  });

  it("sees what it has begun, and nothing of others", async () => {
    const [mine, theirs] = [signToken(linkKey, {}), signToken(linkKey, { max_size: 10 })];
    const { upload_id } = (await (await begin(mine)).json()) as Begun;
    const told = async (key: string) => (await manage(stack(), `/api/upload/${upload_id}/status`, { key })).status;
    expect([await told(mine), await told(theirs), await told(stack().apiKey)]).toEqual([200, 404, 200]);
  });

  it("gets a token from us where its server rather asks than signs", async () => {
    const body = { user_id: "user123", user_role: "creator", content_type: "video/mp4", max_size: 9 };
    const made = (await (await manage(stack(), "/api/upload/token", { body })).json()) as { readonly token: string };
    expect((await begin(made.token)).status).toBe(200);
    expect((await begin(made.token, { content_type: "video/webm" })).status).toBe(400);
  });

  it("is asked beforehand by its browser, and may not read what is answered to another page", async () => {
    const asked = await ask(`${stack().api}/api/upload/chunk`, { method: "OPTIONS", headers: { Origin: PAGE } });
    expect(asked.status).toBe(204);
    expect(asked.headers.get("Access-Control-Allow-Headers")).toContain("x-chunk-index");
    const response = await ask(`${stack().api}/api/upload/init`, {
      method: "POST",
      headers: { Authorization: `Bearer ${signToken(linkKey, {})}`, Origin: "https://elsewhere.example" },
      body: JSON.stringify({ ...INIT, total_size: 9 }),
    });
    expect(response.headers.get("Access-Control-Allow-Origin")).toBeNull();
  });
}
