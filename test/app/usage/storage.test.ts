import { describe, expect, it } from "vitest";
import { reportStorage, SAMPLE_EVERY_MS, sampleStorage } from "../../../src/app/usage/storage.ts";
import { HOUR, NOON } from "../../core/samples.ts";
import { ACME, failing } from "../world.ts";
import { OTHER, savingsWorld } from "./savings-world.ts";

const DAY = 24 * HOUR;

describe("the schedule", () => {
  it("looks at what tenants have stored every ten minutes, however often it runs", async () => {
    const world = await savingsWorld();
    const log: number[] = [];
    const { storageLedger } = world;
    const counting = {
      async sample(now: number, every: number) {
        log.push(await storageLedger.sample(now, every));
        return log.at(-1) ?? 0;
      },
    };
    world.stored.set(ACME.id, 5);
    for (let minute = 0; minute <= 20; minute += 1) {
      await sampleStorage({ ...world, storageLedger: counting });
      world.clock.advance(60_000);
    }
    expect(SAMPLE_EVERY_MS).toBe(10 * 60_000);
    expect(log.flatMap((written, minute) => (written > 0 ? [minute] : []))).toEqual([0, 10, 20]);
  });

  it("goes on when it cannot, and reports that", async () => {
    const world = await savingsWorld();
    await sampleStorage({ ...world, storageLedger: failing(world.storageLedger, "sample") });
    expect(world.reports.map(({ what }) => what)).toEqual(["storage"]);
  });
});

describe("what is stored", () => {
  it("is told of for 30 days, and as it is now", async () => {
    const world = await savingsWorld();
    world.stored.set(ACME.id, 5);
    await world.storageLedger.sample(NOON - 40 * DAY, 0);
    await world.storageLedger.sample(NOON - 3 * DAY, 0);
    world.stored.set(ACME.id, 9);
    await world.storageLedger.sample(NOON - DAY, 0);
    world.counters.used.set(ACME.id, { requests: 0, deliveredBytes: 0, storedBytes: 11 });
    const { now, days } = await reportStorage(ACME.id, world);
    expect([now, days.length]).toEqual([11, 30]);
    expect(days[0]).toEqual({ day: "2026-10-22", storedBytes: 5 });
    expect(days.slice(-4)).toEqual([
      { day: "2026-11-17", storedBytes: 5 },
      { day: "2026-11-18", storedBytes: 5 },
      { day: "2026-11-19", storedBytes: 9 },
      { day: "2026-11-20", storedBytes: 11 },
    ]);
  });

  it("is nothing of who has nothing, whatever others have", async () => {
    const world = await savingsWorld();
    world.stored.set(OTHER.id, 5);
    await world.storageLedger.sample(NOON, 0);
    const { now, days } = await reportStorage(ACME.id, world);
    expect([now, ...days.map(({ storedBytes }) => storedBytes)].every((bytes) => bytes === 0)).toBe(true);
  });

  it.each(["storageLedger", "counters"] as const)("is unavailable while %s is", async (part) => {
    const world = await savingsWorld();
    const told = reportStorage(ACME.id, { ...world, [part]: failing<object>(world[part]) });
    await expect(told).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(world.reports.map(({ what }) => what)).toEqual(["storage"]);
  });
});
