import { describe, expect, it } from "vitest";
import { optionsHeaders, withCors } from "../../../src/core/http/cors.ts";
import type { CorsSettings } from "../../../src/core/tenant.ts";

const APP = "https://app.example.com";
const OTHER = "https://other.example.com";

const LISTED: CorsSettings = {
  origins: [APP, "http://localhost:3000"],
  requestHeaders: ["x-player"],
  exposedHeaders: ["content-disposition"],
  maxAgeSeconds: 600,
};
const OPEN: CorsSettings = { ...LISTED, origins: ["*"] };

const EXPOSED =
  "accept-ranges, cache-status, content-encoding, content-length, content-range, etag, last-modified, repr-digest";
const REQUESTED = "if-match, if-modified-since, if-none-match, if-range, if-unmodified-since, range";

/** The fields of CORS. */
function readable(origin: string) {
  return {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Expose-Headers": `${EXPOSED}, content-disposition`,
    "Timing-Allow-Origin": origin,
  };
}

describe("an answer to a page of another origin", () => {
  const fields = { ETag: '"a"' };

  it.each([APP, "http://localhost:3000"])("may be read by %s, which is listed", (origin) => {
    expect(withCors(fields, LISTED, origin)).toEqual({ ...fields, ...readable(origin), Vary: "Origin" });
  });

  it.each([
    ...[null, "", OTHER, "null", "*", "https://app.example.com:8443", "http://app.example.com", "app.example.com"],
    ...["https://app.example.com/", "https://APP.example.com", "https://evil-app.example.com", `${APP}, ${OTHER}`],
    ...["https://app.example.com.evil.example", " https://app.example.com"],
  ])("may not be read by %j, and tells who else it depends on (Fetch, CORS and caches)", (origin) => {
    expect(withCors(fields, LISTED, origin)).toEqual({ ...fields, Vary: "Origin" });
  });

  it.each([APP, OTHER, "null", null])("may be read by everybody where everybody may: %j", (origin) => {
    expect(withCors(fields, OPEN, origin)).toEqual({ ...fields, ...readable("*") });
  });

  it.each([APP, "null", null])("may be read by nobody where nothing is said: %j", (origin) => {
    expect(withCors(fields, null, origin)).toEqual(fields);
  });

  it("is not opened to pages without an origin by a list, not by one that says so either", () => {
    expect(withCors({}, { ...LISTED, origins: ["null"] }, "null")).toEqual({ Vary: "Origin" });
  });

  it("depends on the origin beside what it depends on already", () => {
    const varied = { Vary: "Accept-Encoding" };
    expect(withCors(varied, LISTED, APP).Vary).toBe("Accept-Encoding, Origin");
    expect(withCors(varied, LISTED, null).Vary).toBe("Accept-Encoding, Origin");
    expect(withCors(varied, OPEN, APP).Vary).toBe("Accept-Encoding");
  });

  it("shows each field once, in whatever case the tenant writes it", () => {
    const cors = { ...OPEN, exposedHeaders: ["ETag", "X-Own", "x-own"] };
    expect(withCors({}, cors, APP)["Access-Control-Expose-Headers"]).toBe(`${EXPOSED}, x-own`);
  });

  it("leaves its fields as they are", () => {
    const redirect = Object.freeze({ Location: "https://origin.example/a", "Cache-Control": "no-store" });
    expect(withCors(redirect, LISTED, APP)).toEqual({ ...redirect, ...readable(APP), Vary: "Origin" });
  });
});

describe("an answer to OPTIONS", () => {
  const allow = { Allow: "GET, HEAD, OPTIONS" };
  const preflight = (origin: string) => ({
    ...allow,
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": `${REQUESTED}, x-player`,
    "Access-Control-Max-Age": "600",
  });

  it("lets a page that is listed send ranges, conditions and what the tenant names", () => {
    expect(optionsHeaders(LISTED, APP)).toEqual({ ...preflight(APP), Vary: "Origin" });
  });

  it.each([OTHER, "null", null])("lets %j do nothing, and says that it depends on who asks", (origin) => {
    expect(optionsHeaders(LISTED, origin)).toEqual({ ...allow, Vary: "Origin" });
  });

  it.each([OTHER, "null", null])("lets everybody where everybody may: %j", (origin) => {
    expect(optionsHeaders(OPEN, origin)).toEqual(preflight("*"));
  });

  it.each([APP, "null", null])("names the methods where nothing is said, and no more: %j", (origin) => {
    expect(optionsHeaders(null, origin)).toEqual(allow);
  });

  it("names each field once", () => {
    const cors = { ...OPEN, requestHeaders: ["Range", "authorization", "Authorization"] };
    expect(optionsHeaders(cors, APP)["Access-Control-Allow-Headers"]).toBe(`${REQUESTED}, authorization`);
  });

  it("may be remembered for no time at all", () => {
    expect(optionsHeaders({ ...OPEN, maxAgeSeconds: 0 }, APP)["Access-Control-Max-Age"]).toBe("0");
  });
});

describe("no answer", () => {
  it("ever allows credentials", () => {
    for (const cors of [null, LISTED, OPEN]) {
      for (const origin of [APP, OTHER, "null", null]) {
        const all = { ...withCors({}, cors, origin), ...optionsHeaders(cors, origin) };
        expect(Object.keys(all).filter((name) => /credentials/i.test(name))).toEqual([]);
      }
    }
  });
});
