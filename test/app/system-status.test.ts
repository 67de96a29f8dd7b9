import { describe, expect, it, vi } from "vitest";
import { fill } from "../../src/app/fill.ts";
import { systemStatus } from "../../src/app/system-status.ts";
import { batchOf, cellOf } from "../contracts/usage-batches.ts";
import { HOUR, MINUTE, NOON, SECOND } from "../core/samples.ts";
import { fakeUsageLedger } from "../fakes/usage-ledger.ts";
import { givenUp } from "./dead-letters/given-up.ts";
import { failing, hanging, makeWorld, passingTime, reported, sourceOf, useFakeTimers, want } from "./world.ts";

function statusWorld(world = makeWorld()) {
  return { ...world, usageLedger: fakeUsageLedger({ entries: world.ledger }) };
}

const NOTHING = {
  ...{ filling: 0, failed: 0, queued: 0, deadLetters: 0, lostBatches: 0, stuck: [], unsummedSince: null },
};

describe("how the deployment stands", () => {
  it("is nothing where nothing has happened", async () => {
    expect(await systemStatus(statusWorld())).toEqual(NOTHING);
  });

  it("counts what waits in the queue", async () => {
    const world = statusWorld();
    await want(await sourceOf(), world);
    expect(await systemStatus(world)).toEqual({ ...NOTHING, queued: 1 });
  });

  it("tells of a letter until it is replayed, and of its entry for an hour", async () => {
    const world = statusWorld((await givenUp()).world);
    expect(await systemStatus(world)).toEqual({ ...NOTHING, failed: 1, deadLetters: 1 });
    await world.deadLetters.replayed("letter-1", world.clock.now());
    world.clock.advance(HOUR + SECOND);
    expect(await systemStatus(world)).toEqual(NOTHING);
  });

  it("tells of usage that waits for its sum, and of batches that did not come", async () => {
    const world = statusWorld();
    const { key } = await sourceOf();
    const batch = batchOf([cellOf(key, NOON, { hits: 1 })], NOON);
    await world.usageLedger.add([{ ...batch, sequence: 3 }]);
    expect(await systemStatus(world)).toMatchObject({ lostBatches: 0, unsummedSince: NOON });
    world.clock.advance(11 * MINUTE);
    await world.usageLedger.rollUp();
    expect(await systemStatus(world)).toMatchObject({ lostBatches: 2, unsummedSince: null });
  });

  it("tells of no fill that somebody has, however long it is silent", async () => {
    const world = statusWorld();
    const source = await sourceOf();
    await want(source, world);
    const [message] = world.queue.take();
    if (!message) throw new Error("nothing was sent");
    world.origin.answers.set(source.url.fetchText, { status: 500 });
    await fill(message, 1, world);
    world.clock.advance(31 * MINUTE);
    expect(await systemStatus(world)).toMatchObject({
      ...{ filling: 1, stuck: [{ key: source.key, publicKey: source.publicKey, since: NOON }] },
    });
    const holder = { fence: message.fence, lane: 0, holder: "back again" };
    await world.gate.begin(source.key, holder);
    expect(await systemStatus(world)).toMatchObject({ filling: 1, stuck: [] });
  });

  it.each(["queue", "gate"] as const)("is told without what only the %s knows while that is down", async (what) => {
    const world = statusWorld();
    const source = await sourceOf();
    await world.ledger.noteFills([{ ...source, fence: 1, boundTo: "b", ...NOTE }], NOON - HOUR);
    const told = await systemStatus({ ...world, [what]: failing(world[what]) });
    expect(told).toMatchObject({ filling: 1, [what === "queue" ? "queued" : "stuck"]: null });
    expect(reported(world)).toEqual([what]);
  });

  it("waits for a queue that is silent for two seconds", async () => {
    useFakeTimers();
    const world = statusWorld();
    const { value, ms } = await passingTime(systemStatus({ ...world, queue: hanging(world.queue) }));
    expect([value.queued, ms]).toEqual([null, 2000]);
    vi.useRealTimers();
  });

  it.each(["census", "deadLetters", "usageLedger"] as const)("is 503 without the %s", async (what) => {
    const world = statusWorld();
    const down = { ...world, [what]: failing<object>(world[what]) };
    await expect(systemStatus(down as typeof world)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});

const NOTE = { trusted: false, expiresAt: null, tags: [], sourceUrl: "https://bucket.s3.amazonaws.com/a.mp4" };
