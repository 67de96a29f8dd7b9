import { describe, expect, test } from "vitest";
import { COPY_IN_PARTS, HOUR, NOON, SECOND } from "../core/samples.ts";
import type { MakeLedger } from "./entry-ledger.contract.ts";
import { numberedKey } from "./keys.ts";
import { ANY } from "./ledger-list.contract.ts";
import { copyOf, noteOf } from "./notes.ts";

const FAILURE = { code: "ORIGIN_STATUS", message: "The origin answered 500." };

/** How an entry ends: somebody asked, or its moment came. */
export function ledgerPurgeContract(make: MakeLedger): void {
  async function ready() {
    const { ledger, tenants } = await make();
    const key = numberedKey(tenants[0], 1);
    await ledger.noteFills([noteOf(key, { expiresAt: NOON + HOUR })], NOON);
    await ledger.publish(key, 1, copyOf("g1"), NOON);
    return { ledger, key, tenants };
  }

  describe("a raised fence", () => {
    test("hands the entry back as it stands, which no fill before it changes", async () => {
      const { ledger, key } = await ready();
      const before = await ledger.find(key);
      expect(await ledger.raiseFence(key, 5)).toEqual(before);
      expect(await ledger.publish(key, 4, copyOf("g2"), NOON + SECOND)).toBeNull();
      expect(await ledger.find(key)).toEqual(before);
      expect(await ledger.purge(key, 5, false, NOON)).toEqual({ purged: { key, generation: "g1" } });
    });

    test("lets a later fill publish, and is never lowered", async () => {
      const { ledger, key } = await ready();
      await ledger.raiseFence(key, 5);
      await ledger.raiseFence(key, 2);
      expect(await ledger.publish(key, 4, copyOf("g2"), NOON)).toBeNull();
      expect(await ledger.publish(key, 6, copyOf("g3"), NOON)).toMatchObject({ superseded: { generation: "g1" } });
    });

    test("of nothing is null", async () => {
      const { ledger, tenants } = await make();
      expect(await ledger.raiseFence(numberedKey(tenants[0], 9), 1)).toBeNull();
    });
  });

  describe("purge", () => {
    test("hands the copy back and forgets the wish", async () => {
      const { ledger, key } = await ready();
      await ledger.fail(key, 1, FAILURE, true, NOON);
      expect(await ledger.purge(key, 2, false, NOON + SECOND)).toEqual({ purged: { key, generation: "g1" } });
      const gone = { state: "purged", copy: null, failure: null, expiresAt: null, updatedAt: NOON + SECOND };
      expect(await ledger.find(key)).toMatchObject(gone);
    });

    test("leaves nothing of a copy in parts", async () => {
      const { ledger, key, tenants } = await ready();
      await ledger.publish(key, 1, { ...COPY_IN_PARTS, generation: "g2" }, NOON);
      expect(await ledger.purge(key, 2, false, NOON)).toEqual({ purged: { key, generation: "g2" } });
      await ledger.noteFills([noteOf(key, { fence: 3 })], NOON);
      await ledger.publish(key, 3, copyOf("g3"), NOON);
      expect((await ledger.find(key))?.copy).toEqual(copyOf("g3"));
      expect((await ledger.list(tenants[0], { ...ANY, state: "ready", limit: 9 })).entries).toHaveLength(1);
    });

    test("of an entry without a copy hands none back", async () => {
      const { ledger, tenants } = await make();
      const key = numberedKey(tenants[0], 1);
      await ledger.noteFills([noteOf(key)], NOON);
      expect(await ledger.purge(key, 2, false, NOON)).toEqual({ purged: null });
    });

    test("of nothing, or a second time, is null", async () => {
      const { ledger, key, tenants } = await ready();
      expect(await ledger.purge(numberedKey(tenants[0], 9), 2, false, NOON)).toBeNull();
      await ledger.purge(key, 2, false, NOON);
      expect(await ledger.purge(key, 3, false, NOON)).toBeNull();
    });

    test("makes every fill before it unpublishable, a second purge too", async () => {
      const { ledger, key } = await ready();
      await ledger.purge(key, 5, false, NOON);
      expect(await ledger.publish(key, 4, copyOf("g2"), NOON)).toBeNull();
      await ledger.fail(key, 4, FAILURE, true, NOON);
      expect(await ledger.noteFills([noteOf(key, { fence: 4 })], NOON)).toEqual([]);
      expect(await ledger.find(key)).toMatchObject({ state: "purged", copy: null, failure: null });
      await ledger.purge(key, 9, false, NOON);
      expect(await ledger.publish(key, 8, copyOf("g2"), NOON)).toBeNull();
    });

    test("with an older fence purges all the same, and keeps the higher", async () => {
      const { ledger, key } = await ready();
      await ledger.noteFills([noteOf(key, { fence: 7 })], NOON);
      expect(await ledger.purge(key, 3, false, NOON)).toEqual({ purged: { key, generation: "g1" } });
      expect(await ledger.publish(key, 6, copyOf("g2"), NOON)).toBeNull();
    });

    test("does not end the entry: a fill after it begins anew", async () => {
      const { ledger, key } = await ready();
      await ledger.purge(key, 2, false, NOON);
      expect(await ledger.noteFills([noteOf(key, { fence: 3, boundTo: "object-2" })], NOON)).toEqual([]);
      expect(await ledger.publish(key, 3, copyOf("g2"), NOON)).toEqual({ superseded: null });
      expect(await ledger.find(key)).toMatchObject({ state: "ready", boundTo: "object-2", copy: copyOf("g2") });
    });

    test("keeps the wish that ended the copy, until somebody asks", async () => {
      const { ledger, key } = await ready();
      await ledger.purge(key, 2, true, NOON + HOUR);
      expect(await ledger.find(key)).toMatchObject({ state: "purged", expiresAt: NOON + HOUR });
      expect(await ledger.purge(key, 3, false, NOON + HOUR)).toBeNull();
      expect(await ledger.find(key)).toMatchObject({ state: "purged", expiresAt: null });
    });
  });

  describe("expired", () => {
    test("names what is due and not purged yet, and no more than asked for", async () => {
      const { ledger, tenants } = await make();
      // Every ledger has entries of others; only tenants of this test are looked at, in a past that is theirs alone.
      const past = Date.UTC(1999, 0, 1) + Math.floor(Math.random() * 1e11);
      const keys = [3, 1, 2].map((number) => numberedKey(tenants[0], number));
      const notes = keys.map((key, index) => noteOf(key, { expiresAt: past + index }));
      await ledger.noteFills([...notes, noteOf(numberedKey(tenants[1], 1))], past - SECOND);
      const due = async (now: number) =>
        (await ledger.expired(now, 1000)).filter(({ tenant }) => tenants.includes(tenant));
      expect(await due(past - 1)).toEqual([]);
      expect(await due(past + 1)).toEqual(keys.slice(0, 2));
      expect(await due(past + SECOND)).toEqual(keys);
      expect(await ledger.expired(past + SECOND, 1)).toHaveLength(1);
      for (const key of keys) await ledger.purge(key, 2, true, past);
      expect(await due(past + SECOND)).toEqual([]);
    });
  });
}
