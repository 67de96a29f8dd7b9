import { describe, expect, it } from "vitest";
import { noteLetter } from "../../../src/app/dead-letters/note-letter.ts";
import { replayLetter } from "../../../src/app/dead-letters/replay.ts";
import { parseKeyRing } from "../../../src/core/crypto/key-ring.ts";
import { failing, fillAll, makeWorld, reported } from "../world.ts";
import { givenUp, LETTER } from "./given-up.ts";

const refused = (code: string) => expect.objectContaining({ name: "SnapbyteError", code });
const UNKNOWN = {
  ...({ kind: "unknown", tenant: null, key: null, batch: null, urlEndsAt: null } as const),
  ...{ attempts: 6, failure: { code: "UNKNOWN_MESSAGE", message: "x" } },
};

describe("a dead letter that is sent again", () => {
  it("fills its entry, and is sent again no more", async () => {
    const { world, source } = await givenUp();
    expect(await replayLetter(LETTER, "request-2", world)).toMatchObject({ tenant: "acme", status: "queued" });
    expect(world.queue.messages).toMatchObject([{ requestId: "request-2", lane: 0, spent: 0, trusted: false }]);
    expect(world.deadLetters.rows).toMatchObject([{ replayedAt: world.clock.now() }]);
    await fillAll(world);
    expect(await world.ledger.find(source.key)).toMatchObject({ state: "ready", failure: null });
    await expect(replayLetter(LETTER, "request-3", world)).rejects.toEqual(refused("ALREADY_REPLAYED"));
    expect(world.queue.messages).toEqual([]);
  });

  it("twice at once asks for one fill", async () => {
    const { world } = await givenUp();
    const outcomes = await Promise.all([replayLetter(LETTER, "a", world), replayLetter(LETTER, "b", world)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["filling", "queued"]);
    expect(world.queue.messages).toHaveLength(1);
  });

  it("is sent again once more when it could not be noted, which harms nobody", async () => {
    const { world } = await givenUp();
    const down = { ...world, deadLetters: failing(world.deadLetters, "replayed") };
    await expect(replayLetter(LETTER, "request", down)).rejects.toEqual(refused("UNAVAILABLE"));
    expect(await replayLetter(LETTER, "request", world)).toMatchObject({ status: "filling" });
    expect(world.queue.messages).toHaveLength(1);
  });

  it("stays as it is when the queue does not take its message, and its claim is free", async () => {
    const { world } = await givenUp();
    const down = { ...world, queue: failing(world.queue, "send") };
    await expect(replayLetter(LETTER, "request", down)).rejects.toEqual(refused("UNAVAILABLE"));
    expect(world.deadLetters.rows).toMatchObject([{ replayedAt: null }]);
    expect(await replayLetter(LETTER, "request", world)).toMatchObject({ status: "queued" });
  });

  it.each(["deadLetters", "ledger", "gate", "directory"] as const)("is 503 while there is no %s", async (what) => {
    const { world } = await givenUp();
    const down = { ...world, [what]: failing(world[what]) };
    await expect(replayLetter(LETTER, "request", down)).rejects.toEqual(refused("UNAVAILABLE"));
    expect(reported(world)).toContain("dead letters");
    expect(world.deadLetters.rows).toMatchObject([{ replayedAt: null }]);
  });

  it("is 404 when there is none of this id", async () => {
    await expect(replayLetter("nobodys", "request", makeWorld())).rejects.toEqual(refused("NOT_FOUND"));
  });

  it("is refused when the secret is gone that sealed it", async () => {
    const { world } = await givenUp();
    const ring = parseKeyRing(`2:${"B".repeat(42)}A`);
    if (!ring) throw new Error("the ring does not parse");
    await expect(replayLetter(LETTER, "request", { ...world, ring })).rejects.toEqual(refused("NOT_REPLAYABLE"));
  });
});

describe("a letter of a form that nobody knew", () => {
  it.each([
    ["another version's", { version: 99, tenant: "acme" }],
    ["a text", "hello"],
    ["nothing", undefined],
    ["what cannot be written down", { count: 1n }],
  ])("is kept, and refused as long as nobody does: %s", async (_, body) => {
    const world = makeWorld();
    await noteLetter("odd", body, UNKNOWN, world);
    expect(JSON.stringify(world.deadLetters.rows)).not.toContain("hello");
    await expect(replayLetter("odd", "request", world)).rejects.toEqual(refused("NOT_REPLAYABLE"));
    expect(world.deadLetters.rows).toMatchObject([{ replayedAt: null }]);
  });

  it("is sent again by a version that does: a fill", async () => {
    const { world, message } = await givenUp();
    await noteLetter("odd", message, UNKNOWN, world);
    expect(await replayLetter("odd", "request", world)).toMatchObject({ tenant: "acme", status: "queued" });
    expect(world.queue.messages).toMatchObject([{ publicKey: message.publicKey }]);
  });

  it("is sent again by a version that does: a purge", async () => {
    const world = makeWorld();
    const page = { cursor: null, ended: false, failed: [], purged: 0, requestId: "r" };
    const purge = { version: 1, kind: "purge", tenant: "acme", job: "j", ...page };
    await noteLetter("odd", purge, UNKNOWN, world);
    expect(await replayLetter("odd", "request", world)).toMatchObject({ tenant: "acme", status: "queued" });
    expect(world.purges.take()).toEqual([purge]);
  });
});
