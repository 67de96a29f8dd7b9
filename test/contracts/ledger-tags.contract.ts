import { describe, expect, test } from "vitest";
import { MAX_ENTRY_TAGS } from "../../src/core/purge/tags.ts";
import { NOON } from "../core/samples.ts";
import type { MakeLedger } from "./entry-ledger.contract.ts";
import { numberedKey } from "./keys.ts";
import { copyOf, noteOf } from "./notes.ts";

/** Names under which an entry can be purged with others. */
export function ledgerTagsContract(make: MakeLedger): void {
  async function tagged(tags: readonly string[]) {
    const { ledger, tenants } = await make();
    const key = numberedKey(tenants[0], 1);
    await ledger.noteFills([noteOf(key, { tags })], NOON);
    return { ledger, key, tagsNow: async () => (await ledger.find(key))?.tags };
  }

  describe("tags", () => {
    test("are told sorted, each once", async () => {
      expect(await (await tagged(["b", "a"])).tagsNow()).toEqual(["a", "b"]);
      expect(await (await tagged([])).tagsNow()).toEqual([]);
    });

    test("of another fill come to those that are there, and so do those of a caller that we know", async () => {
      const { ledger, key, tagsNow } = await tagged(["b"]);
      await ledger.noteFills([noteOf(key, { fence: 2, tags: ["a", "b"] })], NOON);
      expect(await tagsNow()).toEqual(["a", "b"]);
      await ledger.adopt([{ key, expiresAt: null, tags: ["c", "a"] }], NOON);
      expect(await tagsNow()).toEqual(["a", "b", "c"]);
      await ledger.noteFills([noteOf(key, { fence: 3 })], NOON);
      expect(await tagsNow()).toEqual(["a", "b", "c"]);
    });

    test("of an older fill do not come", async () => {
      const { ledger, key, tagsNow } = await tagged(["a"]);
      await ledger.purge(key, 5, false, NOON);
      await ledger.noteFills([noteOf(key, { fence: 4, tags: ["b"] })], NOON);
      expect(await tagsNow()).toEqual(["a"]);
    });

    test("stay with the object beyond a purge, and not with another one", async () => {
      const { ledger, key, tagsNow } = await tagged(["a"]);
      await ledger.publish(key, 1, copyOf("g1"), NOON);
      await ledger.purge(key, 2, false, NOON);
      await ledger.noteFills([noteOf(key, { fence: 3, tags: ["b"] })], NOON);
      expect(await tagsNow()).toEqual(["a", "b"]);
      await ledger.noteFills([noteOf(key, { fence: 4, boundTo: "object-2", tags: ["c"] })], NOON);
      expect(await tagsNow()).toEqual(["c"]);
    });

    test("are as many as an entry keeps: the new ones, and of the old those that fit", async () => {
      const old = Array.from({ length: MAX_ENTRY_TAGS - 1 }, (_, at) => `a${String(at).padStart(2, "0")}`);
      const { ledger, key, tagsNow } = await tagged(old);
      const fresh = ["x", "y", "z"];
      await ledger.noteFills([noteOf(key, { fence: 2, tags: fresh })], NOON);
      expect(await tagsNow()).toEqual([...old.slice(0, MAX_ENTRY_TAGS - 3), ...fresh]);
    });
  });
}
