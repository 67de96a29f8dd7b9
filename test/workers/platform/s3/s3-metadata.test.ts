import { describe, expect, test } from "vitest";
import { s3Metadata, storedHead } from "../../../../src/platform/s3/s3-metadata.ts";
import type { ObjectHeaders } from "../../../../src/ports/object-store.ts";
import { BARE } from "../../../contracts/object-store.contract.ts";

const PLAIN: ObjectHeaders = {
  contentType: "text/plain; charset=utf-8",
  contentEncoding: "gzip",
  contentLanguage: "de, en",
  contentDisposition: 'attachment; filename="a.txt"',
  cacheControl: "max-age=60",
  etag: '"v1"',
  lastModified: "Fri, 20 Nov 2026 12:00:00 GMT",
};

const ODD: ObjectHeaders = {
  contentType: 'text/plain; a="%41\u00e9"',
  contentEncoding: "b\u0159",
  contentLanguage: "de,  en",
  contentDisposition: 'attachment; filename="\u65e5\u672c \ud83d\ude00.txt"',
  cacheControl: "\tprivate",
  etag: '"100%\u00e9 \ud83d\ude00"',
  lastModified: "yesterday\u2026",
};

/** What a store answers that keeps what it was given, and adds what `more` says. */
function answer(fields: Record<string, string>, more: Record<string, string> = {}): Response {
  return new Response(null, { headers: { "content-type": "binary/octet-stream", ...fields, ...more } });
}

describe("an object's headers", () => {
  test.each([
    ["plain", PLAIN],
    ["odd", ODD],
    ["few", BARE],
    ["empty", { ...BARE, contentType: "", contentDisposition: "", etag: "" }],
  ])("come back from a store as they were: %s", (_, headers) => {
    for (const shown of [true, false]) {
      expect(storedHead(answer(s3Metadata(headers, shown)), 5)).toEqual({ size: 5, headers });
    }
  });

  test.each([
    ["a name", "contentDisposition", `attachment; filename="${"a".repeat(2100)}"`],
    ["a name that is encoded", "contentDisposition", `attachment; filename="${"\u65e5".repeat(240)}"`],
    ["a word for caches", "cacheControl", "a=1,".repeat(600)],
    ["languages", "contentLanguage", "de,".repeat(800)],
  ] as const)("have no more bytes than S3 takes: %s that is too long is left out", (_, property, value) => {
    for (const shown of [true, false]) {
      const fields = Object.entries(s3Metadata({ ...PLAIN, [property]: value }, shown));
      for (const beside of [true, false]) {
        const counted = fields.filter(([name]) => name.startsWith("x-amz-meta-") === beside);
        expect(counted.flat().join("").length).toBeLessThanOrEqual(2048);
      }
      const { headers } = storedHead(answer(Object.fromEntries(fields)), 5);
      const { [property]: got, ...others } = headers;
      expect(got).toBeNull();
      const { contentType, contentEncoding, etag, lastModified } = PLAIN;
      expect(others).toMatchObject({ contentType, contentEncoding, etag, lastModified });
    }
  });

  test("reach the store in printable ASCII", () => {
    for (const value of Object.values({ ...s3Metadata(PLAIN, true), ...s3Metadata(ODD, true) })) {
      expect(value).toMatch(/^[\x20-\x7e]*$/);
    }
  });

  test("are what the store itself would answer with, as far as it can", () => {
    expect(s3Metadata(PLAIN, true)).toMatchObject({
      "content-type": PLAIN.contentType,
      "content-encoding": "gzip",
      "content-language": "de, en",
      "content-disposition": PLAIN.contentDisposition,
      "cache-control": "max-age=60",
    });
    expect(Object.keys(s3Metadata(ODD, true)).filter((name) => !name.startsWith("x-amz-meta-"))).toEqual([]);
  });

  test("hide the coding from a store that nobody is sent to: it, or who stands before it, could decode", () => {
    expect(s3Metadata(PLAIN, false)).not.toHaveProperty("content-encoding");
  });

  test("are found where a store names them by a prefix of its own", () => {
    const renamed = Object.entries(s3Metadata(ODD, false)).map(([name, value]) => [
      name.replace("x-amz-meta-", "x-goog-meta-"),
      value,
    ]);
    expect(storedHead(answer(Object.fromEntries(renamed)), 5).headers).toEqual(ODD);
  });

  test("are none where the store made them up", () => {
    const made = { "cache-control": "private, max-age=0", "content-language": "en", etag: '"md5"' };
    expect(storedHead(answer(s3Metadata(BARE, false), made), 0).headers).toEqual(BARE);
  });

  test("of an object that somebody else stored are the store's own ETag, and nothing that is not ours", () => {
    expect(storedHead(answer({ etag: '"md5"', "x-amz-meta-etag-of-mine": "x" }), 0).headers).toEqual({
      ...BARE,
      etag: '"md5"',
    });
    expect(storedHead(answer({ "x-amz-meta-etag": "%E9" }), 0).headers.etag).toBe("%E9");
  });
});

describe("an answer in another coding than the object's is refused", () => {
  test.each([
    ["decoded on the way", s3Metadata(PLAIN, true), {}],
    ["encoded on the way", s3Metadata(BARE, true), { "content-encoding": "gzip" }],
    ["encoded on the way, of a store that nobody is sent to", s3Metadata(BARE, false), { "content-encoding": "br" }],
  ])("%s", (_, { "content-encoding": _sent, ...fields }, more) => {
    expect(() => storedHead(answer(fields, more as Record<string, string>), 5)).toThrow("coding");
  });
});
