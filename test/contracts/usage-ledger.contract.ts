import { beforeEach, describe, expect, test } from "vitest";
import type { EntryKey } from "../../src/core/entry-key.ts";
import type { TenantId } from "../../src/core/tenant.ts";
import { COUNTERS } from "../../src/core/usage/counters.ts";
import type { EntryLedger } from "../../src/ports/entry-ledger.ts";
import type { UsageLedger, UsageQuestion } from "../../src/ports/usage-ledger.ts";
import { HOUR, MINUTE, NOON } from "../core/samples.ts";
import { numberedKey } from "./keys.ts";
import { noteOf } from "./notes.ts";
import { batchOf, cellOf } from "./usage-batches.ts";

export type UsageUnderTest = {
  readonly usage: UsageLedger;
  readonly entries: EntryLedger;
  readonly tenants: readonly [TenantId, TenantId];
  /** Ids of two lines of the first tenant's allow-list: `https://a.example/` and `http://b.example:8080/b`. */
  readonly rules: readonly [number, number];
};

const DAY = 24 * HOUR;
const ALL = {
  from: NOON - DAY,
  to: NOON + DAY,
  by: "hour",
  group: "none",
  entry: null,
  cursor: null,
  limit: 1000,
} as const;

export function usageLedgerContract(name: string, make: () => Promise<UsageUnderTest>): void {
  describe(`UsageLedger: ${name}`, () => {
    let made: UsageUnderTest;
    let usage: UsageLedger;
    let tenant: TenantId;
    let key: EntryKey;
    beforeEach(async () => {
      made = await make();
      ({ usage } = made);
      [tenant] = made.tenants;
      key = numberedKey(tenant, 1);
    });

    const rows = async (question: Partial<UsageQuestion> = {}, of = tenant) =>
      (await usage.report(of, { ...ALL, ...question })).rows;

    describe("what is added", () => {
      test("is summed by hour, and every counter comes back", async () => {
        const every = Object.fromEntries(COUNTERS.map((counter, at) => [counter, at + 1]));
        const one = cellOf(key, NOON, every);
        expect(
          await usage.add([batchOf([one, one], NOON), batchOf([cellOf(key, NOON + HOUR, { hits: 3 })], NOON)]),
        ).toBe(2);
        const [first, second, ...more] = await rows();
        expect(first).toEqual({
          period: NOON,
          counts: Object.fromEntries(COUNTERS.map((counter, at) => [counter, 2 * (at + 1)])),
        });
        expect(second).toMatchObject({ period: NOON + HOUR, counts: { hits: 3, misses: 0, delivered_bytes: 0 } });
        expect(more).toEqual([]);
      });

      test("waits for its sum since it came, until it is summed", async () => {
        const before = Date.now();
        await usage.add([batchOf([cellOf(key, NOON, { hits: 1 })], NOON)]);
        const since = await usage.unsummedSince();
        // Others may sum at any time, and what of theirs waits may be older.
        if (since !== null) expect(since).toBeLessThanOrEqual(Math.max(before, Date.now()));
        await usage.rollUp();
        expect((await usage.unsummedSince()) ?? before).toBeGreaterThanOrEqual(before);
      });

      test("counts once, however often it comes", async () => {
        const batch = batchOf([cellOf(key, NOON, { hits: 2, delivered_bytes: 7 })], NOON);
        const other = batchOf([cellOf(key, NOON, { hits: 10 })], NOON);
        expect(await usage.add([batch, batch])).toBe(1);
        expect(await usage.add([other, batch])).toBe(1);
        expect(await usage.add([batch])).toBe(0);
        expect(await rows()).toMatchObject([{ counts: { hits: 12, delivered_bytes: 7 } }]);
      });

      test("counts once, though it comes many times at once", async () => {
        const batch = batchOf([cellOf(key, NOON, { hits: 2 })], NOON);
        const others = Array.from({ length: 4 }, () => batchOf([cellOf(key, NOON, { hits: 1 })], NOON));
        const added = await Promise.all(others.map((other) => usage.add([batch, other])));
        expect(added.reduce((sum, count) => sum + count, 0)).toBe(5);
        expect(await rows()).toMatchObject([{ counts: { hits: 6 } }]);
      });

      test("may be larger than a number of 32 bits", async () => {
        const bytes = Number.MAX_SAFE_INTEGER - 1;
        await usage.add([batchOf([cellOf(key, NOON, { delivered_bytes: bytes })], NOON)]);
        await usage.add([batchOf([cellOf(key, NOON, { delivered_bytes: 1 })], NOON)]);
        for (const by of ["hour", "day", "month"] as const) {
          const [row] = await rows({ by, from: Date.UTC(2026, 10) });
          expect(row?.counts.delivered_bytes).toBe(Number.MAX_SAFE_INTEGER);
        }
      });

      test("is no other tenant's", async () => {
        const theirs = { ...key, tenant: made.tenants[1] };
        await usage.add([batchOf([cellOf(key, NOON, { hits: 1 }), cellOf(theirs, NOON, { misses: 1 })], NOON)]);
        expect(await rows({}, tenant)).toMatchObject([{ counts: { hits: 1, misses: 0 } }]);
        expect(await rows({}, made.tenants[1])).toMatchObject([{ counts: { hits: 0, misses: 1 } }]);
      });

      test("of a tenant that is gone is passed over, and holds nobody else's up", async () => {
        const gone = { ...key, tenant: `gone-${tenant}` as TenantId };
        await usage.add([batchOf([cellOf(gone, NOON, { hits: 1 }), cellOf(key, NOON, { hits: 1 })], NOON)]);
        expect(await rows()).toMatchObject([{ counts: { hits: 1 } }]);
      });

      test("adds hits to their entries, once, and to nothing that is not there", async () => {
        const { entries } = made;
        const [other, absent] = [numberedKey(made.tenants[1], 1), numberedKey(tenant, 9)];
        await entries.noteFills([noteOf(key), noteOf(other)], NOON);
        const hits = [key, key, absent].map((hit, at) => cellOf(hit, NOON + at * HOUR, { hits: at + 1 }));
        const batch = batchOf([...hits, cellOf(other, NOON, { misses: 5 })], NOON);
        await usage.add([batch, batch]);
        await usage.add([batch, batchOf([cellOf(key, NOON, { hits: 10 })], NOON)]);
        expect(await entries.find(key)).toMatchObject({ hits: 13, updatedAt: NOON });
        expect(await entries.find(other)).toMatchObject({ hits: 0 });
        expect(await entries.find(absent)).toBeNull();
      });

      test("may be nothing", async () => {
        expect(await usage.add([])).toBe(0);
        expect(await usage.add([batchOf([], NOON)])).toBe(1);
        expect(await rows()).toEqual([]);
      });
    });

    describe("what is told of", () => {
      test("is grouped by origin, with the URL of a rule that is there", async () => {
        const [a, b] = made.rules;
        await usage.add([
          batchOf(
            [
              cellOf(key, NOON, { hits: 1 }, a),
              cellOf(numberedKey(tenant, 2), NOON, { hits: 2 }, a),
              cellOf(key, NOON, { hits: 4 }, b),
              cellOf(key, NOON, { hits: 8 }, 2 ** 31 - 1),
              cellOf(tenant, NOON, { refused_origin: 16 }),
            ],
            NOON,
          ),
        ]);
        const told = await rows({ group: "origin" });
        expect(told.map(({ origin, counts }) => [origin, counts.hits + counts.refused_origin])).toEqual([
          [null, 16],
          [{ id: a, url: "https://a.example/" }, 3],
          [{ id: b, url: "http://b.example:8080/b" }, 4],
          [{ id: 2 ** 31 - 1, url: null }, 8],
        ]);
        expect(await rows({ group: "origin", by: "day" })).toEqual(
          told.map((row) => ({ ...row, period: NOON - 12 * HOUR })),
        );
      });

      test("is grouped by key, with the public key of an entry that is there", async () => {
        const other = numberedKey(tenant, 2);
        await made.entries.noteFills([noteOf(key, { publicKey: "movie" })], NOON);
        await usage.add([
          batchOf(
            [
              cellOf(other, NOON, { hits: 2 }),
              cellOf(key, NOON, { hits: 1 }),
              cellOf(tenant, NOON, { refused_url: 4 }),
            ],
            NOON,
          ),
        ]);
        for (const by of ["hour", "day", "month"] as const) {
          const told = await rows({ group: "key", by, from: Date.UTC(2026, 10) });
          expect(told.map((row) => [row.key, row.counts.hits])).toEqual([
            [null, 0],
            ["movie", 1],
            [`url-${other.id}`, 2],
          ]);
        }
      });

      test("may be of one entry, by hour, day or origin, and is nobody else's of that id", async () => {
        const [a, b] = made.rules;
        const cells = [0, 1, 13].flatMap((hour) => [
          cellOf(key, NOON + hour * HOUR, { hits: 1, delivered_bytes: 10 }, a),
          cellOf(key, NOON + hour * HOUR, { hits: 2 }, b),
          cellOf(numberedKey(tenant, 2), NOON + hour * HOUR, { hits: 50 }, a),
          cellOf(numberedKey(made.tenants[1], 1), NOON + hour * HOUR, { hits: 70 }),
        ]);
        await usage.add([batchOf(cells, NOON)]);
        const hits = async (question: Partial<UsageQuestion>) =>
          (await rows({ entry: key.id, ...question })).map(({ period, counts }) => [period, counts.hits]);
        const [today, tomorrow] = [NOON - 12 * HOUR, NOON + 12 * HOUR];
        expect(await hits({})).toEqual([0, 1, 13].map((hour) => [NOON + hour * HOUR, 3]));
        expect(await hits({ to: NOON + 13 * HOUR })).toEqual([0, 1].map((hour) => [NOON + hour * HOUR, 3]));
        const days = { by: "day", from: today, to: Date.UTC(9000, 0) } as const;
        const expected = [
          [today, 6],
          [tomorrow, 3],
        ];
        expect(await hits(days)).toEqual(expected);
        await usage.rollUp();
        expect(await hits(days)).toEqual(expected);
        const byOrigin = await rows({ ...days, entry: key.id, group: "origin" });
        expect(byOrigin.map(({ counts }) => [counts.hits, counts.delivered_bytes])).toEqual([
          [2, 20],
          [4, 0],
          [1, 10],
          [2, 0],
        ]);
        expect(await rows({ entry: numberedKey(tenant, 9).id })).toEqual([]);
      });

      test("begins within the span", async () => {
        const hours = [-1, 0, 1, 2].map((hour) => cellOf(key, NOON + hour * HOUR, { hits: 1 }));
        await usage.add([batchOf(hours, NOON)]);
        const told = await rows({ from: NOON, to: NOON + 2 * HOUR });
        expect(told.map(({ period }) => period)).toEqual([NOON, NOON + HOUR]);
      });

      test("comes in pages, each row once", async () => {
        const [a, b] = made.rules;
        const cells = [0, 1, 2].flatMap((hour) =>
          [a, b, null].map((rule) => cellOf(key, NOON + hour * HOUR, { hits: 1 }, rule)),
        );
        await usage.add([batchOf(cells, NOON)]);
        const all = await rows({ group: "origin" });
        expect(all).toHaveLength(9);
        const paged = [];
        for (let cursor: string | null = null, pages = 0; pages === 0 || cursor !== null; pages += 1) {
          const page = await usage.report(tenant, { ...ALL, group: "origin", cursor, limit: 2 });
          expect(page.rows.length).toBeLessThanOrEqual(2);
          paged.push(...page.rows);
          cursor = page.cursor;
        }
        expect(paged).toEqual(all);
      });
    });

    describe("days of several tenants", () => {
      const span = { from: NOON - DAY, to: NOON + DAY, limit: 1000 };
      const told = async (question: Partial<typeof span> = {}) =>
        (await usage.days(made.tenants, { ...span, ...question })).map(({ tenant, ...row }) => row);

      test("are told of by tenant, day and rule, with what was counted and no more", async () => {
        const [a, b] = made.rules;
        const theirs = { ...key, tenant: made.tenants[1] };
        await usage.add([
          batchOf(
            [
              cellOf(key, NOON, { hits: 1 }, b),
              cellOf(key, NOON, { hits: 2, delivered_bytes: 7 }, a),
              cellOf(numberedKey(tenant, 2), NOON + HOUR, { hits: 4 }, a),
              cellOf(tenant, NOON + 13 * HOUR, { refused_url: 1 }),
              cellOf(theirs, NOON, { misses: 1 }, 9),
            ],
            NOON,
          ),
        ]);
        const mine = [
          { tenant, day: "2026-11-20", rule: a, counts: { hits: 6, delivered_bytes: 7 } },
          { tenant, day: "2026-11-20", rule: b, counts: { hits: 1 } },
          { tenant, day: "2026-11-21", rule: 0, counts: { refused_url: 1 } },
        ];
        const others = [{ tenant: made.tenants[1], day: "2026-11-20", rule: 9, counts: { misses: 1 } }];
        expect(await usage.days([tenant], span)).toEqual(mine);
        const both = made.tenants[1] < tenant ? [...others, ...mine] : [...mine, ...others];
        expect(await usage.days(made.tenants, span)).toEqual(both);
        expect(await usage.days(made.tenants, { ...span, limit: 2 })).toEqual(both.slice(0, 2));
        expect(await usage.days([], span)).toEqual([]);
      });

      test("are told of before they are rolled up, after, and with what came since", async () => {
        const add = (hits: number) => usage.add([batchOf([cellOf(key, NOON, { hits })], NOON)]);
        await add(1);
        expect(await told()).toMatchObject([{ counts: { hits: 1 } }]);
        await usage.rollUp();
        expect(await told()).toMatchObject([{ counts: { hits: 1 } }]);
        await add(2);
        expect(await told()).toMatchObject([{ counts: { hits: 3 } }]);
      });

      test("begin within the span", async () => {
        const days = [-2, -1, 0, 1].map((day) => cellOf(key, NOON + day * DAY, { hits: 1 }));
        await usage.add([batchOf(days, NOON)]);
        const [from, to] = [Date.UTC(2026, 10, 19), Date.UTC(2026, 10, 21)];
        expect((await told({ from, to })).map(({ day }) => day)).toEqual(["2026-11-19", "2026-11-20"]);
      });
    });

    describe("of all tenants together", () => {
      // A year in which nobody else has used anything.
      const year = 2101;
      const [noon, span] = [Date.UTC(year, 5, 5, 12), { from: Date.UTC(year, 0), to: Date.UTC(year + 1, 0) }];
      const all = async (question: Partial<UsageQuestion>) =>
        (await usage.report(null, { ...ALL, ...span, ...question })).rows;

      test.each(["hour", "day", "month"] as const)("usage is summed by %s, rolled up or not", async (by) => {
        const before = (await all({ by }))[0]?.counts.hits ?? 0;
        const [a] = made.rules;
        const add = () =>
          usage.add([batchOf([cellOf(key, noon, { hits: 1 }, a), cellOf(made.tenants[1], noon, { hits: 2 })], noon)]);
        await add();
        expect(await all({ by })).toMatchObject([{ counts: { hits: before + 3 } }]);
        await usage.rollUp();
        await usage.add([batchOf([cellOf(key, noon, { hits: 4 }, a)], noon)]);
        expect(await all({ by })).toMatchObject([{ counts: { hits: before + 7 } }]);
        const rule = (await all({ by, group: "origin" })).find(({ origin }) => origin?.id === a);
        expect(rule).toMatchObject({ origin: { url: "https://a.example/" }, counts: { hits: 5 } });
      });
    });

    describe("arrivals", () => {
      const span = { from: NOON, to: NOON + HOUR, settled: NOON + HOUR };
      const arrived = async () => await usage.arrivals(span);

      test("tell of batches whose number never came", async () => {
        const { added, missing } = await arrived();
        const isolate = crypto.randomUUID();
        for (const sequence of [5, 1, 2])
          await usage.add([batchOf([], NOON + sequence * MINUTE, { isolate, sequence })]);
        await usage.add([batchOf([], NOON), batchOf([], NOON - MINUTE), batchOf([], NOON + HOUR)]);
        expect(await arrived()).toEqual({ added: added + 4, missing: missing + 2 });
        await usage.add([batchOf([], NOON + 3 * MINUTE, { isolate, sequence: 3 })]);
        expect(await arrived()).toEqual({ added: added + 5, missing: missing + 1 });
      });

      test("miss nothing of an isolate that was heard of a moment ago", async () => {
        const { missing } = await usage.arrivals({ ...span, settled: NOON });
        await usage.add([batchOf([], NOON, { sequence: 7 })]);
        expect(await usage.arrivals({ ...span, settled: NOON })).toMatchObject({ missing });
        expect(await usage.arrivals({ ...span, settled: NOON + 1 })).toMatchObject({ missing: missing + 6 });
      });
    });

    describe("days and months", () => {
      const month = { from: Date.UTC(2026, 9), to: Date.UTC(2026, 11), by: "month" } as const;
      const days = { from: Date.UTC(2026, 9, 30), to: Date.UTC(2026, 10, 3), by: "day" } as const;
      const [lastOfOctober, firstOfNovember] = [Date.UTC(2026, 9, 31, 23), Date.UTC(2026, 10, 1)];
      const hits = (told: Awaited<ReturnType<typeof rows>>) => told.map(({ period, counts }) => [period, counts.hits]);

      test("are told of before they are rolled up, after, and with what came since", async () => {
        await usage.add([
          batchOf([cellOf(key, lastOfOctober, { hits: 1 }), cellOf(key, firstOfNovember, { hits: 2 })], NOON),
        ]);
        const told = async () => [hits(await rows(days)), hits(await rows(month))];
        const expected = [
          [
            [Date.UTC(2026, 9, 31), 1],
            [firstOfNovember, 2],
          ],
          [
            [Date.UTC(2026, 9), 1],
            [firstOfNovember, 2],
          ],
        ];
        expect(await told()).toEqual(expected);
        await usage.rollUp();
        expect(await told()).toEqual(expected);
        await usage.rollUp();
        expect(await told()).toEqual(expected);
        await usage.add([batchOf([cellOf(key, firstOfNovember + HOUR, { hits: 4 })], NOON)]);
        const later = structuredClone(expected);
        for (const each of later) each[1] = [firstOfNovember, 6];
        expect(await told()).toEqual(later);
        await usage.rollUp();
        expect(await told()).toEqual(later);
      });

      test("stay when their hours are forgotten", async () => {
        // Far enough back that nobody else's are older.
        const past = Date.UTC(1999, 0, 1);
        const old = { from: past, to: past + 40 * DAY } as const;
        const [first, second] = [batchOf([cellOf(key, past, { hits: 1 })], past), batchOf([], past + HOUR)];
        await usage.add([first, second, batchOf([cellOf(key, past + DAY, { hits: 2 })], past + DAY)]);
        await usage.rollUp();
        await usage.sweep({ hours: past + DAY, batches: past + HOUR });
        expect(hits(await rows({ ...old, by: "hour" }))).toEqual([[past + DAY, 2]]);
        expect(await rows({ ...old, by: "day", group: "key" })).toHaveLength(1);
        expect(hits(await rows({ ...old, by: "day" }))).toEqual([
          [past, 1],
          [past + DAY, 2],
        ]);
        expect(hits(await rows({ ...old, by: "month" }))).toEqual([[past, 3]]);
        // An id that was kept still tells a batch apart.
        expect(await usage.add([second])).toBe(0);
        expect(await usage.add([first])).toBe(1);
      });
    });
  });
}
