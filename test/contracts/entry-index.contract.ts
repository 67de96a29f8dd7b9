import { describe, expect, test } from "vitest";
import type { IndexEntry } from "../../src/core/entry.ts";
import type { EntryIndex } from "../../src/ports/entry-index.ts";
import { COPY_IN_PARTS, HOUR, heldEntry, SECOND } from "../core/samples.ts";
import { newKey, newTenant } from "./keys.ts";

export function entryIndexContract(name: string, make: () => EntryIndex): void {
  describe(`EntryIndex: ${name}`, () => {
    test("what was never put is null", async () => {
      expect(await make().get(newKey())).toBeNull();
    });

    test.each<[string, IndexEntry]>([
      ["a ready entry", heldEntry()],
      ["a stale one", heldEntry({ state: "stale" })],
      ["one that ends in an hour", heldEntry({ expiresAt: Date.now() + HOUR })],
      ["one that ends in a second", heldEntry({ expiresAt: Date.now() + SECOND })],
      ["one that has ended", heldEntry({ expiresAt: Date.now() - HOUR })],
      ["one whose copy came in parts", heldEntry({ copy: COPY_IN_PARTS })],
      ["that one has expired", { state: "expired" }],
      ["letters of all kinds", heldEntry({ source: "https://example.com/ключ/é/😀", boundTo: "" })],
    ])("gives back %s", async (_, entry) => {
      const [index, key] = [make(), newKey()];
      await index.put(key, entry);
      expect(await index.get(key)).toEqual(entry);
    });

    test("the last put counts", async () => {
      const [index, key] = [make(), newKey()];
      await index.put(key, heldEntry());
      await index.put(key, heldEntry({ state: "stale" }));
      expect(await index.get(key)).toMatchObject({ state: "stale" });
    });

    test("what was removed is null, and so it may be removed again", async () => {
      const [index, key] = [make(), newKey()];
      await index.put(key, heldEntry());
      await index.remove(key);
      expect(await index.get(key)).toBeNull();
      await index.remove(key);
    });

    test("two tenants never meet, not even with the same id", async () => {
      const index = make();
      const mine = newKey();
      const theirs = { ...mine, tenant: newTenant() };
      await index.put(mine, heldEntry());
      expect(await index.get(theirs)).toBeNull();
      await index.remove(theirs);
      expect(await index.get(mine)).toEqual(heldEntry());
    });
  });
}
