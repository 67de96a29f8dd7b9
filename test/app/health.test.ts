import { afterEach, describe, expect, it, vi } from "vitest";
import { health } from "../../src/app/health.ts";
import {
  failing,
  hanging,
  makeReady,
  makeWorld,
  passingTime,
  reported,
  sourceOf,
  useFakeTimers,
  want,
} from "./world.ts";

const PARTS = ["index", "ledger", "store", "gate", "queue"] as const;
const ALL_OK = { index: "ok", ledger: "ok", store: "ok", gate: "ok", queue: "ok" };

afterEach(() => {
  vi.useRealTimers();
});

describe("health", () => {
  it("is well when every part answers", async () => {
    const world = makeWorld();
    expect(await health(world)).toEqual({ status: "ok", dependencies: ALL_OK });
    expect(world.reports).toEqual([]);
  });

  it.each(PARTS)("is degraded while the %s fails, and says which it is", async (what) => {
    const world = makeWorld();
    const dependencies = { ...ALL_OK, [what]: "down" };
    expect(await health({ ...world, [what]: failing(world[what]) })).toEqual({ status: "degraded", dependencies });
    expect(reported(world)).toEqual([what]);
  });

  it.each(PARTS)("is degraded while the %s hangs, and known after two seconds", async (what) => {
    const world = makeWorld();
    useFakeTimers();
    const { value, ms } = await passingTime(health({ ...world, [what]: hanging(world[what]) }));
    expect(value).toEqual({ status: "degraded", dependencies: { ...ALL_OK, [what]: "down" } });
    expect(ms).toBe(2000);
  });

  it("is asked of all parts at once", async () => {
    const world = makeWorld();
    useFakeTimers();
    const down = Object.fromEntries(PARTS.map((what) => [what, hanging(world[what])]));
    const { value, ms } = await passingTime(health({ ...world, ...down }));
    expect(Object.values(value.dependencies)).toEqual(["down", "down", "down", "down", "down"]);
    expect(ms).toBe(2000);
  });

  it("is asked without a change to anything", async () => {
    const world = makeWorld();
    await makeReady(world, await sourceOf());
    await want(await sourceOf(undefined, "movie"), world);
    const all = () => {
      const { index, ledger, store, gate, queue } = world;
      return structuredClone([index.entries, ledger.rows, store.objects, gate.rows, queue.messages]);
    };
    const before = all();
    await health(world);
    expect(all()).toEqual(before);
  });
});
