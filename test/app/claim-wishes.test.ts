import { beforeEach, describe, expect, it, vi } from "vitest";
import { claimWishes, GATE_BUDGET_MS, GATHER_ANSWERS_MS } from "../../src/app/claim-wishes.ts";
import { byGateShard, gateShardOf } from "../../src/core/fills/gate-shards.ts";
import type { FillGate } from "../../src/ports/fill-gate.ts";
import type { FillQueue } from "../../src/ports/fill-queue.ts";
import { NotSent } from "../../src/ports/not-sent.ts";
import { keyOf, names, queued, wish } from "./wishing.ts";
import { failing, isClaimed, makeWorld, passingTime, traced, useFakeTimers, type World } from "./world.ts";

const WISHES = names(50).map((name) => wish(name));
/** Those of the shard that something happens to, and all others. */
const SLOW = gateShardOf(keyOf("file-0"));
const [THEIRS, OTHERS] = [true, false].map((isSlow) => {
  return names(50).filter((name) => (gateShardOf(keyOf(name)) === SLOW) === isSlow);
}) as [string[], string[]];

/** The gate, one shard of which waits for this before it rules. */
function slowed(gate: FillGate, first: () => Promise<unknown>): FillGate {
  return {
    ...gate,
    async claimMany(wishes) {
      if (wishes.some(({ key }) => gateShardOf(key) === SLOW)) await first();
      return await gate.claimMany(wishes);
    },
  };
}

/** A queue that takes so many messages of each call. */
function taking(queue: FillQueue, count: number): FillQueue {
  return {
    ...queue,
    async send(messages) {
      await queue.send(messages.slice(0, count));
      throw new NotSent(messages.slice(count), new Error("too many"));
    },
  };
}

const claimedNames = (world: World) => names(50).filter((name) => isClaimed(world, keyOf(name)));
/** Of what was asked for, what the gate must hear of when it is wanted once more. */
const askedAgain = (world: World) => {
  const isAsked = (name: string) =>
    !world.wishes.recent.covers(`acme/${keyOf(name).id}`, wish(name), world.clock.now());
  return names(50).filter(isAsked);
};
const asking = (world: World) => {
  for (const each of WISHES) world.wishes.recent.asking(`acme/${each.key.id}`, each, world.clock.now());
};

beforeEach(() => {
  useFakeTimers();
  return () => void vi.useRealTimers();
});

describe("a shard of the gate", () => {
  it.each([
    ["hangs", () => new Promise<never>(() => {}), GATHER_ANSWERS_MS, "did not answer within 15000 ms"],
    ["is away", () => Promise.reject(new Error("overloaded")), 0, "overloaded"],
  ])("that %s does not keep the messages of other shards' fills, and is told of", async (_, first, ms, text) => {
    const world = makeWorld();
    const sentAt: number[] = [];
    const { send } = world.queue;
    const begin = Date.now();
    world.queue.send = async (messages) => {
      sentAt.push(Date.now() - begin);
      await send(messages);
    };
    const asked = claimWishes(WISHES, { ...world, gate: slowed(world.gate, first) });
    await expect(passingTime(asked)).rejects.toThrow(text);
    expect(sentAt).toEqual([ms]);
    expect(queued(world).toSorted()).toEqual(OTHERS.toSorted());
    expect(claimedNames(world)).toEqual(OTHERS);
  });

  it("that is away is asked for its fills again by the next who wants them", async () => {
    const world = makeWorld();
    asking(world);
    const gate = slowed(world.gate, () => Promise.reject(new Error("overloaded")));
    await expect(claimWishes(WISHES, { ...world, gate })).rejects.toThrow("overloaded");
    expect(askedAgain(world)).toEqual(THEIRS);
  });

  it("that is slow has its fills queued when it answers", async () => {
    const world = makeWorld();
    const slow = () => new Promise((resolve) => setTimeout(resolve, GATE_BUDGET_MS - 1));
    const { ms } = await passingTime(claimWishes(WISHES, { ...world, gate: slowed(world.gate, slow) }));
    expect(ms).toBe(GATE_BUDGET_MS - 1);
    expect(queued(world).slice(0, OTHERS.length).toSorted()).toEqual(OTHERS.toSorted());
    expect(queued(world).slice(OTHERS.length)).toEqual(THEIRS);
  });
});

describe("shards of the gate", () => {
  it("that are all slow have their fills queued in one batch for each second, not in one for each shard", async () => {
    const world = makeWorld();
    const log: string[] = [];
    let calls = 0;
    const claimMany: FillGate["claimMany"] = async (asked) => {
      calls += 1;
      await new Promise((resolve) => setTimeout(resolve, 1_500 + 10 * calls));
      return await world.gate.claimMany(asked);
    };
    const parts = { ...world, gate: { ...world.gate, claimMany }, queue: traced("queue", world.queue, log) };
    await passingTime(claimWishes(WISHES, parts));
    expect(queued(world).toSorted()).toEqual(names(50).toSorted());
    expect(calls).toBeGreaterThan(20);
    expect(log.length).toBeLessThanOrEqual(2);
  });
});

describe("a queue", () => {
  it("that takes some of the messages leaves their fills claimed, and the others are given back", async () => {
    const world = makeWorld();
    asking(world);
    const refused = claimWishes(WISHES, { ...world, queue: taking(world.queue, 20) });
    await expect(refused).rejects.toThrow("the queue did not take 30 messages: too many");
    expect(queued(world)).toHaveLength(20);
    expect(claimedNames(world).toSorted()).toEqual(queued(world).toSorted());
  });

  it("that refuses all costs one more call for each shard", async () => {
    const world = makeWorld();
    const log: string[] = [];
    const down = { ...world, gate: traced("gate", world.gate, log), queue: failing(world.queue) };
    asking(world);
    await expect(claimWishes(WISHES, down)).rejects.toThrow("down");
    const shards = byGateShard(WISHES);
    expect(log.filter((call) => call === "gate.giveBack")).toHaveLength(shards.length);
    expect(claimedNames(world)).toEqual([]);
    expect(askedAgain(world)).toEqual(names(50));
  });

  it("that refuses what a shard has granted leaves it to the shards that can be reached to be told", async () => {
    const world = makeWorld();
    const giveBack: FillGate["giveBack"] = async (claims) => {
      if (claims.some(({ key }) => gateShardOf(key) === SLOW)) throw new Error("overloaded");
      await world.gate.giveBack(claims);
    };
    const parts = { ...world, gate: { ...world.gate, giveBack }, queue: failing(world.queue) };
    await expect(claimWishes(WISHES, parts)).rejects.toThrow("overloaded");
    expect(claimedNames(world)).toEqual(THEIRS);
  });
});
