import fc, { type Scheduler } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CARRIER_PATIENCE_MS,
  CROWD,
  fillWishes,
  GATHER_CROWD_MS,
  GATHER_MS,
  MOST_WAITING,
} from "../../src/app/fill-wishes.ts";
import { type FillParts, type FillRequest, requestFill } from "../../src/app/request-fill.ts";
import { type EntryKey, entryKeyOf } from "../../src/core/entry-key.ts";
import { ASKING_COUNTS_MS, WORD_COUNTS_MS } from "../../src/core/fills/recent-wishes.ts";
import type { FillGate } from "../../src/ports/fill-gate.ts";
import { HOUR, NOON } from "../core/samples.ts";
import { ACME, failing, hanging, isClaimed, makeWorld, traced, type World, wrapped } from "./world.ts";

const keyOf = (name: string): EntryKey => entryKeyOf(ACME.id, name.padEnd(43, "-"));

function wish(name: string, changes: Partial<FillRequest> = {}): FillRequest {
  const about = { publicKey: name, boundTo: name.padEnd(43, "-"), url: `https://files.example.com/${name}` };
  const plain = { urlEndsAt: NOON + HOUR, trusted: false, expiresAt: null, seen: "", tags: [], requestId: name };
  return { key: keyOf(name), ...about, ...plain, ...changes };
}

const names = (count: number) => Array.from({ length: count }, (_, at) => `file-${at}`);
const queued = ({ queue }: World) => queue.messages.map(({ publicKey }) => publicKey);

/** The world, with all calls written down, and every batch waiting until `go` is called. */
function held() {
  const world = makeWorld();
  const log: string[] = [];
  const gone = Promise.withResolvers<void>();
  const pauses: number[] = [];
  const pause = async (ms: number) => {
    pauses.push(ms);
    await gone.promise;
  };
  const parts: FillParts = {
    ...world,
    pause,
    gate: traced("gate", world.gate, log),
    queue: traced("queue", world.queue, log),
  };
  return { world, parts, log, pauses, go: gone.resolve };
}

describe("fills that are wanted at about the same time", () => {
  it("are claimed by one call and queued by another, which the first of them carries", async () => {
    const { world, parts, log, pauses, go } = held();
    const [first, ...others] = names(50).map((name) => requestFill(wish(name), parts));
    await Promise.all(others);
    expect([log, pauses]).toEqual([[], [GATHER_MS]]);
    go();
    await first;
    expect(log).toEqual(["gate.claimMany", "queue.send"]);
    expect(queued(world)).toEqual(names(50));
  });

  it("are waited for longer after a crowd, and shortly again after a few", async () => {
    const { parts, pauses, go } = held();
    go();
    const batch = async (name: string, count: number) => {
      await Promise.all(names(count).map((each) => requestFill(wish(`${name}-${each}`), parts)));
    };
    for (const [name, count] of Object.entries({ few: CROWD - 1, crowd: CROWD, one: 1, last: 1 }))
      await batch(name, count);
    expect(pauses).toEqual([GATHER_MS, GATHER_MS, GATHER_CROWD_MS, GATHER_MS]);
  });

  it("are one where a thousand want the same", async () => {
    const { world, parts, log, go } = held();
    const asked = names(1_000).map((requestId) => requestFill(wish("one", { requestId }), parts));
    go();
    await Promise.all(asked);
    expect(queued(world)).toEqual(["one"]);
    expect(log).toEqual(["gate.claimMany", "queue.send"]);
  });

  it("of one object under two URLs leave the better one with the fill", async () => {
    const { world, parts, go } = held();
    const better = requestFill(wish("one", { urlEndsAt: NOON + 3 * HOUR }), parts);
    const asked = [requestFill(wish("two"), parts), requestFill(wish("two", { urlEndsAt: null }), parts)];
    go();
    await Promise.all([better, ...asked]);
    expect(queued(world)).toEqual(["one", "two"]);
    const fence = world.queue.messages[1]?.fence ?? 0;
    expect(await world.gate.begin(keyOf("two"), { fence, lane: 0, holder: "a" })).toMatchObject({
      url: { endsAt: null },
    });
  });

  it("that somebody else has cost no message, and not the others theirs", async () => {
    const world = makeWorld();
    await requestFill(wish("theirs"), { ...world, wishes: fillWishes() });
    world.queue.take();
    await Promise.all(["theirs", "ours"].map((name) => requestFill(wish(name), world)));
    expect(queued(world)).toEqual(["ours"]);
  });
});

