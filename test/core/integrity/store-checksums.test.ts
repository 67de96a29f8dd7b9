import { describe, expect, it } from "vitest";
import { CHECKSUM_ALGORITHMS } from "../../../src/core/integrity/checksums.ts";
import { AZURE, BASE64, declared, ELSEWHERE, EXPRESS, GOOGLE, HEX, MINIO, OTHER, S3 } from "./known-checksums.ts";

describe("x-amz-checksum", () => {
  it.each(CHECKSUM_ALGORITHMS)("%s is read, in base64", (algorithm) => {
    const field = { [`x-amz-checksum-${algorithm}`]: BASE64[algorithm] };
    expect(declared(S3, field)).toEqual({ [algorithm]: HEX[algorithm] });
    expect(declared(S3, { ...field, "x-amz-checksum-type": "FULL_OBJECT" })).toEqual({ [algorithm]: HEX[algorithm] });
    // A CDN before the bucket hands it on.
    expect(declared(ELSEWHERE, field)).toEqual({ [algorithm]: HEX[algorithm] });
  });

  it.each([
    ["of the checksums of parts, as its end shows", { "x-amz-checksum-sha256": `${BASE64.sha256}-3` }],
    ["of those of one part", { "x-amz-checksum-crc32c": `${BASE64.crc32c}-1` }],
    [
      "of the checksums of parts, as another field says",
      { "x-amz-checksum-sha256": BASE64.sha256, "x-amz-checksum-type": "COMPOSITE" },
    ],
    ["of another length", { "x-amz-checksum-crc32": BASE64.crc64nvme }],
    ["in hex", { "x-amz-checksum-sha256": HEX.sha256 }],
    ["of an algorithm that we do not have", { "x-amz-checksum-xxhash64": BASE64.crc64nvme }],
  ])("counts as absent when it is %s", (_, fields) => {
    expect(declared(S3, fields)).toEqual({});
  });

  it("holds for an object that was uploaded in signed pieces", () => {
    const fields = { "x-amz-checksum-crc32": BASE64.crc32, "content-encoding": "aws-chunked" };
    expect(declared(S3, fields)).toEqual({ crc32: HEX.crc32 });
  });
});

describe("x-goog-hash", () => {
  it.each([
    ["both", `crc32c=${BASE64.crc32c},md5=${BASE64.md5}`, { md5: HEX.md5, crc32c: HEX.crc32c }],
    ["both, sent as two fields", `crc32c=${BASE64.crc32c}, md5=${BASE64.md5}`, { md5: HEX.md5, crc32c: HEX.crc32c }],
    ["a composite object's", `crc32c=${BASE64.crc32c}`, { crc32c: HEX.crc32c }],
    ["one beside what we do not know", `sha512=AAAA,crc32c=${BASE64.crc32c},`, { crc32c: HEX.crc32c }],
    ["one beside a malformed one", `crc32c=xx,md5=${BASE64.md5}`, { md5: HEX.md5 }],
    ["none of the right length", `crc32c=${BASE64.md5},md5=${BASE64.crc32c}`, {}],
    ["none", "", {}],
    ["no name", BASE64.md5, {}],
  ])("declares %s", (_, value, checksums) => {
    expect(declared(GOOGLE, { "x-goog-hash": value })).toEqual(checksums);
  });

  const hash = { "x-goog-hash": `crc32c=${BASE64.crc32c},md5=${BASE64.md5}` };
  it.each([
    // At rest, on its way, and whether these are the same bytes.
    ["gzip", "gzip", true],
    ["gzip", "GZIP", true],
    ["gzip", undefined, false],
    ["gzip", "identity", false],
    ["gzip", "br", false],
    ["identity", undefined, true],
    ["identity", "gzip", false],
    ["identity", "br", false],
    ["br", "br", true],
  ])("of an object that is kept as %s and comes as %s holds: %s", (atRest, onItsWay, holds) => {
    const fields = { ...hash, "x-goog-stored-content-encoding": atRest };
    const answer = onItsWay === undefined ? fields : { ...fields, "content-encoding": onItsWay };
    for (const object of [GOOGLE, ELSEWHERE]) {
      expect(declared(object, answer)).toEqual(holds ? { md5: HEX.md5, crc32c: HEX.crc32c } : {});
    }
  });
});

