import { describe, expect, test } from "vitest";
import type { DirectUploads } from "../../src/ports/direct-uploads.ts";
import type { ObjectStore } from "../../src/ports/object-store.ts";
import { HOUR } from "../core/samples.ts";
import { PART_BYTES, part } from "./multipart.contract.ts";
import { BARE, newObjectKey, readText, utf8 } from "./object-store.contract.ts";

export type DirectUnderTest = {
  readonly direct: DirectUploads;
  /** The store that the addresses lead to. */
  readonly store: ObjectStore;
  /** Puts bytes there as a client does, and returns what the store calls them, without quotes; `null`: it refused. */
  put(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<string | null>;
};

export function directUploadsContract(name: string, make: () => DirectUnderTest): void {
  describe(`DirectUploads: ${name}`, () => {
    async function begin() {
      const { direct, store, put } = make();
      const key = newObjectKey();
      const upload = await store.createMultipart(key, BARE);
      const urlOf = (number: number, bytes: number) =>
        direct.partUrl(key, upload.id, { number, bytes }, Date.now() + HOUR);
      return { direct, store, put, key, upload, urlOf };
    }

    test("parts that clients put there are joined by the names that the store gave them", async () => {
      const { store, put, key, upload, urlOf } = await begin();
      const second = await put(urlOf(2, 3), utf8("end"));
      const first = await put(urlOf(1, PART_BYTES), part("a"));
      await upload.complete([
        { number: 1, etag: first ?? "" },
        { number: 2, etag: second ?? "" },
      ]);
      expect(await readText(store, key, { offset: 5 * 2 ** 20 - 1, length: 4 })).toBe("aend");
    });

    test("a part that is put again takes the other's place", async () => {
      const { store, put, key, upload, urlOf } = await begin();
      await put(urlOf(1, 5), utf8("first"));
      await upload.complete([{ number: 1, etag: (await put(urlOf(1, 5), utf8("again"))) ?? "" }]);
      expect(await readText(store, key)).toBe("again");
    });

    test("parts are told with their sizes, or not at all", async () => {
      const { direct, put, key, upload, urlOf } = await begin();
      const etags = [await put(urlOf(1, 3), utf8("one")), await put(urlOf(2, 5), utf8("three"))];
      const told = await direct.parts(key, upload.id);
      if (told === null) return;
      expect(told.map(({ number, bytes }) => [number, bytes])).toEqual([
        [1, 3],
        [2, 5],
      ]);
      expect(told.map(({ etag }) => etag.replaceAll('"', ""))).toEqual(etags);
    });

    test("a part has the bytes that its address is for, and no others", async () => {
      const { put, upload, urlOf } = await begin();
      for (const bytes of ["", "hell", "hello!"]) expect(await put(urlOf(1, 5), utf8(bytes))).toBeNull();
      expect(await put(urlOf(1, 5), utf8("hello"))).not.toBeNull();
      await upload.abort();
    });

    test("an upload that was given up takes nothing any more", async () => {
      const { put, upload, urlOf } = await begin();
      const url = urlOf(1, 4);
      await upload.abort();
      expect(await put(url, utf8("late"))).toBeNull();
    });
  });
}
