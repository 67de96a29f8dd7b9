import { describe, expect, it } from "vitest";
import { openLetter } from "../../src/app/dead-letters/note-letter.ts";
import { fill } from "../../src/app/fill.ts";
import { giveUp } from "../../src/app/give-up.ts";
import { purge } from "../../src/app/purge.ts";
import { HOUR, MINUTE, NOON, presigned, SECOND } from "../core/samples.ts";
import {
  beforehand,
  failing,
  HELLO,
  isClaimed,
  LEASE_MS,
  makeReady,
  makeWorld,
  onlyMessage,
  sourceOf,
  URL_A,
  want,
} from "./world.ts";

/** A fill whose only attempt found the origin overloaded. */
async function triedWorld() {
  const world = makeWorld();
  const source = await sourceOf();
  world.origin.answers.set(URL_A, { status: 503 });
  await want(source, world);
  const message = onlyMessage(world);
  await fill(message, 1, world);
  world.clock.advance(MINUTE);
  return { world, source, key: source.key, message };
}

const LETTER = "letter-1";
const GAVE_UP = { code: "GAVE_UP", message: "The fill was tried too often without an end." };

describe("a fill that is given up", () => {
  it("has failed for the reason of its last attempt, and its claim is free", async () => {
    const { world, key, message } = await triedWorld();
    expect(await world.ledger.find(key)).toMatchObject({ state: "filling" });
    await giveUp(message, LETTER, world);
    const failure = { code: "ORIGIN_BUSY", message: "The origin is busy and answered 503." };
    expect(await world.ledger.find(key)).toMatchObject({ state: "failed", failure });
    expect(isClaimed(world, key)).toBe(false);
  });

  it("has failed for want of an end when no attempt left a reason", async () => {
    const world = makeWorld();
    const source = await sourceOf();
    await want(source, world);
    const message = onlyMessage(world);
    // The attempt died before it could say anything but that the fill is wanted.
    const dead = beforehand(world.origin, "open", () => new Promise(() => {}));
    void fill(message, 1, { ...world, origin: dead });
    await expect.poll(() => world.ledger.rows.size).toBe(1);
    world.clock.advance(LEASE_MS);
    await giveUp(message, LETTER, world);
    expect(await world.ledger.find(source.key)).toMatchObject({ state: "failed", failure: GAVE_UP });
  });

  it("is written down with why, once, however often its message comes", async () => {
    const { world, message } = await triedWorld();
    await expect(giveUp(message, LETTER, { ...world, gate: failing(world.gate, "finish") })).rejects.toThrow();
    await giveUp(message, LETTER, world);
    expect(world.deadLetters.rows).toEqual([
      {
        ...{ id: LETTER, kind: "fill", tenant: "acme", key: message.publicKey, batch: null, attempts: 6 },
        failure: { code: "ORIGIN_BUSY", message: "The origin is busy and answered 503." },
        ...{ urlEndsAt: NOON + HOUR, at: world.clock.now(), replayedAt: null },
        sealed: expect.any(String),
      },
    ]);
  });

  it("is written down with nothing of its URL in clear", async () => {
    const { world, message } = await triedWorld();
    await giveUp(message, LETTER, world);
    const text = JSON.stringify(world.deadLetters.rows);
    for (const secret of ["X-Amz", "amazonaws", message.sealedUrl]) expect(text).not.toContain(secret);
    const [letter] = world.deadLetters.rows;
    expect(letter && (await openLetter(letter, world.ring))).toEqual(message);
  });

  it("is written down with the URL that lives longest of those that were brought", async () => {
    const { world, source, message } = await triedWorld();
    const longer = await sourceOf(presigned("https://bucket.s3.amazonaws.com/a.mp4", { expires: "86400" }));
    expect(longer.identity).toBe(source.identity);
    await want(longer, world);
    await giveUp(message, LETTER, world);
    expect(world.deadLetters.rows).toMatchObject([{ urlEndsAt: longer.url.expiresAt }]);
    expect(longer.url.expiresAt).toBeGreaterThan(source.url.expiresAt ?? 0);
  });

  it("is not done with while it cannot be written down", async () => {
    const { world, key, message } = await triedWorld();
    const down = { ...world, deadLetters: failing(world.deadLetters) };
    await expect(giveUp(message, LETTER, down)).rejects.toThrow("this part is down");
    expect(isClaimed(world, key)).toBe(true);
    await giveUp(message, LETTER, world);
    expect([world.deadLetters.rows.length, isClaimed(world, key)]).toEqual([1, false]);
  });

  it("in one of several lanes leaves its share to the first, which has one attempt more", async () => {
    const { world, key, message } = await triedWorld();
    await giveUp({ ...message, lane: 2 }, LETTER, world);
    expect(world.queue.messages).toEqual([{ ...message, lane: 0, spent: world.maxAttempts - 1 }]);
    expect(world.deadLetters.rows).toEqual([]);
    expect(await world.ledger.find(key)).toMatchObject({ state: "filling" });
    expect(isClaimed(world, key)).toBe(true);
    expect(await fill(onlyMessage(world), 1, world)).toEqual({ done: true });
    expect(await world.ledger.find(key)).toMatchObject({ state: "failed", failure: { code: "ORIGIN_BUSY" } });
  });

  it("is filled again by the next download", async () => {
    const { world, source, message } = await triedWorld();
    await giveUp(message, LETTER, world);
    world.origin.answers.set(URL_A, HELLO);
    expect(await makeReady(world, source)).toMatchObject({ state: "ready", failure: null });
  });

  it("leaves a copy that is there, and its state", async () => {
    const world = makeWorld();
    const source = await sourceOf();
    const { copy } = await makeReady(world, source);
    await world.ledger.markStale(source.key, copy.generation, world.clock.now());
    world.origin.answers.set(URL_A, { status: 503 });
    await want(source, world);
    const message = onlyMessage(world);
    await fill(message, 1, world);
    await giveUp(message, LETTER, world);
    expect(await world.ledger.find(source.key)).toMatchObject({ state: "stale", copy });
  });

  it("leaves an attempt alone that is alive", async () => {
    const { world, key, message } = await triedWorld();
    const halfway = Promise.withResolvers<typeof HELLO>();
    world.origin.answers.set(URL_A, () => halfway.promise);
    const filled = fill(message, 2, world);
    await expect.poll(() => world.origin.calls.length).toBe(2);
    await giveUp(message, LETTER, world);
    halfway.resolve(HELLO);
    expect(await filled).toEqual({ done: true });
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", failure: null });
  });

  it.each([
    ["a fill that has ended", "ended"],
    ["one that a purge stopped", "purged"],
    ["one that was given up before", "given up"],
    ["an older one than that under way", "overtaken"],
  ])("is nothing to do for %s", async (_, what) => {
    const { world, source, key, message } = await triedWorld();
    world.origin.answers.set(URL_A, HELLO);
    if (what === "ended") await fill(message, 2, world);
    if (what === "purged") await purge(key, "asked", world);
    if (what === "given up") await giveUp(message, LETTER, world);
    if (what === "overtaken") {
      world.clock.advance(20 * MINUTE);
      await want(source, world);
      expect(onlyMessage(world).fence).toBeGreaterThan(message.fence);
    }
    const [entry, rows] = [await world.ledger.find(key), structuredClone([...world.gate.rows])];
    const letters = [...world.deadLetters.rows];
    await giveUp(message, LETTER, world);
    expect(await world.ledger.find(key)).toEqual(entry);
    expect([...world.gate.rows]).toEqual(rows);
    expect(world.deadLetters.rows).toEqual(letters);
  });

  it.each(["gate", "ledger"] as const)(
    "is not done with while the %s is down, and ends when it is asked again later",
    async (what) => {
      const { world, key, message } = await triedWorld();
      await expect(giveUp(message, LETTER, { ...world, [what]: failing(world[what]) })).rejects.toThrow(
        "this part is down",
      );
      world.clock.advance(LEASE_MS + SECOND);
      await giveUp(message, LETTER, world);
      expect(await world.ledger.find(key)).toMatchObject({ state: "failed" });
    },
  );

  it("is not lost when it comes again at once after the ledger was down", async () => {
    const { world, key, message } = await triedWorld();
    await expect(giveUp(message, LETTER, { ...world, ledger: failing(world.ledger) })).rejects.toThrow(
      "this part is down",
    );
    await giveUp(message, LETTER, world);
    expect(await world.ledger.find(key)).toMatchObject({ state: "failed" });
  });
});
