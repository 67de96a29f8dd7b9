import { describe, expect, test } from "vitest";
import { type MultipartUpload, type ObjectStore, PartUnknown, type StoredPart } from "../../src/ports/object-store.ts";
import { BARE, newObjectKey, readText, utf8 } from "./object-store.contract.ts";
import { partWriterContract } from "./part-writer.contract.ts";

/** The smallest part that R2 takes, but for the last. */
export const PART_BYTES = 5 * 2 ** 20;

/** A part full of one letter. */
export const part = (letter: string, bytes = PART_BYTES) => new Uint8Array(bytes).fill(letter.charCodeAt(0));

/** Sends a part, and says what the store wants it named as. */
async function send(upload: MultipartUpload, number: number, bytes: Uint8Array<ArrayBuffer>): Promise<StoredPart> {
  return { number, etag: await upload.uploadPart(number, bytes) };
}

/** An upload under a key of its own. */
export async function beginUpload(make: () => ObjectStore, headers = BARE) {
  const [store, key] = [make(), newObjectKey()];
  return { store, key, upload: await store.createMultipart(key, headers) };
}

/** Uploads in parts; a suite of its own for length, run by that of the store. */
export function multipartContract(make: () => ObjectStore): void {
  describe("createMultipart", () => {
    test("joins the parts in order, in whatever order they came and are named", async () => {
      const headers = { ...BARE, contentType: "video/mp4", cacheControl: "private" };
      const { store, key, upload } = await beginUpload(make, headers);
      const late = await Promise.all([send(upload, 2, part("b")), send(upload, 3, utf8("end"))]);
      const first = await send(upload, 1, part("a"));
      expect(await store.head(key)).toBeNull();
      await upload.complete([...late, first]);
      expect(await store.head(key)).toEqual({ size: 2 * PART_BYTES + 3, headers });
      expect(await readText(store, key, { offset: PART_BYTES - 1, length: 2 })).toBe("ab");
      expect(await readText(store, key, { offset: 2 * PART_BYTES - 1, length: 4 })).toBe("bend");
    });

    test("the bytes of a part may be reused after it", async () => {
      const { store, key, upload } = await beginUpload(make);
      const buffer = part("a");
      const first = await send(upload, 1, buffer);
      buffer.fill("b".charCodeAt(0));
      await upload.complete([first, await send(upload, 2, buffer.subarray(0, 1))]);
      expect(await readText(store, key, { offset: PART_BYTES - 1, length: 2 })).toBe("ab");
    });

    test("a part that is sent again replaces the first, whose etag counts no more", async () => {
      const { store, key, upload } = await beginUpload(make);
      const first = await send(upload, 1, utf8("first"));
      const again = await send(upload, 1, utf8("again"));
      expect(again.etag).not.toBe(first.etag);
      await expect(upload.complete([first])).rejects.toThrow(PartUnknown);
      expect(await store.head(key)).toBeNull();
      await upload.complete([again]);
      expect(await readText(store, key)).toBe("again");
    });

    test("the same bytes sent again have an etag of their own", async () => {
      const { upload } = await beginUpload(make);
      const first = await send(upload, 1, utf8("same"));
      await send(upload, 1, utf8("same"));
      await expect(upload.complete([first])).rejects.toThrow(PartUnknown);
      await upload.abort();
    });

    test.each([
      ["the first", [2, 3]],
      ["one between", [1, 3]],
      ["every", []],
    ])("with %s part missing it is refused, and nothing is there to be read", async (_, numbers) => {
      const { store, key, upload } = await beginUpload(make);
      const parts: StoredPart[] = [];
      for (const number of numbers) parts.push(await send(upload, number, part("a")));
      await expect(upload.complete(parts)).rejects.toThrow(/missing/);
      expect(await store.head(key)).toBeNull();
      await upload.abort();
    });

    test("with a part named twice, or one that was never sent, it is refused", async () => {
      const { store, key, upload } = await beginUpload(make);
      const first = await send(upload, 1, utf8("a"));
      await expect(upload.complete([first, first])).rejects.toThrow();
      await expect(upload.complete([first, { number: 2, etag: first.etag }])).rejects.toThrow();
      expect(await store.head(key)).toBeNull();
      await upload.abort();
    });

    test.each([
      ["one between is larger", [0, 1, 0]],
      ["the last is larger", [0, 1]],
    ])("with unequal parts it is refused: %s", async (_, more) => {
      const { store, key, upload } = await beginUpload(make);
      const parts: StoredPart[] = [];
      for (const [at, bytes] of more.entries()) {
        parts.push(await send(upload, at + 1, part("a", PART_BYTES + bytes)));
      }
      await expect(upload.complete(parts)).rejects.toThrow();
      expect(await store.head(key)).toBeNull();
      await upload.abort();
    });

    test.each([0, -1, 10_001])("there is no part %i", async (number) => {
      const { upload } = await beginUpload(make);
      await expect(upload.uploadPart(number, utf8("a"))).rejects.toThrow(RangeError);
      await upload.abort();
    });

    test("what was aborted takes no parts and cannot be completed", async () => {
      const { store, key, upload } = await beginUpload(make);
      const first = await send(upload, 1, utf8("a"));
      await upload.abort();
      await expect(upload.uploadPart(2, utf8("b"))).rejects.toThrow();
      await expect(upload.complete([first])).rejects.toThrow();
      expect(await store.head(key)).toBeNull();
    });

    test("what was completed cannot be completed again", async () => {
      const { upload } = await beginUpload(make);
      const first = await send(upload, 1, utf8("a"));
      await upload.complete([first]);
      await expect(upload.complete([first])).rejects.toThrow();
    });

    test("to give up what has ended is no error, and takes nothing away", async () => {
      const [one, two] = [await beginUpload(make), await beginUpload(make)];
      await one.upload.complete([await send(one.upload, 1, utf8("a"))]);
      await one.upload.abort();
      expect(await readText(one.store, one.key)).toBe("a");
      await two.upload.abort();
      await two.upload.abort();
      expect(await two.store.head(two.key)).toBeNull();
    });
  });

  partWriterContract(make);

  describe("resumeMultipart", () => {
    test("somebody else goes on with an upload by its id", async () => {
      const headers = { ...BARE, contentType: "video/mp4" };
      const { store, key, upload } = await beginUpload(make, headers);
      const first = await send(upload, 1, part("a"));
      const resumed = store.resumeMultipart(key, upload.id);
      expect(resumed.id).toBe(upload.id);
      await resumed.complete([first, await send(resumed, 2, utf8("end"))]);
      expect(await store.head(key)).toEqual({ size: PART_BYTES + 3, headers });
    });

    test("somebody else gives it up", async () => {
      const { store, key, upload } = await beginUpload(make);
      await store.resumeMultipart(key, upload.id).abort();
      await expect(upload.uploadPart(1, utf8("a"))).rejects.toThrow();
    });

    test("an upload that is not there shows with the first call", async () => {
      const [store, key] = [make(), newObjectKey()];
      const { upload: other } = await beginUpload(make);
      const unknown = store.resumeMultipart(key, other.id);
      await expect(unknown.uploadPart(1, utf8("a"))).rejects.toThrow();
      await expect(unknown.complete([{ number: 1, etag: "x" }])).rejects.toThrow();
      expect(await store.head(key)).toBeNull();
      await other.abort();
    });
  });
}
