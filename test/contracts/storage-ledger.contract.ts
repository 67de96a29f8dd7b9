import { beforeEach, describe, expect, test } from "vitest";
import type { TenantId } from "../../src/core/tenant.ts";
import { MOST_DAYS_BACK, type StorageLedger } from "../../src/ports/storage-ledger.ts";
import { HOUR, MINUTE, NOON } from "../core/samples.ts";

export type StorageUnderTest = {
  readonly storage: StorageLedger;
  readonly tenants: readonly [TenantId, TenantId];
  /** From now on the tenant's copies have so many bytes in all. */
  store(tenant: TenantId, bytes: number): Promise<void>;
};

const DAY = 24 * HOUR;
const EVERY = 10 * MINUTE;
const GB = 10 ** 9;

/** `make` gives a ledger in which nobody has looked yet. */
export function storageLedgerContract(name: string, make: () => Promise<StorageUnderTest>): void {
  describe(`StorageLedger: ${name}`, () => {
    let storage: StorageLedger;
    let store: StorageUnderTest["store"];
    let [mine, other] = ["", ""] as unknown as [TenantId, TenantId];
    beforeEach(async () => {
      const made = await make();
      ({ storage, store } = made);
      [mine, other] = made.tenants;
    });

    const ALL = { from: "2026-10-01", to: "2027-02-01" };
    const look = (now: number) => storage.sample(now, EVERY);
    const rows = async (of = mine) =>
      (await storage.days([of], ALL)).map(({ day, byteHours, storedBytes }) => [day, byteHours, storedBytes]);

    test("counts the time between two looks with what lay here at the first", async () => {
      await store(mine, GB);
      await look(NOON);
      expect(await rows()).toEqual([["2026-11-20", 0n, GB]]);
      await store(mine, 3 * GB);
      await look(NOON + HOUR);
      expect(await rows()).toEqual([["2026-11-20", BigInt(GB), 3 * GB]]);
      await look(NOON + 3 * HOUR);
      expect(await rows()).toEqual([["2026-11-20", BigInt(7 * GB), 3 * GB]]);
    });

    test("looks no more often than it is asked to, for whomever", async () => {
      await store(mine, GB);
      expect(await look(NOON)).toBeGreaterThan(0);
      await store(other, GB);
      expect(await look(NOON + EVERY - 1)).toBe(0);
      expect(await rows(other)).toEqual([]);
      expect(await look(NOON + EVERY)).toBeGreaterThan(1);
      expect(await rows(other)).toEqual([["2026-11-20", 0n, GB]]);
    });

    test("counts nothing twice, whoever looks at once or anew", async () => {
      await store(mine, 36 * GB);
      await look(NOON);
      await Promise.all([NOON + HOUR, NOON + HOUR, NOON + HOUR + 100].map(look));
      await look(NOON + HOUR);
      await look(NOON + 2 * HOUR);
      expect(await rows()).toEqual([["2026-11-20", BigInt(72 * GB), 36 * GB]]);
    });

    test("divides time at midnight (UTC)", async () => {
      await store(mine, GB);
      await look(NOON + 11 * HOUR);
      await store(mine, 2 * GB);
      await look(NOON + 14 * HOUR);
      expect(await rows()).toEqual([
        ["2026-11-20", BigInt(GB), GB],
        ["2026-11-21", BigInt(2 * GB), 2 * GB],
      ]);
    });

    test("makes up for looks that were missed, by what lay here at the last one", async () => {
      await store(mine, GB);
      await look(NOON);
      await store(mine, 5 * GB);
      await look(NOON + 2 * DAY);
      expect(await rows()).toEqual([
        ["2026-11-20", BigInt(12 * GB), GB],
        ["2026-11-21", BigInt(24 * GB), GB],
        ["2026-11-22", BigInt(12 * GB), 5 * GB],
      ]);
    });

    test("does so for some weeks and no longer", async () => {
      await store(mine, GB);
      await look(NOON);
      await look(NOON + 50 * DAY);
      const days = await rows();
      expect(days).toHaveLength(1 + MOST_DAYS_BACK);
      expect(days[0]).toEqual(["2026-11-20", 0n, GB]);
      expect(days.slice(1, -1).every(([, hours]) => hours === BigInt(24 * GB))).toBe(true);
    });

    test("has no day of who has stored nothing, and one of who has let go of all", async () => {
      await store(mine, GB);
      await look(NOON);
      await store(mine, 0);
      await look(NOON + HOUR);
      await look(NOON + DAY);
      await store(mine, 2 * GB);
      await look(NOON + 2 * DAY);
      const known = (await rows()).filter(([, hours, bytes]) => hours !== 0n || bytes !== 0);
      expect(known).toEqual([
        ["2026-11-20", BigInt(GB), 0],
        ["2026-11-22", 0n, 2 * GB],
      ]);
      expect(await rows(other)).toEqual([]);
    });

    test("counts petabytes to the byte", async () => {
      const bytes = 5 * 10 ** 15 + 1;
      await store(mine, bytes);
      await look(NOON - 12 * HOUR);
      await look(NOON + 11 * HOUR);
      expect(await rows()).toEqual([["2026-11-20", 23n * BigInt(bytes), bytes]]);
    });

    test("tells of those tenants and days that are asked for, in order", async () => {
      for (const tenant of [mine, other]) await store(tenant, GB);
      await look(NOON);
      await look(NOON + 2 * DAY);
      const both = await storage.days([mine, other], { from: "2026-11-21", to: "2026-11-22" });
      expect(both.map(({ tenant, day }) => [tenant, day])).toEqual(
        [mine, other].sort().map((tenant) => [tenant, "2026-11-21"]),
      );
      expect(await storage.days([], ALL)).toEqual([]);
    });
  });
}
