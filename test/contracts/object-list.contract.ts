import { describe, expect, test } from "vitest";
import type { ListedObject, ObjectStore } from "../../src/ports/object-store.ts";
import { BARE, newObjectKey, utf8 } from "./object-store.contract.ts";

/** Every object of the store, page by page: real stores hold other tests' objects too. */
async function pages(store: ObjectStore, limit: number): Promise<(readonly ListedObject[])[]> {
  const found: (readonly ListedObject[])[] = [];
  let cursor: string | null = null;
  do {
    const page = await store.list({ cursor, limit });
    found.push(page.objects);
    cursor = page.cursor;
  } while (cursor !== null);
  return found;
}

/** Listings; a suite of its own for length, run by that of the store. */
export function objectListContract(make: () => ObjectStore): void {
  describe("list", () => {
    test("shows each object once, in the order of the keys, on pages no longer than asked for", async () => {
      const store = make();
      const prefix = newObjectKey();
      const keys = ["c", "a", "e", "b", "d"].map((end) => `${prefix}-${end}`);
      for (const key of keys) await store.put(key, utf8("hello"), BARE);
      for (const limit of [3, 1000]) {
        const found = await pages(store, limit);
        for (const page of found) expect(page.length).toBeLessThanOrEqual(limit);
        const mine = found.flat().filter(({ key }) => key.startsWith(prefix));
        expect(mine.map(({ key }) => key)).toEqual(keys.toSorted());
      }
    });

    test("tells size and time", async () => {
      const [store, key] = [make(), newObjectKey()];
      const before = Date.now();
      await store.put(key, utf8("hello"), BARE);
      const listed = (await pages(store, 1000)).flat().find((object) => object.key === key);
      expect(listed).toEqual({ key, size: 5, storedAt: expect.any(Number) });
      // Two machines' clocks may differ, and not by much.
      expect(Math.abs((listed?.storedAt ?? 0) - before)).toBeLessThan(60_000);
    });

    test("a cursor goes on after its page, whatever was deleted since", async () => {
      const store = make();
      // Before all other keys in the store.
      const keys = ["1", "2", "3"].map((end) => `!first-${crypto.randomUUID()}-${end}`).toSorted();
      for (const key of keys) await store.put(key, utf8("x"), BARE);
      const first = await store.list({ cursor: null, limit: 2 });
      for (const key of keys.slice(0, 2)) await store.delete(key);
      const rest = await store.list({ cursor: first.cursor, limit: 1 });
      expect([...first.objects, ...rest.objects].map(({ key }) => key)).toEqual(keys);
      await store.delete(keys[2] as string);
    });

    test("does not show what is not whole", async () => {
      const [store, key] = [make(), newObjectKey()];
      const upload = await store.createMultipart(key, BARE);
      const part = await upload.uploadPart(1, utf8("x"));
      expect((await pages(store, 1000)).flat().map((object) => object.key)).not.toContain(key);
      await upload.complete([{ number: 1, etag: part }]);
      expect((await pages(store, 1000)).flat().map((object) => object.key)).toContain(key);
    });

    test.each([0, 1001])("a page of %s is refused", async (limit) => {
      await expect(make().list({ cursor: null, limit })).rejects.toThrow();
    });
  });
}
