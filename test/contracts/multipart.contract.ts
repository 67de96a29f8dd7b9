import { describe, expect, test } from "vitest";
import type { ObjectStore } from "../../src/ports/object-store.ts";
import { BARE, newObjectKey, readText, utf8 } from "./object-store.contract.ts";

/** The smallest part that R2 takes, but for the last. */
const PART_BYTES = 5 * 2 ** 20;

const part = (letter: string, bytes = PART_BYTES) => new Uint8Array(bytes).fill(letter.charCodeAt(0));

/** Uploads in parts; a suite of its own for length, run by that of the store. */
export function multipartContract(make: () => ObjectStore): void {
  describe("createMultipart", () => {
    test("joins the parts in order, in whatever order they came", async () => {
      const [store, key] = [make(), newObjectKey()];
      const upload = await store.createMultipart(key, { ...BARE, contentType: "video/mp4" });
      await Promise.all([upload.uploadPart(2, part("b")), upload.uploadPart(3, utf8("end"))]);
      await upload.uploadPart(1, part("a"));
      expect(await store.head(key)).toBeNull();
      await upload.complete();
      const headers = { ...BARE, contentType: "video/mp4" };
      expect(await store.head(key)).toEqual({ size: 2 * PART_BYTES + 3, headers });
      expect(await readText(store, key, { offset: PART_BYTES - 1, length: 2 })).toBe("ab");
      expect(await readText(store, key, { offset: 2 * PART_BYTES - 1, length: 4 })).toBe("bend");
    });

    test("the bytes of a part may be reused after it", async () => {
      const [store, key] = [make(), newObjectKey()];
      const upload = await store.createMultipart(key, BARE);
      const buffer = part("a");
      await upload.uploadPart(1, buffer);
      buffer.fill("b".charCodeAt(0));
      await upload.uploadPart(2, buffer.subarray(0, 1));
      await upload.complete();
      expect(await readText(store, key, { offset: PART_BYTES - 1, length: 2 })).toBe("ab");
    });

    test("a part that is sent again replaces the first", async () => {
      const [store, key] = [make(), newObjectKey()];
      const upload = await store.createMultipart(key, BARE);
      await upload.uploadPart(1, utf8("first"));
      await upload.uploadPart(1, utf8("again"));
      await upload.complete();
      expect(await readText(store, key)).toBe("again");
    });

    test.each([
      ["the first", [2, 3]],
      ["one between", [1, 3]],
      ["every", []],
    ])("with %s part missing it is refused, and nothing is there to be read", async (_, numbers) => {
      const [store, key] = [make(), newObjectKey()];
      const upload = await store.createMultipart(key, BARE);
      for (const number of numbers) await upload.uploadPart(number, part("a"));
      await expect(upload.complete()).rejects.toThrow();
      expect(await store.head(key)).toBeNull();
      await upload.abort();
    });

    test("with unequal parts it is refused", async () => {
      const [store, key] = [make(), newObjectKey()];
      const upload = await store.createMultipart(key, BARE);
      await upload.uploadPart(1, part("a"));
      await upload.uploadPart(2, part("b", PART_BYTES + 1));
      await upload.uploadPart(3, utf8("end"));
      await expect(upload.complete()).rejects.toThrow();
      expect(await store.head(key)).toBeNull();
      await upload.abort();
    });

    test("what was aborted cannot be completed", async () => {
      const [store, key] = [make(), newObjectKey()];
      const upload = await store.createMultipart(key, BARE);
      await upload.uploadPart(1, part("a"));
      await upload.abort();
      await expect(upload.complete()).rejects.toThrow();
      expect(await store.head(key)).toBeNull();
    });
  });
}