describe("what was asked for a moment ago", () => {
  it("costs neither a call of the gate nor a message for five seconds", async () => {
    const { world, parts, log, go } = held();
    go();
    await requestFill(wish("one"), parts);
    for (const ms of [0, 1_000, WORD_COUNTS_MS - 1_001]) {
      world.clock.advance(ms);
      await requestFill(wish("one"), parts);
    }
    expect(log).toEqual(["gate.claimMany", "queue.send"]);
    world.clock.advance(1);
    await requestFill(wish("one"), parts);
    expect(log).toEqual(["gate.claimMany", "queue.send", "gate.claimMany"]);
  });

  it("hides a purge, or the end of a fill, for no longer", async () => {
    const world = makeWorld();
    await requestFill(wish("one"), world);
    await world.gate.revoke(keyOf("one"));
    world.clock.advance(WORD_COUNTS_MS);
    await requestFill(wish("one"), world);
    expect(queued(world)).toEqual(["one", "one"]);
  });

  it("is asked for again at once with a URL that lives clearly longer", async () => {
    const world = makeWorld();
    await requestFill(wish("one"), world);
    await requestFill(wish("one", { urlEndsAt: NOON + 2 * HOUR }), world);
    const fence = world.queue.messages[0]?.fence ?? 0;
    const begun = await world.gate.begin(keyOf("one"), { fence, lane: 0, holder: "a" });
    expect(begun).toMatchObject({ url: { endsAt: NOON + 2 * HOUR } });
  });
});

describe("a batch that failed", () => {
  it("gives every claim back, is told of once, and all of it is asked for by the next", async () => {
    const world = makeWorld();
    const parts = { ...world, queue: failing(world.queue) };
    const outcomes = await Promise.allSettled(names(10).map((name) => requestFill(wish(name), parts)));
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect(names(10).filter((name) => isClaimed(world, keyOf(name)))).toEqual([]);
    await Promise.all(names(10).map((name) => requestFill(wish(name), world)));
    expect(queued(world)).toEqual(names(10));
  });

  it("for lack of a gate leaves nothing behind that would keep the next from asking", async () => {
    const world = makeWorld();
    await expect(requestFill(wish("one"), { ...world, gate: failing(world.gate) })).rejects.toThrow("down");
    await requestFill(wish("one"), world);
    expect(queued(world)).toEqual(["one"]);
  });

  it("in one part of the gate is told of, and the other parts' fills are queued", async () => {
    const world = makeWorld();
    const claimMany: FillGate["claimMany"] = async (wishes) => {
      const answers = await world.gate.claimMany(wishes.slice(1));
      return [new Error("overloaded"), ...answers];
    };
    const parts = { ...world, gate: { ...world.gate, claimMany } };
    const outcomes = await Promise.allSettled(names(3).map((name) => requestFill(wish(name), parts)));
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
    expect(queued(world)).toEqual(["file-1", "file-2"]);
    await requestFill(wish("file-0"), world);
    expect(queued(world)).toEqual(["file-1", "file-2", "file-0"]);
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
    expect(queued(world)).toEqual(["one", "two", "three"]);
  });

  it("on its way to the gate is asked for again by the next miss of its key, a second later", async () => {
    const world = makeWorld();
    void requestFill(wish("one"), { ...world, gate: hanging(world.gate) });
    for (let turns = 0; turns < 5; turns += 1) await new Promise(setImmediate);
    await requestFill(wish("one"), world);
    expect(queued(world)).toEqual([]);
    world.clock.advance(ASKING_COUNTS_MS);
    await requestFill(wish("one"), world);
    expect(queued(world)).toEqual(["one"]);
  });

  it("does not let wishes pile up without end", () => {
    const wishes = fillWishes();
    for (const name of names(MOST_WAITING + 10)) wishes.add(wish(name), NOON);
    expect(wishes.take()).toHaveLength(MOST_WAITING);
    expect(wishes.add(wish("next"), NOON)).toBe(true);
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
