import { describe, expect, test } from "vitest";
import { COPY_IN_PARTS, HOUR, NOON, SECOND } from "../core/samples.ts";
import type { MakeLedger } from "./entry-ledger.contract.ts";
import { numberedKey } from "./keys.ts";
import { copyOf, noteOf } from "./notes.ts";

/** A copy that is still what the origin has, and how long it is fresh. */
export function ledgerRefreshContract(make: MakeLedger): void {
  async function ready(copy = copyOf("g1")) {
    const { ledger, tenants } = await make();
    const key = numberedKey(tenants[0], 1);
    await ledger.noteFills([noteOf(key)], NOON);
    await ledger.publish(key, 1, copy, NOON);
    return { ledger, key, tenants };
  }

  describe("refresh", () => {
    test("makes a stale copy ready again, and fresh for longer", async () => {
      const { ledger, key } = await ready({ ...copyOf("g1"), freshUntil: NOON });
      await ledger.markStale(key, "g1", NOON);
      await ledger.refresh(key, 9, "g1", NOON + HOUR, NOON + SECOND);
      const copy = { ...copyOf("g1"), freshUntil: NOON + HOUR };
      expect(await ledger.find(key)).toMatchObject({ state: "ready", copy, updatedAt: NOON + SECOND });
    });

    test("of a ready copy says until when, or that it does not get old, and nothing else", async () => {
      const copy = { ...COPY_IN_PARTS, generation: "g1" };
      const { ledger, key } = await ready(copy);
      const before = await ledger.find(key);
      for (const freshUntil of [NOON + 2 * HOUR, null]) {
        await ledger.refresh(key, 9, "g1", freshUntil, NOON + SECOND);
        expect(await ledger.find(key)).toEqual({ ...before, copy: { ...copy, freshUntil }, updatedAt: NOON + SECOND });
      }
    });

    test("changes nothing where there is another copy, or none", async () => {
      const { ledger, key, tenants } = await ready();
      const [wanted, absent] = [numberedKey(tenants[0], 2), numberedKey(tenants[0], 9)];
      await ledger.noteFills([noteOf(wanted)], NOON);
      const before = await ledger.findMany([key, wanted]);
      await ledger.refresh(key, 9, "g0", NOON + HOUR, NOON + SECOND);
      await ledger.refresh({ ...key, tenant: tenants[1] }, 9, "g1", NOON + HOUR, NOON + SECOND);
      await ledger.refresh(wanted, 9, "g1", NOON + HOUR, NOON + SECOND);
      await ledger.refresh(absent, 9, "g1", NOON + HOUR, NOON + SECOND);
      expect(new Set(await ledger.findMany([key, wanted]))).toEqual(new Set(before));
      expect(await ledger.find(absent)).toBeNull();
    });

    test("brings nothing back that was purged", async () => {
      const { ledger, key } = await ready();
      await ledger.purge(key, 2, false, NOON);
      await ledger.refresh(key, 9, "g1", NOON + HOUR, NOON + SECOND);
      expect(await ledger.find(key)).toMatchObject({ state: "purged", copy: null, updatedAt: NOON });
    });

    test("of a fill that is older than what the entry has seen changes nothing", async () => {
      const { ledger, key } = await ready();
      await ledger.markStale(key, "g1", NOON);
      await ledger.noteFills([noteOf(key, { fence: 5 })], NOON);
      await ledger.refresh(key, 4, "g1", NOON + HOUR, NOON);
      expect(await ledger.find(key)).toMatchObject({ state: "stale", copy: copyOf("g1") });
    });

    test("lets a fill that is under way publish", async () => {
      const { ledger, key } = await ready();
      await ledger.noteFills([noteOf(key, { fence: 5 })], NOON);
      await ledger.refresh(key, 5, "g1", NOON + HOUR, NOON);
      expect(await ledger.publish(key, 5, copyOf("g2"), NOON)).toEqual({ superseded: { key, generation: "g1" } });
      expect(await ledger.find(key)).toMatchObject({ copy: copyOf("g2") });
    });
  });
}
