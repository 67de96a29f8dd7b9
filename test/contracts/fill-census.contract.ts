import { beforeEach, describe, expect, test } from "vitest";
import type { EntryKey } from "../../src/core/entry-key.ts";
import type { EntryLedger } from "../../src/ports/entry-ledger.ts";
import type { FillCensus } from "../../src/ports/fill-census.ts";
import { HOUR, SECOND } from "../core/samples.ts";
import { newKey } from "./keys.ts";
import { copyOf, noteOf } from "./notes.ts";

/** A census of a ledger; the tenant of the key is known there. */
export type CensusUnderTest = { readonly census: FillCensus; readonly ledger: EntryLedger; readonly key: EntryKey };

/** Nobody else's entries were touched so early, or so late. */
const PAST = Date.UTC(1999, 0, 1);
const FUTURE = Date.UTC(2999, 0, 1);
const FAILURE = { code: "ORIGIN_ERROR", message: "The origin answered 500." };

export function fillCensusContract(name: string, make: () => Promise<CensusUnderTest>): void {
  describe(`FillCensus: ${name}`, () => {
    let census: FillCensus;
    let ledger: EntryLedger;
    let keys: readonly [EntryKey, EntryKey, EntryKey];
    beforeEach(async () => {
      const made = await make();
      ({ census, ledger } = made);
      keys = [made.key, newKey(made.key.tenant), newKey(made.key.tenant)];
    });

    const silent = async (since: number, limit = 10) =>
      (await census.silent(since, limit)).filter(({ key }) => key.tenant === keys[0].tenant);

    test("a wanted copy is being filled until it is there, has failed or was purged", async () => {
      const before = await census.count({ failedSince: FUTURE, most: 1_000_000 });
      await ledger.noteFills(
        keys.map((key) => noteOf(key)),
        PAST,
      );
      expect(before.failed).toBe(0);
      expect((await census.count({ failedSince: FUTURE, most: 1_000_000 })).filling).toBeGreaterThanOrEqual(3);
      expect(await silent(PAST + 1)).toHaveLength(3);
      await ledger.publish(keys[0], 1, copyOf("generation"), PAST);
      await ledger.fail(keys[1], 1, FAILURE, true, PAST);
      await ledger.purge(keys[2], 2, false, PAST);
      expect(await silent(PAST + 1)).toEqual([]);
    });

    test("nothing is counted further than asked", async () => {
      await ledger.noteFills(
        keys.map((key) => noteOf(key)),
        PAST,
      );
      expect(await census.count({ failedSince: FUTURE, most: 2 })).toEqual({ filling: 2, failed: 0 });
      for (const key of keys) await ledger.fail(key, 1, FAILURE, true, FUTURE);
      expect((await census.count({ failedSince: FUTURE, most: 2 })).failed).toBe(2);
      for (const key of keys) await ledger.purge(key, 2, false, PAST);
    });

    test("what failed is counted from that moment on", async () => {
      await ledger.noteFills([noteOf(keys[0]), noteOf(keys[1])], PAST);
      await ledger.fail(keys[0], 1, FAILURE, true, FUTURE - SECOND);
      await ledger.fail(keys[1], 1, FAILURE, true, FUTURE);
      expect((await census.count({ failedSince: FUTURE - SECOND, most: 9 })).failed).toBe(2);
      expect((await census.count({ failedSince: FUTURE, most: 9 })).failed).toBe(1);
      for (const key of keys) await ledger.purge(key, 2, false, PAST);
    });

    test("the longest silent come first, with the names that their tenants gave them", async () => {
      await ledger.noteFills([noteOf(keys[0])], PAST + HOUR);
      await ledger.noteFills([noteOf(keys[1], { publicKey: "ключ" })], PAST);
      await ledger.noteFills([noteOf(keys[2])], PAST + 2 * HOUR);
      expect(await silent(PAST + 2 * HOUR)).toEqual([
        { key: keys[1], publicKey: "ключ", since: PAST },
        { key: keys[0], publicKey: `url-${keys[0].id}`, since: PAST + HOUR },
      ]);
      expect(await census.silent(PAST + 2 * HOUR, 1)).toHaveLength(1);
      for (const key of keys) await ledger.purge(key, 2, false, PAST);
    });
  });
}
