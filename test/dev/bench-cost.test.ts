import { describe, expect, it } from "vitest";
import { costOfMillion } from "../../bench/cost/cost-of.ts";
import { PRICES, PRICES_OF } from "../../bench/cost/prices.ts";
import { perRequest } from "../../bench/measure/count-operations.ts";
import type { Figures } from "../../bench/measure/figures.ts";
import { costTable } from "../../bench/report/cost-table.ts";
import { operationsTable } from "../../bench/report/operations-table.ts";
import { waited } from "../../bench/report/waited.ts";
import { type Operations, operationsBetween } from "../../bench/server/operations.ts";

const NONE: Operations = {
  ...{ entries: 0, tenants: 0, writes: 0, store: 0, gate: 0, rows: 0, withdrawals: 0, messages: 0, batches: 0 },
  ...{ usage: 0, queries: 0, cache: 0, origins: 0, others: 0 },
};
const MISS: Operations = { ...NONE, entries: 1, gate: 0.5, rows: 2, messages: 1, batches: 0.1, queries: 1 };

describe("what a million requests cost", () => {
  it("is the requests themselves and their CPU where nothing else is asked for", () => {
    expect(costOfMillion({ operations: NONE, cpuMs: 0.05 })).toEqual({
      ...{ requests: 0.3, cpu: expect.closeTo(0.001), kv: 0, objects: 0, queue: 0, store: 0 },
      all: expect.closeTo(0.301),
    });
  });

  it("has reads and writes of KV at their own price", () => {
    const { kv } = costOfMillion({ operations: { ...NONE, entries: 1, tenants: 1, writes: 1 }, cpuMs: 0 });
    expect(kv).toBeCloseTo(0.5 + 0.5 + 5);
  });

  it("has a claim's call, its rows, and a message that is written, read and deleted", () => {
    const cost = costOfMillion({ operations: MISS, cpuMs: 0 });
    expect(cost).toMatchObject({ objects: expect.closeTo(0.075 + 2), queue: expect.closeTo(1.2), kv: 0.5 });
    expect(cost.all).toBeCloseTo(0.3 + 0.5 + 2.075 + 1.2);
  });

  it("counts no Postgres, which is paid for by the hour", () => {
    const cost = costOfMillion({ operations: { ...NONE, queries: 5, cache: 5 }, cpuMs: 0 });
    expect(cost.all).toBeCloseTo(0.3);
  });

  it("is known for a day, and dearest for what is written", () => {
    expect(PRICES_OF).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(Math.max(...Object.values(PRICES))).toBe(PRICES.kvWrite);
  });

  it("is a table with the sum first", () => {
    const [head, line] = costTable({ miss: costOfMillion({ operations: MISS, cpuMs: 1 }) }).split("\n");
    expect(head).toContain(`$ a million (${PRICES_OF})  in all  requests`);
    expect(line).toMatch(/^miss +4\.095 +0\.300 +0\.020 +0\.500 +2\.075 +1\.200 +0\.000$/);
  });
});

describe("operations", () => {
  it("between two moments are what the later one has more", () => {
    const before = { ...NONE, entries: 3, others: 1 };
    expect(operationsBetween(before, { ...before, entries: 10 })).toEqual({ ...NONE, entries: 7 });
  });

  it("of one request are shares of what all of them asked for", () => {
    const all = { operations: { ...NONE, entries: 1000, gate: 64 }, requests: 1000 };
    expect(perRequest(all)).toEqual({ ...NONE, entries: 1, gate: 0.064 });
  });

  it("are a table in which what is done once a second stands apart", () => {
    const counted = { operations: { ...NONE, entries: 10, gate: 1, withdrawals: 2, usage: 3 }, requests: 10 };
    const [head, line] = operationsTable({ "cold hit": counted }).split("\n");
    expect(head).toMatch(/^a request +KV +R2 +gate +rows +queue +Postgres +Cache API +a second: withdrawals +usage$/);
    expect(line).toMatch(/^cold hit +1 +0 +0\.100 +0 +0 +0 +0 +2 +3$/);
  });
});

describe("what a client waits for a miss", () => {
  const figures = (name: string, p50Ms: number): Figures => ({
    ...{ name, base: name, ratio: 1, cpuMicroseconds: 1, addedMs: 0, requestsPerSecond: 1, busy: 0, perSecond: 1000 },
    ...{ p50Ms, p99Ms: 1 },
  });

  it("is compared with a bare Worker that reads KV once", () => {
    expect(waited([figures("bare-kv", 0.4), figures("miss", 0.6)])).toMatch(/ 1\.50 times bare-kv .* holds$/);
    expect(waited([figures("bare-kv", 0.4), figures("miss", 0.8)])).toMatch(/ 2\.00 times bare-kv .* FAILS$/);
  });

  it("is not told where no miss was measured", () => {
    expect(() => waited([figures("bare-kv", 0.4)])).toThrow("no miss");
  });
});
