import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillableLength, type OriginHead } from "../../../src/core/fills/fillable.ts";
import { MAX_OBJECT_BYTES } from "../../../src/core/fills/part-size.ts";

function head(status: number, headers: Record<string, string> = {}): OriginHead {
  return { status, header: (name) => headers[name] ?? null };
}

describe("a body is stored", () => {
  it.each([
    ["with its length", { "content-length": "1024" }, 1024],
    ["when it is empty", { "content-length": "0" }, 0],
    ["when it is as large as one fill stores", { "content-length": String(MAX_OBJECT_BYTES) }, MAX_OBJECT_BYTES],
    ["when it varies by encoding", { "content-length": "1", vary: "Accept-Encoding" }, 1],
    ["when it varies by origin", { "content-length": "1", vary: "Origin, accept-encoding" }, 1],
    ["when it varies by nothing", { "content-length": "1", vary: "" }, 1],
    ["when its list has holes", { "content-length": "1", vary: " , Origin ,," }, 1],
  ])("%s", (_, headers, length) => {
    expect(fillableLength(head(200, headers))).toBe(length);
  });
});

describe("a body is refused, for good,", () => {
  it.each<[string, Record<string, string>, string]>([
    ["without a length", {}, "LENGTH_UNKNOWN"],
    ["with an empty length", { "content-length": "" }, "LENGTH_UNKNOWN"],
    ["with a negative length", { "content-length": "-1" }, "LENGTH_UNKNOWN"],
    ["with a signed length", { "content-length": "+1" }, "LENGTH_UNKNOWN"],
    ["with two lengths", { "content-length": "1, 1" }, "LENGTH_UNKNOWN"],
    ["with a fraction", { "content-length": "1.5" }, "LENGTH_UNKNOWN"],
    ["with a length in hexadecimal", { "content-length": "0x10" }, "LENGTH_UNKNOWN"],
    ["with spaces", { "content-length": " 1" }, "LENGTH_UNKNOWN"],
    ["when it is one byte too large", { "content-length": String(MAX_OBJECT_BYTES + 1) }, "TOO_LARGE"],
    ["when its length is beyond all numbers", { "content-length": "9".repeat(400) }, "TOO_LARGE"],
    ["when it varies by anything", { "content-length": "1", vary: "*" }, "VARIES"],
    ["when it varies by cookie", { "content-length": "1", vary: "Cookie" }, "VARIES"],
    ["when it varies by more than encoding", { "content-length": "1", vary: "Accept-Encoding, User-Agent" }, "VARIES"],
  ])("%s", (_, headers, code) => {
    expect(fillableLength(head(200, headers))).toMatchObject({ code, final: true });
  });
});

describe("an answer other than 200", () => {
  it.each([
    [401, "ORIGIN_REFUSED", true],
    [403, "ORIGIN_REFUSED", true],
    [404, "ORIGIN_NOT_FOUND", true],
    [410, "ORIGIN_NOT_FOUND", true],
    [204, "ORIGIN_STATUS", true],
    [206, "ORIGIN_STATUS", true],
    [301, "ORIGIN_STATUS", true],
    [302, "ORIGIN_STATUS", true],
    [304, "ORIGIN_STATUS", true],
    [400, "ORIGIN_STATUS", true],
    [416, "ORIGIN_STATUS", true],
    [408, "ORIGIN_STATUS", false],
    [425, "ORIGIN_STATUS", false],
    [429, "ORIGIN_STATUS", false],
    [500, "ORIGIN_STATUS", false],
    [502, "ORIGIN_STATUS", false],
    [503, "ORIGIN_STATUS", false],
    [504, "ORIGIN_STATUS", false],
  ])("%i is %s, and final is %s", (status, code, final) => {
    const refusal = fillableLength(head(status, { "content-length": "1" }));
    expect(refusal).toMatchObject({ code, final });
    expect(refusal).toHaveProperty("message", expect.stringContaining(String(status)));
  });

  it("is never stored", () => {
    const status = fc.integer({ min: 100, max: 599 }).filter((code) => code !== 200);
    fc.assert(
      fc.property(status, (code) => {
        expect(fillableLength(head(code, { "content-length": "1024" }))).not.toBeTypeOf("number");
      }),
    );
  });
});
