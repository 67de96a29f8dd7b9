import { describe, expect, test } from "vitest";
import { HOUR, NOON, SECOND } from "../core/samples.ts";
import type { MakeLedger } from "./entry-ledger.contract.ts";
import { numberedKey } from "./keys.ts";
import { noteOf } from "./notes.ts";

/** What a caller that we know makes of entries that are there. */
export function ledgerAdoptContract(make: MakeLedger): void {
  describe("adopt", () => {
    test("puts a known caller behind what is there, and creates nothing", async () => {
      const { ledger, tenants } = await make();
      const [here, absent] = [numberedKey(tenants[0], 1), numberedKey(tenants[0], 2)];
      await ledger.noteFills([noteOf(here)], NOON);
      const wishes = [here, absent, here].map((key) => ({ key, expiresAt: NOON + HOUR, tags: [] }));
      await ledger.adopt(wishes, NOON + SECOND);
      const adopted = { trusted: true, state: "filling", expiresAt: NOON + HOUR, updatedAt: NOON + SECOND };
      expect(await ledger.find(here)).toMatchObject(adopted);
      expect(await ledger.find(absent)).toBeNull();
    });

    test("no wish leaves an earlier one, unless its moment has come", async () => {
      const { ledger, tenants } = await make();
      const key = numberedKey(tenants[0], 1);
      await ledger.noteFills([noteOf(key, { expiresAt: NOON + HOUR })], NOON);
      await ledger.adopt([{ key, expiresAt: null, tags: [] }], NOON + HOUR - 1);
      expect(await ledger.find(key)).toMatchObject({ expiresAt: NOON + HOUR });
      await ledger.adopt([{ key, expiresAt: null, tags: [] }], NOON + HOUR);
      expect(await ledger.find(key)).toMatchObject({ expiresAt: null });
      await ledger.adopt([], NOON);
    });
  });
}
