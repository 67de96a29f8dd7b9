import { describe, expect, test } from "vitest";
import type { ByteRange } from "../../src/core/http/byte-range.ts";
import { ChecksumRefused, type ObjectHeaders, type ObjectStore } from "../../src/ports/object-store.ts";
import { newKey } from "./keys.ts";
import { multipartContract } from "./multipart.contract.ts";
import { objectListContract } from "./object-list.contract.ts";
import { objectWriterContract } from "./object-writer.contract.ts";

export const BARE: ObjectHeaders = {
  contentType: null,
  contentEncoding: null,
  contentLanguage: null,
  contentDisposition: null,
  cacheControl: null,
  etag: '"bare"',
  lastModified: null,
};

const FULL: ObjectHeaders = {
  contentType: "text/plain; charset=utf-8",
  contentEncoding: "gzip",
  contentLanguage: "de, en",
  contentDisposition: "attachment; filename=\"a b.txt\"; filename*=UTF-8''%C3%A9",
  cacheControl: 'max-age=60, private="x"',
  etag: '"!#\u00e9-1"',
  lastModified: "Fri, 20 Nov 2026 12:00:00 GMT",
};

/** What no header can hold as it is, or only with luck. */
const ODD: ObjectHeaders = {
  ...FULL,
  contentDisposition: 'attachment; filename="\u65e5\u672c \ud83d\ude00.txt"',
  contentLanguage: "de,  en",
  etag: '"100%25\u20ac"',
  lastModified: "gestern abend, 8\u2013\u200910 Uhr",
};

/** Digests of "hello", and one of something else. */
export const HELLO = {
  sha256: "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
  sha1: "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d",
  md5: "5d41402abc4b2a76b9719d911017c592",
} as const;

/** What `hello` is not: for each algorithm, its digest with another last digit. */
export const NOT_HELLO = Object.entries(HELLO).map(
  ([algorithm, digest]) => [algorithm, `${digest.slice(0, -1)}0`, digest] as const,
);

export const newObjectKey = () => `${newKey().tenant}/${newKey().id}/${crypto.randomUUID()}`;

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(new TextEncoder().encode(text));

/** The bytes of an object or of a range of it, as text; `null`: there is no object. */
export async function readText(store: ObjectStore, key: string, range: ByteRange | null = null) {
  const object = await store.get(key, range);
  return object && (await new Response(object.body).text());
}

export function objectStoreContract(name: string, make: () => ObjectStore): void {
  describe(`ObjectStore: ${name}`, () => {
    test("what was never put is null, and deleting it no error", async () => {
      const [store, key] = [make(), newObjectKey()];
      expect(await store.head(key)).toBeNull();
      expect(await store.get(key, null)).toBeNull();
      expect(await store.get(key, { offset: 0, length: 1 })).toBeNull();
      await store.delete(key);
    });

    test.each([
      ["all its headers", FULL],
      ["headers beyond ASCII", ODD],
      ["none but the ETag", BARE],
    ])("gives back the bytes, with %s", async (_, headers) => {
      const [store, key] = [make(), newObjectKey()];
      await store.put(key, utf8("hello"), headers);
      expect(await store.head(key)).toEqual({ size: 5, headers });
      expect(await store.get(key, null)).toMatchObject({ size: 5, headers });
      expect(await readText(store, key)).toBe("hello");
    });

    test("keeps an empty object", async () => {
      const [store, key] = [make(), newObjectKey()];
      await store.put(key, utf8(""), BARE);
      expect(await store.head(key)).toMatchObject({ size: 0 });
      expect(await readText(store, key)).toBe("");
    });

    test("the bytes may be reused after", async () => {
      const [store, key] = [make(), newObjectKey()];
      const buffer = utf8("..hello..");
      await store.put(key, buffer.subarray(2, 7), BARE);
      buffer.fill(0);
      expect(await readText(store, key)).toBe("hello");
    });

    test.each([
      [{ offset: 0, length: 1 }, "h"],
      [{ offset: 1, length: 3 }, "ell"],
      [{ offset: 4, length: 1 }, "o"],
      [{ offset: 0, length: 5 }, "hello"],
    ])("the range %o is %s, of an object whose size stays", async (range, text) => {
      const [store, key] = [make(), newObjectKey()];
      await store.put(key, utf8("hello"), BARE);
      expect(await store.get(key, range)).toMatchObject({ size: 5 });
      expect(await readText(store, key, range)).toBe(text);
    });

    test("a key is written once: a second put is refused and changes nothing", async () => {
      const [store, key] = [make(), newObjectKey()];
      await store.put(key, utf8("first"), FULL);
      await expect(store.put(key, utf8("second"), BARE)).rejects.toThrow();
      expect(await store.head(key)).toEqual({ size: 5, headers: FULL });
      expect(await readText(store, key)).toBe("first");
    });

    test.each(Object.entries(HELLO))("bytes with the %s that was declared are stored", async (algorithm, digest) => {
      const [store, key] = [make(), newObjectKey()];
      await store.put(key, utf8("hello"), BARE, { [algorithm]: digest });
      expect(await readText(store, key)).toBe("hello");
    });

    test.each(NOT_HELLO)("bytes with another %s are refused with both values", async (algorithm, declared, actual) => {
      const [store, key] = [make(), newObjectKey()];
      const refused = store.put(key, utf8("hello"), BARE, { [algorithm]: declared });
      await expect(refused).rejects.toThrow(ChecksumRefused);
      await expect(refused).rejects.toThrow(declared);
      await expect(refused).rejects.toThrow(actual);
      expect(await store.head(key)).toBeNull();
      await store.put(key, utf8("hello"), BARE);
    });

    test("of several digests the strongest counts", async () => {
      const [store, key] = [make(), newObjectKey()];
      const { sha256, sha1, md5 } = HELLO;
      const wrong = { md5: `${md5.slice(1)}0`, sha1: `${sha1.slice(1)}0` };
      await expect(store.put(key, utf8("hello"), BARE, { md5, sha1: wrong.sha1 })).rejects.toThrow(ChecksumRefused);
      await store.put(key, utf8("hello"), BARE, { ...wrong, sha256 });
    });

    test("what was deleted is gone", async () => {
      const [store, key] = [make(), newObjectKey()];
      await store.put(key, utf8("hello"), BARE);
      await store.delete(key);
      expect(await store.head(key)).toBeNull();
      expect(await store.get(key, null)).toBeNull();
    });

    objectWriterContract(make);
    multipartContract(make);
    objectListContract(make);
  });
}
