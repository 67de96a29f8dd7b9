import { describe, expect, test } from "vitest";
import type { LedgerEntry } from "../../src/core/entry.ts";
import type { TenantId } from "../../src/core/tenant.ts";
import type { EntryLedger } from "../../src/ports/entry-ledger.ts";
import { NOON } from "../core/samples.ts";
import type { MakeLedger } from "./entry-ledger.contract.ts";
import { numberedKey } from "./keys.ts";
import { copyOf, noteOf } from "./notes.ts";

/** A list of all that there are, from its beginning. */
export const ANY = { state: null, tag: null, match: null, cursor: null } as const;

/** Finding entries, alone and in pages; and that a tenant never finds another's. */
export function ledgerListContract(make: MakeLedger): void {
  describe("list", () => {
    test("pages through 250 entries of one moment, each once", async () => {
      const { ledger, tenants } = await make();
      const keys = Array.from({ length: 250 }, (_, number) => numberedKey(tenants[0], number));
      await ledger.noteFills(
        keys.map((key) => noteOf(key)),
        NOON,
      );
      const pages = await allPages(ledger, tenants[0], 100);
      expect(pages.map((page) => page.length)).toEqual([100, 100, 50]);
      expect(pages.flat().map(({ key }) => key)).toEqual(keys);
    });

    test("the last changed comes first", async () => {
      const { ledger, tenants } = await make();
      for (const number of [1, 2, 3]) {
        await ledger.noteFills([noteOf(numberedKey(tenants[0], number))], NOON + number);
      }
      await ledger.publish(numberedKey(tenants[0], 1), 1, copyOf("g1"), NOON + 4);
      const pages = await allPages(ledger, tenants[0], 2);
      const numbers = pages.map((page) => page.map(({ key }) => Number(key.id)));
      expect(numbers).toEqual([[1, 3], [2]]);
    });

    test("a page that is exactly full is the last", async () => {
      const { ledger, tenants } = await make();
      await ledger.noteFills(
        [1, 2].map((number) => noteOf(numberedKey(tenants[0], number))),
        NOON,
      );
      expect(await ledger.list(tenants[0], { ...ANY, limit: 2 })).toMatchObject({ cursor: null });
    });

    test("may ask for one state", async () => {
      const { ledger, tenants } = await make();
      const [filling, ready] = [numberedKey(tenants[0], 1), numberedKey(tenants[0], 2)];
      await ledger.noteFills([noteOf(filling), noteOf(ready)], NOON);
      await ledger.publish(ready, 1, copyOf("g1"), NOON);
      const page = await ledger.list(tenants[0], { ...ANY, state: "ready", limit: 10 });
      expect(page.entries).toEqual([await ledger.find(ready)]);
    });

    test("a cursor that it never gave is the caller's mistake", async () => {
      const { ledger, tenants } = await make();
      for (const cursor of ["nonsense!", "bm9uc2Vuc2U", "", btoa("1 \0"), btoa("999999999999999 x"), btoa('["a"]')]) {
        const page = ledger.list(tenants[0], { ...ANY, cursor, limit: 2 });
        await expect(page).rejects.toMatchObject({ code: "INVALID_FIELD" });
      }
    });
  });

  describe("two tenants", () => {
    test("never meet, not even with the same id, one's cursor or one's generation", async () => {
      const { ledger, tenants } = await make();
      const [mine, theirs] = [numberedKey(tenants[0], 1), numberedKey(tenants[1], 1)];
      await ledger.noteFills([noteOf(mine), noteOf(numberedKey(tenants[0], 2))], NOON);
      expect(await ledger.find(theirs)).toBeNull();
      expect(await ledger.publish(theirs, 9, copyOf("g1"), NOON)).toBeNull();
      await ledger.noteFills([noteOf(theirs)], NOON);
      await ledger.publish(mine, 1, copyOf("g1"), NOON);
      await ledger.markStale(theirs, "g1", NOON);
      expect(await ledger.purge(theirs, 9, false, NOON)).toEqual({ purged: null });
      expect(await ledger.find(mine)).toMatchObject({ state: "ready", copy: copyOf("g1") });

      const { cursor } = await ledger.list(tenants[0], { ...ANY, limit: 1 });
      const page = await ledger.list(tenants[1], { ...ANY, cursor, limit: 10 });
      expect(page.entries.every(({ key }) => key.tenant === tenants[1])).toBe(true);
    });

    test("are found together by their keys", async () => {
      const { ledger, tenants } = await make();
      const [mine, theirs] = [numberedKey(tenants[0], 1), numberedKey(tenants[1], 2)];
      await ledger.noteFills([noteOf(mine), noteOf(theirs)], NOON);
      const mixedUp = numberedKey(tenants[0], 2);
      const found = await ledger.findMany([mine, theirs, mine, mixedUp]);
      const byTenant = found.toSorted((a) => (a.key.tenant === tenants[0] ? -1 : 1));
      expect(byTenant).toEqual([await ledger.find(mine), await ledger.find(theirs)]);
      expect(await ledger.findMany([])).toEqual([]);
    });
  });
}

async function allPages(ledger: EntryLedger, tenant: TenantId, limit: number): Promise<(readonly LedgerEntry[])[]> {
  const pages: (readonly LedgerEntry[])[] = [];
  let cursor: string | null = null;
  do {
    const page = await ledger.list(tenant, { ...ANY, cursor, limit });
    pages.push(page.entries);
    cursor = page.cursor;
  } while (cursor !== null);
  return pages;
}