describe("an ETag", () => {
  const etag = `"${HEX.md5}"`;

  it.each([
    ["of a store that speaks S3's language", S3, { etag }],
    ["of one at a host of the tenant's own", MINIO, { etag }],
    ["of what is encrypted with S3's own key", S3, { etag, "x-amz-server-side-encryption": "AES256" }],
    ["in upper case", S3, { etag: etag.toUpperCase() }],
    ["of packed bytes, which a store keeps as they are", S3, { etag, "content-encoding": "gzip" }],
  ])("is the MD5 of the bytes when it is %s", (_, object, fields) => {
    expect(declared(object, fields)).toEqual({ md5: HEX.md5 });
  });

  it.each([
    ["that of several parts", S3, { etag: `"${HEX.md5}-2"` }],
    ["a weak one", S3, { etag: `W/${etag}` }],
    ["without its quotes", S3, { etag: HEX.md5 }],
    ["shorter", S3, { etag: `"${HEX.md5.slice(1)}"` }],
    ["longer", S3, { etag: `"${HEX.md5}0"` }],
    ["as long as a SHA-256", S3, { etag: `"${HEX.sha256}"` }],
    ["of other letters", S3, { etag: `"${HEX.md5.slice(1)}z"` }],
    ["encrypted with a key of KMS", S3, { etag, "x-amz-server-side-encryption": "aws:kms" }],
    ["encrypted twice", S3, { etag, "x-amz-server-side-encryption": "aws:kms:dsse" }],
    ["encrypted in a way that is not known yet", S3, { etag, "x-amz-server-side-encryption": "aws:fsx" }],
    ["encrypted with a key of the client's", S3, { etag, "x-amz-server-side-encryption-customer-algorithm": "AES256" }],
    ["of a directory bucket", EXPRESS, { etag }],
    ["Google's", GOOGLE, { etag }],
    ["Azure's", AZURE, { etag }],
    ["of any other server", ELSEWHERE, { etag }],
  ])("is nothing of the kind when it is %s", (_, object, fields) => {
    expect(declared(object, fields)).toEqual({});
  });
});

describe("Azure", () => {
  it("declares the MD5 that the blob has as a property", () => {
    expect(declared(AZURE, { "content-md5": BASE64.md5, etag: '"0x8D4BCC2E4835CD0"' })).toEqual({ md5: HEX.md5 });
    expect(declared(AZURE, { "x-ms-blob-content-md5": BASE64.md5 })).toEqual({ md5: HEX.md5 });
  });

  it("says with the one what the whole blob is, whatever the other says", () => {
    expect(declared(AZURE, { "x-ms-blob-content-md5": BASE64.md5, "content-md5": OTHER })).toEqual({ md5: HEX.md5 });
  });
});

describe("x-bz-content-sha1", () => {
  it.each([
    [HEX.sha1, { sha1: HEX.sha1 }],
    [HEX.sha1.toUpperCase(), { sha1: HEX.sha1 }],
    ["none", {}],
    [`unverified:${HEX.sha1}`, {}],
    ["", {}],
    [HEX.md5, {}],
    [BASE64.sha1, {}],
  ])("%s declares %o", (value, checksums) => {
    expect(declared(ELSEWHERE, { "x-bz-content-sha1": value })).toEqual(checksums);
  });
});

it("OSS's CRC-64 is not read: it has another polynomial", () => {
  expect(declared(ELSEWHERE, { "x-oss-hash-crc64ecma": "9510371463412345829" })).toEqual({});
});
