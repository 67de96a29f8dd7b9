import { describe, expect, it } from "vitest";
import { CROWD, fillWishes, GATHER_CROWD_MS, GATHER_MS } from "../../src/app/fill-wishes.ts";
import { type FillParts, requestFill } from "../../src/app/request-fill.ts";
import { byGateShard } from "../../src/core/fills/gate-shards.ts";
import { WORD_COUNTS_MS } from "../../src/core/fills/recent-wishes.ts";
import { HOUR, NOON } from "../core/samples.ts";
import { keyOf, names, queued, wish } from "./wishing.ts";
import { makeWorld, traced } from "./world.ts";

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
  it("are claimed by one call for each shard and queued by another, which the first of them carries", async () => {
    const { world, parts, log, pauses, go } = held();
    const [first, ...others] = names(50).map((name) => requestFill(wish(name), parts));
    await Promise.all(others);
    expect([log, pauses]).toEqual([[], [GATHER_MS]]);
    go();
    await first;
    const shards = byGateShard(names(50).map((name) => wish(name)));
    expect(log).toEqual([...shards.map(() => "gate.claimMany"), "queue.send"]);
    expect(queued(world).toSorted()).toEqual(names(50).toSorted());
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
    expect(queued(world).toSorted()).toEqual(["one", "two"]);
    const fence = world.queue.messages.find(({ publicKey }) => publicKey === "two")?.fence ?? 0;
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
