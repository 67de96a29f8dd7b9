import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inPlace, type Place } from "../../../src/app/uploads/tus/place.ts";
import { LEASE_MS } from "../../../src/app/uploads/tus/tus-parts.ts";
import { append, create, left, offsetOf, status, tusWorld } from "./tus-world.ts";

/** A world whose time goes on together with the beats of those who write. */
async function placeWorld() {
  const world = tusWorld();
  const plan = await create(world);
  const { tus } = world.parts;
  const other = () => ({ id: "other", until: world.time.now + LEASE_MS });
  return {
    ...world,
    plan,
    work: <Value>(work: (place: Place) => Promise<Value>) => inPlace(plan, world.parts, work),
    claims: async () => await tus.claim(plan, other(), world.time.now),
    async pass(ms: number, meanwhile = () => {}) {
      for (let passed = 0; passed < ms; passed += 500) {
        world.time.now += 500;
        meanwhile();
        await vi.advanceTimersByTimeAsync(500);
      }
    },
  };
}

describe("the place of who writes to an upload by tus", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
  afterEach(() => void vi.useRealTimers());

  it("is theirs for as long as bytes come", async () => {
    const world = await placeWorld();
    await world.work(async (place) => {
      await world.pass(4 * LEASE_MS, place.heard);
      expect(await world.claims()).toBe(false);
    });
    expect(await world.claims()).toBe(true);
  });

  it("is free when none have come for as long as clients go on trying", async () => {
    const world = await placeWorld();
    const writing = world.work(async (place) => {
      await world.pass(LEASE_MS - 500);
      expect(await world.claims()).toBe(false);
      await world.pass(500);
      expect(await world.claims()).toBe(true);
      return await place.during(async () => "written");
    });
    expect(await status(writing)).toBe(423);
  });

  it("is theirs still when they come back and nobody else has come", async () => {
    const world = await placeWorld();
    const writing = world.work(async (place) => {
      await world.pass(2 * LEASE_MS);
      return await place.during(async () => await world.claims());
    });
    expect(await writing).toBe(false);
  });

  it("is theirs while the store works for them", async () => {
    const world = await placeWorld();
    await world.work(async (place) => {
      await place.during(async () => await world.pass(4 * LEASE_MS));
      expect(await world.claims()).toBe(false);
    });
  });

  it("is another's whose tail nobody touches who has lost it", async () => {
    const world = tusWorld();
    const plan = await create(world);
    await append(world, plan, 0, 3);
    const { get } = world.store;
    world.store.get = async () => {
      world.store.get = get;
      // Nothing is heard of the first one from here on, and another one comes.
      world.time.now += LEASE_MS;
      expect(await append(world, plan, 3, 5)).toBe(5);
      return { size: 3, headers: {} as never, body: new Blob([new Uint8Array(3)]).stream() };
    };
    expect(await status(append(world, plan, 3, 9))).toBe(423);
    expect([await offsetOf(world, plan), left(world).length]).toEqual([5, 1]);
    expect(await append(world, plan, 5, 9)).toBe(9);
  });
});
