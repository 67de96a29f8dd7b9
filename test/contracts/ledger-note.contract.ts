import { describe, expect, test } from "vitest";
import { COPY_IN_PARTS, HOUR, NOON, SECOND } from "../core/samples.ts";
import type { MakeLedger } from "./entry-ledger.contract.ts";
import { numberedKey } from "./keys.ts";
import { copyOf, noteOf } from "./notes.ts";

/** What noting wanted fills makes of entries. */
export function ledgerNoteContract(make: MakeLedger): void {
  describe("noteFills", () => {
    test("a new entry is filling, and holds what the note says", async () => {
      const { ledger, tenants } = await make();
      const key = numberedKey(tenants[0], 1);
      expect(await ledger.find(key)).toBeNull();
      const note = noteOf(key, { publicKey: "ключ/1 %2F", trusted: true, expiresAt: NOON + HOUR, fence: NOON });
      expect(await ledger.noteFills([note], NOON)).toEqual([]);
      expect(await ledger.find(key)).toEqual({
        key,
        publicKey: "ключ/1 %2F",
        state: "filling",
        boundTo: "object-1",
        trusted: true,
        sourceUrl: "https://bucket.s3.amazonaws.com/a.mp4",
        copy: null,
        expiresAt: NOON + HOUR,
        refreshWanted: false,
        tags: [],
        failure: null,
        hits: 0,
        createdAt: NOON,
        updatedAt: NOON,
      });
    });

    test("a ready entry that stays bound stays ready and keeps its copy", async () => {
      const { ledger, tenants } = await make();
      const key = numberedKey(tenants[0], 1);
      await ledger.noteFills([noteOf(key)], NOON);
      await ledger.publish(key, 1, copyOf("g1"), NOON);
      const again = noteOf(key, { fence: 2, sourceUrl: "https://mirror.example.com/a.mp4" });
      expect(await ledger.noteFills([again], NOON + SECOND)).toEqual([]);
      expect(await ledger.find(key)).toMatchObject({
        state: "ready",
        copy: copyOf("g1"),
        sourceUrl: "https://mirror.example.com/a.mp4",
        createdAt: NOON,
        updatedAt: NOON + SECOND,
      });
    });

    test("a stale entry stays stale until it is published again", async () => {
      const { ledger, tenants } = await make();
      const key = numberedKey(tenants[0], 1);
      await ledger.noteFills([noteOf(key)], NOON);
      await ledger.publish(key, 1, copyOf("g1"), NOON);
      await ledger.markStale(key, "g1", NOON);
      expect(await ledger.noteFills([noteOf(key, { fence: 2 })], NOON)).toEqual([]);
      expect(await ledger.find(key)).toMatchObject({ state: "stale", copy: copyOf("g1") });
    });

    test("an entry that is bound to another object loses its copy, which is handed back", async () => {
      const { ledger, tenants } = await make();
      const [kept, rebound] = [numberedKey(tenants[0], 1), numberedKey(tenants[0], 2)];
      await ledger.noteFills([noteOf(kept), noteOf(rebound)], NOON);
      await ledger.publish(kept, 1, copyOf("g1"), NOON);
      await ledger.publish(rebound, 1, copyOf("g2"), NOON);
      const notes = [noteOf(kept, { fence: 2 }), noteOf(rebound, { fence: 2, boundTo: "object-2" })];
      expect(await ledger.noteFills(notes, NOON)).toEqual([{ key: rebound, generation: "g2" }]);
      expect(await ledger.find(rebound)).toMatchObject({ state: "filling", boundTo: "object-2", copy: null });
      expect(await ledger.find(kept)).toMatchObject({ state: "ready", copy: copyOf("g1") });
    });

    test("a copy in parts stays whole with an entry that stays bound, and leaves nothing in one that does not", async () => {
      const { ledger, tenants } = await make();
      const key = numberedKey(tenants[0], 1);
      const copy = { ...COPY_IN_PARTS, generation: "g1" };
      await ledger.noteFills([noteOf(key)], NOON);
      await ledger.publish(key, 1, copy, NOON);
      await ledger.noteFills([noteOf(key, { fence: 2 })], NOON);
      expect((await ledger.find(key))?.copy).toEqual(copy);
      await ledger.noteFills([noteOf(key, { fence: 3, boundTo: "object-2" })], NOON);
      await ledger.publish(key, 3, copyOf("g2"), NOON);
      expect((await ledger.find(key))?.copy).toEqual(copyOf("g2"));
    });

    test("rebinding an entry that has no copy hands nothing back", async () => {
      const { ledger, tenants } = await make();
      const key = numberedKey(tenants[0], 1);
      await ledger.noteFills([noteOf(key)], NOON);
      expect(await ledger.noteFills([noteOf(key, { fence: 2, boundTo: "object-2" })], NOON)).toEqual([]);
    });

    test("a note with an older fence changes nothing, one with the same fence may come twice", async () => {
      const { ledger, tenants } = await make();
      const key = numberedKey(tenants[0], 1);
      await ledger.noteFills([noteOf(key, { fence: 5 })], NOON);
      await ledger.publish(key, 5, copyOf("g1"), NOON);
      const before = await ledger.find(key);
      expect(await ledger.noteFills([noteOf(key, { fence: 4, boundTo: "object-2" })], NOON + SECOND)).toEqual([]);
      expect(await ledger.find(key)).toEqual(before);
      expect(await ledger.noteFills([noteOf(key, { fence: 5, boundTo: "object-2" })], NOON)).toHaveLength(1);
    });

    test("of several notes of one entry the highest fence counts", async () => {
      const { ledger, tenants } = await make();
      const key = numberedKey(tenants[0], 1);
      const notes = [2, 3, 1].map((fence) => noteOf(key, { fence, boundTo: `object-${fence}` }));
      await ledger.noteFills(notes, NOON);
      expect(await ledger.find(key)).toMatchObject({ boundTo: "object-3" });
    });

    test("a stranger's note takes no trust away and inherits none", async () => {
      const { ledger, tenants } = await make();
      const key = numberedKey(tenants[0], 1);
      await ledger.noteFills([noteOf(key, { trusted: true })], NOON);
      await ledger.noteFills([noteOf(key, { fence: 2 })], NOON);
      expect(await ledger.find(key)).toMatchObject({ trusted: true });
      await ledger.noteFills([noteOf(key, { fence: 3, boundTo: "object-2" })], NOON);
      expect(await ledger.find(key)).toMatchObject({ trusted: false });
      await ledger.adopt([{ key, expiresAt: null, tags: [] }], NOON);
      await ledger.purge(key, 4, false, NOON);
      await ledger.noteFills([noteOf(key, { fence: 5, boundTo: "object-2" })], NOON);
      expect(await ledger.find(key), "a purge takes the copy, not the name").toMatchObject({ trusted: true });
    });

    test("no wish leaves an earlier one, unless its moment has come", async () => {
      const { ledger, tenants } = await make();
      const key = numberedKey(tenants[0], 1);
      await ledger.noteFills([noteOf(key, { expiresAt: NOON + HOUR })], NOON);
      await ledger.noteFills([noteOf(key, { fence: 2 })], NOON + HOUR - 1);
      expect(await ledger.find(key)).toMatchObject({ expiresAt: NOON + HOUR });
      await ledger.noteFills([noteOf(key, { fence: 3 })], NOON + HOUR);
      expect(await ledger.find(key)).toMatchObject({ expiresAt: null });
    });

    test("takes 1,000 notes at once, and none", async () => {
      const { ledger, tenants } = await make();
      const keys = Array.from({ length: 1000 }, (_, number) => numberedKey(tenants[0], number));
      const sourceUrl = `https://bucket.s3.amazonaws.com/${"a".repeat(1000)}`;
      expect(
        await ledger.noteFills(
          keys.map((key) => noteOf(key, { sourceUrl })),
          NOON,
        ),
      ).toEqual([]);
      expect(await ledger.findMany(keys)).toHaveLength(1000);
      expect(await ledger.noteFills([], NOON)).toEqual([]);
    });
  });
}
