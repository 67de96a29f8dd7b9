import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AZURE, BASE64, declared, ELSEWHERE, GOOGLE, HEX, OTHER, S3 } from "./known-checksums.ts";

describe("an origin that says nothing", () => {
  it.each([S3, GOOGLE, AZURE, ELSEWHERE])("declares nothing: %#", (object) => {
    expect(declared(object, {})).toEqual({});
    expect(declared(object, { "content-length": "23", "content-type": "video/mp4" })).toEqual({});
  });
});

describe("an answer that is not the whole object", () => {
  it.each([206, 204, 304, 403, 500])("declares nothing: %i", (status) => {
    const fields = { "content-md5": BASE64.md5, etag: `"${HEX.md5}"`, "x-goog-hash": `md5=${BASE64.md5}` };
    expect(declared(S3, fields, status)).toEqual({});
  });
});

describe("a server that packs on the way", () => {
  const packed = { "content-encoding": "gzip", "content-md5": BASE64.md5 };

  it.each([
    ["a weak ETag shows it", { ...packed, etag: 'W/"1"' }, {}],
    ["its ETag is strong, so the packed bytes are its own", { ...packed, etag: '"1"' }, { md5: HEX.md5 }],
    ["nothing shows it", packed, { md5: HEX.md5 }],
    [
      "a weak ETag of what is not packed shows nothing",
      { ...packed, "content-encoding": "", etag: 'W/"1"' },
      { md5: HEX.md5 },
    ],
  ])("where %s", (_, fields, checksums) => {
    for (const object of [ELSEWHERE, AZURE]) expect(declared(object, fields)).toEqual(checksums);
  });
});

describe("fields that contradict each other", () => {
  it.each([
    ["a store's own before a field of HTTP's", { "x-goog-hash": `md5=${BASE64.md5}`, "content-md5": OTHER }],
    ["a field of HTTP's before the ETag", { "content-md5": BASE64.md5, etag: `"${"0".repeat(32)}"` }],
    ["the new field before the old one", { "repr-digest": `md5=:${BASE64.md5}:`, digest: `MD5=${OTHER}` }],
    ["the old one before Content-MD5", { digest: `MD5=${BASE64.md5}`, "content-md5": OTHER }],
  ])("count in this order: %s", (_, fields) => {
    expect(declared(S3, fields)).toEqual({ md5: HEX.md5 });
  });

  it("are no reason to forget what only one of them says", () => {
    const fields = { "x-amz-checksum-crc64nvme": BASE64.crc64nvme, digest: `SHA-256=${BASE64.sha256}`, etag: '"e-2"' };
    expect(declared(S3, fields)).toEqual({ sha256: HEX.sha256, crc64nvme: HEX.crc64nvme });
  });

  it("leave a malformed one no say", () => {
    expect(declared(S3, { "x-amz-checksum-md5": "broken", "content-md5": BASE64.md5 })).toEqual({ md5: HEX.md5 });
  });
});

it("whatever the fields hold, what comes out is hex of the right length, or nothing", () => {
  const names = [
    "content-md5",
    "x-goog-hash",
    "x-amz-checksum-sha256",
    "etag",
    "x-bz-content-sha1",
    "repr-digest",
    "digest",
  ];
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom(...Object.values(BASE64), ...Object.values(HEX)),
    fc.constantFrom(...Object.values(BASE64)).map((text) => `sha-256=:${text}:,md5=${text}`),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), value), (fields) => {
      for (const [name, hex] of Object.entries(declared(S3, fields))) {
        expect(hex).toMatch(/^[0-9a-f]+$/);
        expect(hex.length).toBe(HEX[name as keyof typeof HEX].length);
      }
    }),
  );
});
