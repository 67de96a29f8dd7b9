import { describe, expect, it } from "vitest";
import { acceptManifest, acceptManifestUrl } from "../../../src/app/accept-manifest.ts";
import { dropOldLetters, listLetters } from "../../../src/app/dead-letters/list-letters.ts";
import { replayLetter } from "../../../src/app/dead-letters/replay.ts";
import { giveUpManifest } from "../../../src/app/give-up-manifest.ts";
import { DEAD_LETTER_AGE_MS } from "../../../src/core/dead-letters/dead-letter.ts";
import type { ManifestMessage } from "../../../src/core/preload/manifest-message.ts";
import { HOUR, NOON, presigned } from "../../core/samples.ts";
import { chunksIn, expandAll, lineOf, manifestOf, named, piecesOf, summaryOf } from "../manifests.ts";
import { ACME, failing, makeWorld, register, reported, sourceOf, utf8, type World } from "../world.ts";

const MANIFEST = presigned("https://bucket.s3.amazonaws.com/manifest.ndjson");
const LETTER = "letter-1";
const refused = (code: string, message: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(message) });

function onlyOf(world: World): ManifestMessage {
  const [message, second] = world.manifests.take();
  if (!message || second) throw new Error("not exactly one message waits");
  return message;
}

/** A manifest at a URL whose message was given up; its origin is mended by now. */
async function unfetched(): Promise<{ world: World; batch: string }> {
  const world = makeWorld();
  const batch = await acceptManifestUrl(ACME.id, await sourceOf(MANIFEST), "request-1", world);
  await giveUpManifest(onlyOf(world), LETTER, world);
  world.origin.answers.set(MANIFEST, { status: 200, body: utf8(manifestOf(3)) });
  return { world, batch };
}

/** Lines of a manifest whose message was given up. */
async function unexpanded(): Promise<{ world: World; batch: string; message: ManifestMessage }> {
  const world = makeWorld();
  const batch = await acceptManifest(ACME.id, piecesOf(lineOf(1)), "request-1", world);
  const message = onlyOf(world);
  await giveUpManifest(message, LETTER, world);
  return { world, batch, message };
}

describe("a manifest that is sent again", () => {
  it("is fetched, and its batch goes on", async () => {
    const { world, batch } = await unfetched();
    expect((await summaryOf(world, batch)).failure).toMatchObject({ code: "GAVE_UP" });
    expect(await replayLetter(LETTER, "request-2", world)).toMatchObject({ tenant: "acme", status: "queued" });
    expect((await summaryOf(world, batch)).failure).toBeNull();
    await expandAll(world);
    expect(await summaryOf(world, batch)).toMatchObject({ lines: 3, expanded: true, failure: null });
    expect(world.queue.messages).toHaveLength(3);
    await expect(replayLetter(LETTER, "request-3", world)).rejects.toEqual(refused("ALREADY_REPLAYED", ""));
  });

  it("is not, when its URL has ended", async () => {
    const { world, batch } = await unfetched();
    world.clock.set(NOON + HOUR);
    await expect(replayLetter(LETTER, "r", world)).rejects.toEqual(refused("SOURCE_EXPIRED", "13:00"));
    expect((await summaryOf(world, batch)).failure).toMatchObject({ code: "GAVE_UP" });
  });

  it("is all the same, when it was read before that", async () => {
    const { world, batch } = await unfetched();
    await world.batches.noteSplit(named(batch), { run: 1, lines: 1, chunks: 1 });
    world.clock.set(NOON + HOUR);
    expect(await replayLetter(LETTER, "r", world)).toMatchObject({ status: "queued" });
  });

  it("is not, when its origin is not allowed any more, or its tenant is gone", async () => {
    const { world } = await unfetched();
    register(world, { ...ACME, originRules: [] });
    await expect(replayLetter(LETTER, "r", world)).rejects.toEqual(refused("NOT_REPLAYABLE", "allow-list"));
    world.directory.known.splice(0);
    await expect(replayLetter(LETTER, "r", world)).rejects.toEqual(refused("NOT_REPLAYABLE", "tenant is gone"));
  });

  it("is not, when its batch is forgotten", async () => {
    const { world, batch } = await unfetched();
    await world.batches.drop([named(batch)]);
    await expect(replayLetter(LETTER, "r", world)).rejects.toEqual(refused("NOT_REPLAYABLE", "forgotten"));
  });
});

describe("lines of a manifest that are sent again", () => {
  it("are worked on, and their batch goes on", async () => {
    const { world, batch } = await unexpanded();
    await replayLetter(LETTER, "request-2", world);
    await expandAll(world);
    expect(await summaryOf(world, batch)).toMatchObject({ expanded: true, failure: null });
    expect([world.queue.messages.length, chunksIn(world)]).toEqual([1, []]);
  });

  it("have nothing left to do when another delivery has done it", async () => {
    const { world, message } = await unexpanded();
    world.manifests.send([message]);
    await expandAll(world);
    expect(await replayLetter(LETTER, "r", world)).toMatchObject({ status: "ready" });
    expect(world.manifests.take()).toEqual([]);
  });

  it("are not, when they are not there any more", async () => {
    const { world } = await unexpanded();
    for (const key of chunksIn(world)) await world.store.delete(key);
    await expect(replayLetter(LETTER, "r", world)).rejects.toEqual(refused("NOT_REPLAYABLE", "not there"));
  });

  it("are not, when their batch has failed for another reason", async () => {
    const { world, batch } = await unexpanded();
    await world.batches.reopen(named(batch));
    await world.batches.fail(named(batch), { code: "INCOMPLETE", message: "The manifest was not taken in." });
    await expect(replayLetter(LETTER, "r", world)).rejects.toEqual(refused("NOT_REPLAYABLE", "another reason"));
    expect(world.manifests.take()).toEqual([]);
  });
});

describe("letters of two weeks ago", () => {
  it("are forgotten, and younger ones are not", async () => {
    const { world } = await unexpanded();
    world.clock.set(NOON + DEAD_LETTER_AGE_MS);
    await dropOldLetters(world);
    expect((await listLetters({ cursor: null, limit: 10 }, world)).letters).toHaveLength(1);
    world.clock.advance(1);
    await dropOldLetters(world);
    expect((await listLetters({ cursor: null, limit: 10 }, world)).letters).toEqual([]);
  });

  it("stay until the next time when they cannot be reached, which is reported", async () => {
    const world = makeWorld();
    await dropOldLetters({ ...world, deadLetters: failing(world.deadLetters) });
    expect(reported(world)).toEqual(["dead letters"]);
  });
});
