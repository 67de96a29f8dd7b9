import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Counts } from "../../../src/core/usage/counters.ts";
import { addCounts, countsOf } from "../../../src/core/usage/counters.ts";
import type { UsageEvent } from "../../../src/core/usage/event.ts";
import { Tally } from "../../../src/core/usage/tally.ts";
import { newKey, newTenant } from "../../contracts/keys.ts";
import { HOUR, NOON, tenantId } from "../samples.ts";

const key = newKey();
const hit: UsageEvent = { kind: "hit", key, rule: 7, assumed: null };
const hour = NOON / HOUR;

describe("a tally", () => {
  it("sums what happens to an entry by a rule in an hour into one cell", () => {
    const tally = new Tally();
    for (const event of [hit, hit, { ...hit }, { kind: "miss", key, rule: 7 } as const]) tally.add(event, NOON);
    const cell = { tenant: key.tenant, entry: key.id, hour, rule: 7 };
    expect(tally.take()).toEqual([{ ...cell, counts: { hits: 3, misses: 1 } }]);
  });

  it("sums what goes out of no entry by its tenant", () => {
    const tally = new Tally();
    const of = { tenant: key.tenant };
    tally.add({ kind: "delivery", ...of, status: 206, bytes: 5 }, NOON);
    tally.add({ kind: "delivered", ...of, bytes: 7 }, NOON);
    const counts = { deliveries: 1, delivered_bytes: 12 };
    expect(tally.take()).toEqual([{ tenant: key.tenant, entry: null, hour, rule: null, counts }]);
  });

  it("keeps tenants, entries, rules and hours apart", () => {
    const tally = new Tally();
    const others = [
      { ...hit, key: { ...key, tenant: newTenant() } },
      { ...hit, key: newKey(key.tenant) },
      { ...hit, rule: null },
    ];
    for (const event of [hit, ...others]) tally.add(event, NOON);
    tally.add(hit, NOON + HOUR);
    const cells = tally.take();
    expect(cells).toHaveLength(5);
    expect(cells.map(({ counts }) => counts)).toEqual(Array.from({ length: 5 }, () => ({ hits: 1 })));
  });

  it("counts a remembered event in the hour in which it comes again", () => {
    const tally = new Tally();
    tally.add(hit, NOON + HOUR - 1);
    tally.add(hit, NOON + HOUR - 1);
    tally.add(hit, NOON + HOUR);
    expect(tally.take().map((cell) => [cell.hour, cell.counts.hits])).toEqual([
      [hour, 2],
      [hour + 1, 1],
    ]);
  });

  it("has nothing left once it was taken, and changes nothing of that", () => {
    const tally = new Tally();
    tally.add(hit, NOON);
    const taken = tally.take();
    tally.add(hit, NOON);
    expect(taken[0]?.counts).toEqual({ hits: 1 });
    expect(tally.take()[0]?.counts).toEqual({ hits: 1 });
    expect([tally.take(), tally.size]).toEqual([[], 0]);
  });

  it("knows how many cells it may come to", () => {
    const tally = new Tally();
    for (let number = 0; number < 10; number += 1) tally.add({ ...hit, key: newKey() }, NOON);
    for (let number = 0; number < 10; number += 1) tally.add({ kind: "miss", key: newKey(), rule: null }, NOON);
    expect(tally.size).toBe(20);
    expect(tally.take()).toHaveLength(20);
  });

  it("counts what is of no entry by its tenant", () => {
    const tally = new Tally();
    tally.add({ kind: "refusal", tenant: tenantId("acme"), reason: "origin" }, NOON);
    expect(tally.take()).toEqual([{ tenant: "acme", hour, entry: null, rule: null, counts: { refused_origin: 1 } }]);
  });

  it("comes to the same sum however events are mixed and taken", () => {
    const keys = [key, newKey(key.tenant), newKey()];
    const event = fc.tuple(fc.constantFrom(...keys), fc.constantFrom(1, 2, null), fc.nat(5)).map(([of, rule, kind]) => {
      const about = { key: of, rule };
      const events: UsageEvent[] = [
        { kind: "hit", ...about, assumed: null },
        { kind: "hit", ...about, assumed: 10 },
        { kind: "miss", ...about },
        { kind: "delivered", ...about, bytes: 3 },
        { kind: "bypass", ...about, reason: "ended" },
        hit,
      ];
      return events[kind] ?? hit;
    });
    const steps = fc.array(fc.tuple(event, fc.nat(3 * HOUR), fc.boolean()), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (all) => {
        const tally = new Tally();
        const [wanted, got]: Counts[] = [{}, {}];
        let now = NOON;
        for (const [one, later, take] of all) {
          now += later;
          tally.add(one, now);
          addCounts(wanted ?? {}, countsOf(one));
          if (take) for (const { counts } of tally.take()) addCounts(got ?? {}, counts);
        }
        for (const { counts } of tally.take()) addCounts(got ?? {}, counts);
        expect(got).toEqual(wanted);
      }),
    );
  });
});
