import { describe, expect, test } from "vitest";
import { COPY_LOST } from "../../src/core/entry.ts";
import { HOUR, NOON, SECOND } from "../core/samples.ts";
import type { MakeLedger } from "./entry-ledger.contract.ts";
import { numberedKey } from "./keys.ts";
import { copyOf, noteOf } from "./notes.ts";

const FAILURE = { code: "ORIGIN_STATUS", message: "The origin answered 500." };

/** Copies that are wanted anew, and copies that are lost. */
export function ledgerWishContract(make: MakeLedger): void {
  /** An entry whose copy came by a fill of fence 1, where there is one. */
  async function entry(hasCopy = true) {
    const { ledger, tenants } = await make();
    const key = numberedKey(tenants[0], 1);
    await ledger.noteFills([noteOf(key)], NOON);
    if (hasCopy) await ledger.publish(key, 1, copyOf("g1"), NOON);
    return { ledger, key, tenants, wanted: async () => (await ledger.find(key))?.refreshWanted };
  }

  describe("wantRefresh", () => {
    test("marks copies and changes nothing else that is served", async () => {
      const { ledger, key } = await entry();
      const before = await ledger.find(key);
      expect(await ledger.wantRefresh([key, key], 5, NOON + SECOND)).toEqual([key]);
      expect(await ledger.find(key)).toEqual({ ...before, refreshWanted: true, updatedAt: NOON + SECOND });
      expect(await ledger.wantRefresh([key], 5, NOON + SECOND)).toEqual([key]);
      expect(await ledger.wantRefresh([], 5, NOON)).toEqual([]);
    });

    test("keeps fills of before from publishing, and ends with one of after", async () => {
      const { ledger, key, wanted } = await entry();
      await ledger.noteFills([noteOf(key, { fence: 4 })], NOON);
      await ledger.wantRefresh([key], 5, NOON);
      expect(await ledger.publish(key, 4, copyOf("g2"), NOON)).toBeNull();
      expect(await wanted()).toBe(true);
      await ledger.noteFills([noteOf(key, { fence: 6 })], NOON);
      expect(await wanted()).toBe(true);
      expect(await ledger.publish(key, 6, copyOf("g3"), NOON)).toEqual({ superseded: { key, generation: "g1" } });
      expect(await wanted()).toBe(false);
    });

    test("ends when the origin confirms the copy to a fill of after, and to no other", async () => {
      const { ledger, key, wanted } = await entry();
      await ledger.wantRefresh([key], 5, NOON);
      await ledger.refresh(key, 4, "g1", null, NOON);
      expect(await wanted()).toBe(true);
      await ledger.refresh(key, 6, "g1", NOON + HOUR, NOON);
      expect(await ledger.find(key)).toMatchObject({ refreshWanted: false, state: "ready" });
    });

    test("takes no higher fence away", async () => {
      const { ledger, key } = await entry();
      await ledger.noteFills([noteOf(key, { fence: 9 })], NOON);
      await ledger.wantRefresh([key], 5, NOON);
      expect(await ledger.publish(key, 8, copyOf("g2"), NOON)).toBeNull();
      expect(await ledger.publish(key, 9, copyOf("g2"), NOON)).not.toBeNull();
    });

    test("while a first copy is on its way lets that one come, and stays, also when its message comes twice", async () => {
      const { ledger, key, wanted } = await entry(false);
      expect(await ledger.wantRefresh([key], 5, NOON)).toEqual([key]);
      await ledger.noteFills([noteOf(key)], NOON);
      for (const _ of ["once", "twice"]) {
        expect(await ledger.publish(key, 1, copyOf("g1"), NOON)).toEqual({ superseded: null });
        expect(await ledger.find(key)).toMatchObject({ state: "ready", refreshWanted: true });
      }
      await ledger.publish(key, 6, copyOf("g2"), NOON);
      expect(await wanted()).toBe(false);
    });

    test("while a first copy is on its way ends with a fill that begins anew", async () => {
      const { ledger, key, wanted } = await entry(false);
      await ledger.wantRefresh([key], 5, NOON);
      await ledger.noteFills([noteOf(key, { fence: 6 })], NOON);
      expect(await wanted()).toBe(false);
    });

    test("is not for what is purged, has failed, is another tenant's or is not there", async () => {
      const { ledger, key, tenants } = await entry();
      const [failed, absent] = [numberedKey(tenants[0], 2), numberedKey(tenants[0], 3)];
      await ledger.noteFills([noteOf(failed)], NOON);
      await ledger.fail(failed, 1, FAILURE, true, NOON);
      await ledger.purge(key, 2, false, NOON);
      const others = { ...key, tenant: tenants[1] };
      expect(await ledger.wantRefresh([key, failed, absent, others], 5, NOON)).toEqual([]);
      expect(await ledger.find(absent)).toBeNull();
    });

    test.each(["purge", "another object"] as const)("ends with the copy: %s", async (what) => {
      const { ledger, key, wanted } = await entry();
      await ledger.wantRefresh([key], 5, NOON);
      if (what === "purge") await ledger.purge(key, 6, false, NOON);
      else await ledger.noteFills([noteOf(key, { fence: 6, boundTo: "object-2" })], NOON);
      expect(await wanted()).toBe(false);
    });
  });

  describe("lose", () => {
    test("ends a copy that the store has no more, and says why; a fill begins anew", async () => {
      const { ledger, key } = await entry();
      await ledger.wantRefresh([key], 1, NOON);
      expect(await ledger.lose(key, "g1", NOON + SECOND)).toBe(true);
      const lost = { state: "failed", copy: null, failure: COPY_LOST, refreshWanted: false, updatedAt: NOON + SECOND };
      expect(await ledger.find(key)).toMatchObject(lost);
      await ledger.noteFills([noteOf(key, { fence: 2 })], NOON);
      expect(await ledger.publish(key, 2, copyOf("g2"), NOON)).toEqual({ superseded: null });
    });

    test("changes nothing where there is another copy, or none", async () => {
      const { ledger, key, tenants } = await entry();
      expect(await ledger.lose(key, "g0", NOON)).toBe(false);
      expect(await ledger.lose({ ...key, tenant: tenants[1] }, "g1", NOON)).toBe(false);
      expect(await ledger.find(key)).toMatchObject({ state: "ready", copy: copyOf("g1") });
      await ledger.purge(key, 2, false, NOON);
      expect(await ledger.lose(key, "g1", NOON)).toBe(false);
      expect(await ledger.find(key)).toMatchObject({ state: "purged" });
    });
  });
}
