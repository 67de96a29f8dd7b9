import fc, { type Scheduler } from "fast-check";
import { describe, expect, it } from "vitest";
import { CARRIER_PATIENCE_MS } from "../../src/app/fill-wishes.ts";
import { type FillParts, requestFill } from "../../src/app/request-fill.ts";
import { ASKING_COUNTS_MS, WORD_COUNTS_MS } from "../../src/core/fills/recent-wishes.ts";
import { keyOf, names, queued, wish } from "./wishing.ts";
import { failing, hanging, isClaimed, makeWorld, type World, wrapped } from "./world.ts";

describe("a batch that failed", () => {
  it("gives every claim back, is told of once, and all of it is asked for by the next", async () => {
    const world = makeWorld();
    const parts = { ...world, queue: failing(world.queue) };
    const outcomes = await Promise.allSettled(names(10).map((name) => requestFill(wish(name), parts)));
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect(names(10).filter((name) => isClaimed(world, keyOf(name)))).toEqual([]);
    await Promise.all(names(10).map((name) => requestFill(wish(name), world)));
    expect(queued(world).toSorted()).toEqual(names(10));
  });

  it("for lack of a gate leaves nothing behind that would keep the next from asking", async () => {
    const world = makeWorld();
    await expect(requestFill(wish("one"), { ...world, gate: failing(world.gate) })).rejects.toThrow("down");
    await requestFill(wish("one"), world);
    expect(queued(world)).toEqual(["one"]);
  });
});

describe("a batch whose request the runtime dropped", () => {
  it("before it left is carried by the next, a second later", async () => {
    const world = makeWorld();
    const dropped = { ...world, pause: () => new Promise<never>(() => {}) };
    void requestFill(wish("one"), dropped);
    await requestFill(wish("two"), world);
    expect(queued(world)).toEqual([]);
    world.clock.advance(CARRIER_PATIENCE_MS);
    await requestFill(wish("three"), world);
    expect(queued(world).toSorted()).toEqual(["one", "three", "two"]);
  });

  it("on its way to the gate is asked for again by the next miss of its key, a second later", async () => {
    const world = makeWorld();
    requestFill(wish("one"), { ...world, gate: hanging(world.gate) }).catch(() => {});
    for (let turns = 0; turns < 5; turns += 1) await new Promise(setImmediate);
    await requestFill(wish("one"), world);
    expect(queued(world)).toEqual([]);
    world.clock.advance(ASKING_COUNTS_MS);
    await requestFill(wish("one"), world);
    expect(queued(world)).toEqual(["one"]);
  });
});

/** What happens to a request: it goes its way, or the runtime drops it at the gate or before. */
const FATES = ["lives", "lives", "dropped before", "dropped at the gate", "queue fails"] as const;
type Fate = (typeof FATES)[number];

it("whatever is dropped, fails, or comes between, nothing is queued twice, and all is queued in the end", async () => {
  const asked = fc.array(fc.record({ name: fc.constantFrom("a", "b", "c"), fate: fc.constantFrom(...FATES) }), {
    minLength: 1,
    maxLength: 12,
  });
  const property = fc.asyncProperty(asked, fc.scheduler(), async (steps, scheduler) => {
    const world = makeWorld();
    const wanted = steps.map(async ({ name, fate }) => {
      await scheduler.schedule(Promise.resolve(), "asks");
      world.clock.advance(100);
      await requestFill(wish(name), withFate(world, fate, scheduler));
    });
    for (const request of wanted) request.catch(() => {});
    await scheduler.waitAll();
    for (const name of new Set(steps.map((step) => step.name))) {
      world.clock.advance(WORD_COUNTS_MS + CARRIER_PATIENCE_MS);
      await requestFill(wish(name), world);
      expect(queued(world).filter((each) => each === name)).toHaveLength(1);
    }
  });
  await fc.assert(property, { numRuns: 300, seed: 20_261_121 });
});

function withFate(world: World, fate: Fate, scheduler: Scheduler): FillParts {
  const never = () => new Promise<never>(() => {});
  const turn = <Port extends object>(port: Port, name: string) =>
    wrapped(port, async (method, call) => {
      await scheduler.schedule(Promise.resolve(), `${name}.${method}`);
      return await call();
    });
  return {
    ...world,
    pause: fate === "dropped before" ? never : async () => void (await scheduler.schedule(Promise.resolve(), "pause")),
    gate: fate === "dropped at the gate" ? hanging(world.gate) : turn(world.gate, "gate"),
    queue: fate === "queue fails" ? failing(world.queue) : turn(world.queue, "queue"),
  };
}
