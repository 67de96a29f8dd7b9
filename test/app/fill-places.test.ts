import { describe, expect, it } from "vitest";
import { fill } from "../../src/app/fill.ts";
import { originPlace } from "../../src/app/take-places.ts";
import { MINUTE, NOON, SECOND } from "../core/samples.ts";
import { OPEN } from "./asking.ts";
import { consume } from "./consuming.ts";
import { DONE, opens, wantedWorld } from "./wanted.ts";
import { failing, HELLO, isClaimed, onlyMessage, reported, sourceOf, URL_A, URL_B, type World, want } from "./world.ts";

const ORIGIN = "origin:https://bucket.s3.amazonaws.com:443";
const TENANT = "tenant:acme";

/** Takes the only place of this name, as another fill would. */
async function occupy({ slots }: World, name: string): Promise<void> {
  expect(await slots.take({ name, holder: "another fill", limit: 1, deadline: null })).toBeNull();
}

const ONE_FILL = { tenantFills: 1, originConnections: 8 };
const ONE_CONNECTION = { tenantFills: 8, originConnections: 1 };

describe("a fill that finds no place", () => {
  it.each([
    ["among its tenant's fills", TENANT, ONE_FILL],
    ["among its origin's connections", ORIGIN, ONE_CONNECTION],
  ])("%s waits as a new message, and keeps what it has tried", async (_, name, limits) => {
    const { world, key, message } = await wantedWorld();
    await occupy(world, name);
    expect(await fill(message, 3, { ...world, limits })).toEqual(DONE);
    const [waiting] = world.queue.messages;
    expect(waiting).toEqual({ ...message, spent: 2 });
    expect(world.queue.delays.at(-1)).toBeGreaterThan(0);
    expect(world.origin.calls).toEqual([]);
    expect(isClaimed(world, key)).toBe(true);
    expect(world.reports).toEqual([]);
  });

  it("at its origin leaves its tenant's place to others", async () => {
    const { world, message } = await wantedWorld();
    await occupy(world, ORIGIN);
    await fill(message, 1, { ...world, limits: ONE_CONNECTION });
    expect(world.slots.names.get(TENANT)?.holders ?? []).toEqual([]);
  });

  it("is worked on when there is one, whatever came in between", async () => {
    const { world, key, message } = await wantedWorld();
    const parts = { ...world, limits: ONE_FILL };
    await occupy(world, TENANT);
    await fill(message, 1, parts);
    const waiting = onlyMessage(world);
    await world.slots.giveBack(TENANT, "another fill");
    world.clock.advance((world.queue.delays.at(-1) ?? 0) * SECOND);
    expect(await fill(waiting, 1, parts)).toEqual(DONE);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready" });
  });

  it("has its claim kept while it waits: nobody queues it twice", async () => {
    const { world, source, message } = await wantedWorld();
    await occupy(world, TENANT);
    await fill(message, 1, { ...world, limits: ONE_FILL });
    onlyMessage(world);
    await want(source, world);
    expect(world.queue.messages).toEqual([]);
  });

  it("is tried no more often for having waited", async () => {
    const { world, key, message } = await wantedWorld({ status: 500 });
    const outcomes = await consume([{ ...message, spent: 3 }], world);
    expect(outcomes.filter((outcome) => "retryInSeconds" in outcome)).toHaveLength(world.maxAttempts - 3 - 1);
    expect(outcomes.at(-1)).toEqual(DONE);
    expect(opens(world)).toBe(world.maxAttempts - 3);
    expect(await world.ledger.find(key)).toMatchObject({ state: "failed", failure: { code: "ORIGIN_ERROR" } });
  });

  it("of another tenant, and another origin, finds theirs", async () => {
    const { world, message } = await wantedWorld();
    await occupy(world, "tenant:globex");
    await occupy(world, "origin:https://other.s3.amazonaws.com:443");
    expect(await fill(message, 1, { ...world, limits: { tenantFills: 1, originConnections: 1 } })).toEqual(DONE);
    expect(opens(world)).toBe(1);
  });
});

describe("the places of a fill", () => {
  it("are one of its tenant's and one of its origin's while it is under way", async () => {
    const { world, message } = await wantedWorld();
    world.origin.answers.set(URL_A, () => {
      expect([...world.slots.names.keys()].toSorted()).toEqual([ORIGIN, TENANT]);
      return HELLO;
    });
    expect(await fill(message, 1, world)).toEqual(DONE);
    expect(opens(world)).toBe(1);
  });

  it.each([
    ["well", HELLO],
    ["for good", { status: 404 }],
    ["for now", { status: 500 }],
  ])("are given back when it ended %s", async (_, script) => {
    const { world, message } = await wantedWorld(script);
    await fill(message, 1, world);
    expect([...world.slots.names.keys()]).toEqual([]);
  });

  it("are not needed where nobody can count them: the fill goes on, and it is reported", async () => {
    const { world, key, message } = await wantedWorld();
    expect(await fill(message, 1, { ...world, slots: failing(world.slots) })).toEqual(DONE);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready" });
    expect(new Set(reported(world))).toEqual(new Set(["slots"]));
  });
});

describe("an origin that is busy", () => {
  it.each([429, 503])("and says %i is left alone by all fills for a while", async (status) => {
    const { world, message } = await wantedWorld({ status });
    expect(await fill(message, 1, world)).toEqual({ retryInSeconds: 1 });
    expect(world.slots.names.get(ORIGIN)?.backOffUntil).toBe(NOON + 5 * SECOND);
    await want(await sourceOf(URL_B), world);
    expect(await fill(onlyMessage(world), 1, world)).toEqual(DONE);
    expect(opens(world)).toBe(1);
    expect(world.queue.delays.at(-1)).toBeGreaterThanOrEqual(5);
  });

  it("for as long as it asks", async () => {
    const { world, message } = await wantedWorld({ status: 429, headers: { "retry-after": "120" } });
    expect(await fill(message, 1, world)).toEqual({ retryInSeconds: 120 });
    expect(world.slots.names.get(ORIGIN)?.backOffUntil).toBe(NOON + 2 * MINUTE);
  });

  it("keeps no other origin from being asked", async () => {
    const { world, message } = await wantedWorld({ status: 503 });
    await fill(message, 1, world);
    world.origin.answers.set(OPEN, HELLO);
    const source = await sourceOf(OPEN);
    expect(originPlace(source.url)).not.toBe(ORIGIN);
    await want(source, world);
    await fill(onlyMessage(world), 1, world);
    expect(await world.ledger.find(source.key)).toMatchObject({ state: "ready" });
  });

  it("and has an error of another kind is not spared: that is this object's alone", async () => {
    const { world, message } = await wantedWorld({ status: 500 });
    await fill(message, 1, world);
    expect(world.slots.names.has(ORIGIN)).toBe(false);
  });

  it("and stays so ends the fill after as many attempts as there are", async () => {
    const { world, key, message } = await wantedWorld({ status: 503 });
    await consume([message], world);
    expect(opens(world)).toBeLessThanOrEqual(world.maxAttempts);
    expect(await world.ledger.find(key)).toMatchObject({ state: "failed", failure: { code: "ORIGIN_BUSY" } });
    expect(isClaimed(world, key)).toBe(false);
  });
});
