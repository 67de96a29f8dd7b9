import { describe, expect, it } from "vitest";
import type { CorsSettings } from "../../../src/core/tenant.ts";
import { UPLOAD_PREFLIGHT, uploadCors } from "../../../src/core/uploads/upload-cors.ts";

const PAGE = "https://app.example.com";
const CORS: CorsSettings = { origins: [PAGE], requestHeaders: [], exposedHeaders: ["x-mine"], maxAgeSeconds: 60 };

describe("the answer to a page that uploads", () => {
  it("may be read by the tenant's own pages, with what tus tells", () => {
    const fields = uploadCors(CORS, PAGE);
    expect(fields["Access-Control-Allow-Origin"]).toBe(PAGE);
    expect(fields["Access-Control-Expose-Headers"]).toMatch(/location.*upload-offset.*x-mine/);
    expect(fields.Vary).toBe("Origin");
  });

  it.each([
    ["another page", CORS, "https://elsewhere.example"],
    ["a page without an origin", CORS, "null"],
    ["any page of a tenant that allows none", null, PAGE],
  ])("may not be read by %s", (_, cors, origin) => {
    expect(uploadCors(cors, origin)).not.toHaveProperty("Access-Control-Allow-Origin");
  });

  it("may be read by every page where the tenant says so", () => {
    expect(uploadCors({ ...CORS, origins: ["*"] }, PAGE)["Access-Control-Allow-Origin"]).toBe("*");
  });
});

describe("the answer to a preflight", () => {
  it("lets a page send a token and the fields of chunks and of tus, and never cookies", () => {
    const allowed = UPLOAD_PREFLIGHT["Access-Control-Allow-Headers"]?.split(", ");
    for (const name of [
      "authorization",
      "x-upload-id",
      "x-chunk-index",
      "content-md5",
      "upload-offset",
      "tus-resumable",
    ]) {
      expect(allowed).toContain(name);
    }
    expect(UPLOAD_PREFLIGHT).not.toHaveProperty("Access-Control-Allow-Credentials");
  });
});
