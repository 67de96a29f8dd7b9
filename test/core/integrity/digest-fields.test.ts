import { describe, expect, it } from "vitest";
import { AZURE, BASE64, declared, ELSEWHERE, GOOGLE, HEX, OTHER, S3 } from "./known-checksums.ts";

describe("Repr-Digest", () => {
  it.each([
    ["one digest", `sha-256=:${BASE64.sha256}:`, { sha256: HEX.sha256 }],
    ["two", `md5=:${BASE64.md5}:, sha-256=:${BASE64.sha256}:`, { sha256: HEX.sha256, md5: HEX.md5 }],
    ["a SHA-1 by its old name", `sha=:${BASE64.sha1}:`, { sha1: HEX.sha1 }],
    ["one beside what we do not have", `sha-512=:AAAA:,sha-256=:${BASE64.sha256}:`, { sha256: HEX.sha256 }],
    ["one with parameters", `sha-256=:${BASE64.sha256}:;from=origin; v=1`, { sha256: HEX.sha256 }],
    ["one name twice, the last", `md5=:${OTHER}:,md5=:${BASE64.md5}:`, { md5: HEX.md5 }],
    ["one of the wrong length beside a right one", `md5=:AAAA:, sha-256=:${BASE64.sha256}:`, { sha256: HEX.sha256 }],
    ["nothing without the colons", `sha-256=${BASE64.sha256}`, {}],
    ["nothing when one member is malformed", `sha-256=:${BASE64.sha256}:, md5`, {}],
    ["nothing in capital letters", `SHA-256=:${BASE64.sha256}:`, {}],
    ["nothing with a comma too many", `sha-256=:${BASE64.sha256}:,`, {}],
    ["nothing when it is empty", "", {}],
  ])("declares %s", (_, value, checksums) => {
    expect(declared(ELSEWHERE, { "repr-digest": value })).toEqual(checksums);
  });

  it("is what counts of RFC 9530: Content-Digest speaks of a message", () => {
    expect(declared(ELSEWHERE, { "content-digest": `sha-256=:${BASE64.sha256}:` })).toEqual({});
  });
});

describe("Digest", () => {
  it.each([
    ["one digest", `SHA-256=${BASE64.sha256}`, { sha256: HEX.sha256 }],
    ["two", `MD5=${BASE64.md5},SHA-256=${BASE64.sha256}`, { sha256: HEX.sha256, md5: HEX.md5 }],
    ["two with a space between", `SHA=${BASE64.sha1}, md5=${BASE64.md5}`, { sha1: HEX.sha1, md5: HEX.md5 }],
    ["one in any letter case", `sha-256=${BASE64.sha256}`, { sha256: HEX.sha256 }],
    ["one beside a malformed one", `MD5=xx,SHA-256=${BASE64.sha256}`, { sha256: HEX.sha256 }],
    ["nothing of the unpacked bytes", `id-sha-256=${BASE64.sha256}`, {}],
    ["nothing of other algorithms", "UNIXsum=30637,ADLER32=03da0195", {}],
    ["nothing when it is empty", "", {}],
    ["nothing without a name", BASE64.sha256, {}],
  ])("declares %s", (_, value, checksums) => {
    expect(declared(ELSEWHERE, { digest: value })).toEqual(checksums);
  });
});

describe("Content-MD5", () => {
  it.each([S3, GOOGLE, AZURE, ELSEWHERE])("is read wherever it comes from: %#", (object) => {
    expect(declared(object, { "content-md5": BASE64.md5 })).toEqual({ md5: HEX.md5 });
  });

  it.each([
    ["empty", ""],
    ["hex", HEX.md5],
    ["cut short", BASE64.md5.slice(1)],
    ["without its padding", BASE64.md5.replace(/=+$/, "")],
    ["twice", `${BASE64.md5}, ${BASE64.md5}`],
    ["a SHA-256", BASE64.sha256],
    ["no base64", "not/base64/at/all!!!!!!=="],
    ["base64 of the URL's alphabet", "-_-_-_-_-_-_-_-_-_-_-w=="],
    ["a second spelling of the same bytes", `${BASE64.md5.slice(0, 21)}/==`],
  ])("counts as absent when it is %s", (_, value) => {
    expect(declared(ELSEWHERE, { "content-md5": value })).toEqual({});
  });
});
