import { describe, expect, it } from "vitest";
import { addUsage } from "../../../src/app/usage/add.ts";
import { reportUsage, type UsageWish } from "../../../src/app/usage/report.ts";
import { rollUpUsage } from "../../../src/app/usage/roll-up.ts";
import { entryKey } from "../../../src/core/entry-key.ts";
import { BATCH_LIFE_MS } from "../../../src/core/usage/batch.ts";
import { newKey } from "../../contracts/keys.ts";
import { batchOf, cellOf } from "../../contracts/usage-batches.ts";
import { HOUR, NOON, tenantId } from "../../core/samples.ts";
import { fakeUsageLedger } from "../../fakes/usage-ledger.ts";
import { ACME, failing, makeWorld, reported } from "../world.ts";

const DAY = 24 * HOUR;
const WISH: UsageWish = { from: null, to: null, by: "day", group: "none", key: null, cursor: null, limit: 100 };

function usageWorld() {
  const world = makeWorld();
  return { ...world, usageLedger: fakeUsageLedger({ entries: world.ledger }) };
}

describe("batches that come", () => {
  it("are added, and those that were on their way for too long are told of", async () => {
    const world = usageWorld();
    const [fresh, old] = [NOON - BATCH_LIFE_MS, NOON - BATCH_LIFE_MS - 1].map((at) =>
      batchOf([cellOf(newKey(ACME.id), at, { hits: 1 })], at),
    );
    if (!fresh || !old) throw new Error("no batches");
    await addUsage([fresh, old], world);
    expect(world.usageLedger.added).toEqual([fresh]);
    expect(reported(world)).toEqual(["usage"]);
  });

  it("come again when they could not be added", async () => {
    const world = usageWorld();
    const parts = { ...world, usageLedger: failing(world.usageLedger, "add") };
    await expect(addUsage([batchOf([], NOON)], parts)).rejects.toThrow();
  });
});

describe("the schedule", () => {
  it("sums before it forgets: hours after 35 days, ids of batches a day after the last of them may come", async () => {
    const world = usageWorld();
    const log: unknown[] = [];
    const usageLedger = {
      rollUp: async () => log.push("rolled up"),
      sweep: async (before: object) => void log.push(before),
    };
    await rollUpUsage({ ...world, usageLedger });
    expect(log).toEqual(["rolled up", { hours: Date.UTC(2026, 9, 16), batches: NOON - 6 * DAY }]);
  });

  it("forgets nothing that it could not sum, and reports that", async () => {
    const world = usageWorld();
    const log: string[] = [];
    const usageLedger = {
      rollUp: () => Promise.reject(new Error("Postgres is away")),
      sweep: async () => void log.push("swept"),
    };
    await rollUpUsage({ ...world, usageLedger });
    expect([log, reported(world)]).toEqual([[], ["usage"]]);
  });
});

describe("a report", () => {
  it("is of the tenant, the span, and the batches of that time", async () => {
    const world = usageWorld();
    const isolate = crypto.randomUUID();
    const at = NOON - HOUR;
    await addUsage([batchOf([cellOf(newKey(ACME.id), at, { hits: 2 })], at, { isolate, sequence: 3 })], world);
    const { rows, span, batches, cursor } = await reportUsage(ACME.id, WISH, world);
    expect(rows).toMatchObject([{ period: NOON - 12 * HOUR, counts: { hits: 2 } }]);
    expect(span).toEqual({ from: Date.UTC(2026, 9, 22), to: Date.UTC(2026, 10, 21), by: "day" });
    expect([batches, cursor]).toEqual([{ added: 1, missing: 2 }, null]);
  });

  it("misses nothing of an isolate that was heard of within ten minutes", async () => {
    const world = usageWorld();
    await addUsage([batchOf([], NOON - 10 * 60_000, { sequence: 3 })], world);
    expect((await reportUsage(ACME.id, WISH, world)).batches).toEqual({ added: 1, missing: 0 });
  });

  it("may be of one key, as its tenant names it, and of none that is another's", async () => {
    const world = usageWorld();
    const at = NOON - HOUR;
    const movie = entryKey(ACME.id, { by: "custom", key: "movie" });
    await addUsage([batchOf([cellOf(movie, at, { hits: 2 }), cellOf(newKey(ACME.id), at, { hits: 5 })], at)], world);
    const hits = async (key: string, tenant = ACME.id) =>
      (await reportUsage(tenant, { ...WISH, key }, world)).rows.map(({ counts }) => counts.hits);
    expect(await hits("movie")).toEqual([2]);
    expect(await hits(`url-${movie.id}`)).toEqual([2]);
    expect(await hits("film")).toEqual([]);
    expect(await hits("movie", tenantId("other"))).toEqual([]);
  });

  it.each<[string, Partial<UsageWish>]>([
    ["a span that ends before it begins", { from: NOON, to: NOON - DAY }],
    ["hours that are forgotten", { by: "hour", from: NOON - 36 * DAY }],
    ["keys of days that are forgotten", { group: "key", from: NOON - 36 * DAY }],
    ["days of one key that are forgotten", { key: "movie", from: NOON - 36 * DAY }],
    ["months of one key", { key: "movie", by: "month" }],
    ["keys of months that are forgotten", { by: "month", group: "key" }],
  ])("is none of %s", async (_, changes) => {
    await expect(reportUsage(ACME.id, { ...WISH, ...changes }, usageWorld())).rejects.toMatchObject({
      code: "INVALID_FIELD",
      message: expect.stringMatching(/^from: /),
    });
  });

  it("is unavailable while the ledger is", async () => {
    const world = usageWorld();
    const parts = { ...world, usageLedger: failing(world.usageLedger, "report") };
    await expect(reportUsage(ACME.id, WISH, parts)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(reported(world)).toEqual(["usage"]);
  });
});
