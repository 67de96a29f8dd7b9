import { describe, expect, it } from "vitest";
import { acceptManifest } from "../../src/app/accept-manifest.ts";
import { expandManifest } from "../../src/app/expand-manifest.ts";
import { giveUpManifest } from "../../src/app/give-up-manifest.ts";
import { purge } from "../../src/app/purge.ts";
import { MAX_LINE_ERRORS } from "../../src/core/preload/batch.ts";
import { CHUNK_LINES, MAX_MANIFEST_LINES } from "../../src/core/preload/manifest-limits.ts";
import type { ManifestMessage } from "../../src/core/preload/manifest-message.ts";
import { MINUTE, NOON, presigned, SIGNING } from "../core/samples.ts";
import { chunksIn, expandAll, lineOf, manifestOf, piecesOf, summaryOf, urlOf } from "./manifests.ts";
import { ACME, failing, fillAll, HELLO, makeReady, makeWorld, sourceOf, URL_A, URL_B, type World } from "./world.ts";

const accept = (world: World, text: string) => acceptManifest(ACME.id, piecesOf(text), "request-1", world);

/** Takes a manifest in and works on all of its lines. */
async function expand(world: World, text: string): Promise<string> {
  const batch = await accept(world, text);
  await expandAll(world);
  return batch;
}

async function onlyChunk(world: World, text: string): Promise<{ batch: string; message: ManifestMessage }> {
  const batch = await accept(world, text);
  const [message, second] = world.manifests.take();
  if (!message || second) throw new Error("not exactly one chunk waits");
  return { batch, message };
}

describe("the lines of a manifest", () => {
  it("become fills of a known caller's, and entries of the batch", async () => {
    const world = makeWorld();
    const wish = new Date(NOON + MINUTE).toISOString();
    const text = [{ url: URL_A, hash: "a", expires_at: wish }, { url: URL_B }]
      .map((item) => JSON.stringify(item))
      .join("\r\n");
    const batch = await expand(world, `\ufeff${text}`);
    expect(await summaryOf(world, batch)).toMatchObject({ lines: 2, rejected: 0, expanded: true, pending: 2 });
    // Which of them is sent first is anybody's.
    expect(world.queue.messages).toHaveLength(2);
    expect([...world.queue.messages].sort((a, b) => (a.publicKey < b.publicKey ? -1 : 1))).toMatchObject([
      { publicKey: "a", trusted: true, expiresAt: NOON + MINUTE, requestId: "request-1" },
      { publicKey: (await sourceOf(URL_B)).publicKey, trusted: true, expiresAt: null },
    ]);
    await fillAll(world);
    expect(await summaryOf(world, batch)).toMatchObject({ entries: { ready: 2, filling: 0 }, pending: 0, bytes: 10 });
  });

  it("are forgotten once they are queued", async () => {
    const world = makeWorld();
    await expand(world, manifestOf(CHUNK_LINES + 1));
    expect(chunksIn(world)).toEqual([]);
    expect(world.queue.messages).toHaveLength(CHUNK_LINES + 1);
  });

  it("that are no items are passed over, and told of by their numbers", async () => {
    const world = makeWorld();
    const lines = [
      lineOf(1),
      "",
      "{",
      JSON.stringify({ hash: "a" }),
      JSON.stringify({ url: `${URL_A}&x=${"x".repeat(8192)}` }),
      JSON.stringify({ url: presigned("https://evil.example.com/a") }),
      JSON.stringify({ url: URL_A, expires_at: new Date(NOON).toISOString() }),
      JSON.stringify({ url: presigned("https://bucket.s3.amazonaws.com/a/../b") }),
      JSON.stringify({ url: URL_A, hash: "\u0007" }),
      `{"url":"${"x".repeat(70_000)}"}`,
      JSON.stringify({ url: URL_A, expires_at: "9999-12-31T23:59:59-01:00" }),
      JSON.stringify({ url: URL_A, hash: "b" }),
    ];
    const batch = await expand(world, lines.join("\n"));
    const summary = await summaryOf(world, batch);
    expect(summary).toMatchObject({ lines: 11, rejected: 9, expanded: true, entries: { filling: 2 } });
    expect(summary.errors.map(({ line, code }) => [line, code])).toEqual([
      [3, "INVALID_JSON"],
      [4, "MISSING_FIELD"],
      [5, "INVALID_FIELD"],
      [6, "ORIGIN_NOT_ALLOWED"],
      [7, "INVALID_FIELD"],
      [8, "NOT_STORABLE"],
      [9, "INVALID_FIELD"],
      [10, "INVALID_JSON"],
      [11, "INVALID_FIELD"],
    ]);
    expect(JSON.stringify([...world.batches.rows.values()])).not.toContain(SIGNING.signature);
    expect(JSON.stringify(summary)).not.toContain("https://");
  });

  it("that are all bad are all counted, and the first told of", async () => {
    const world = makeWorld();
    const batch = await expand(world, "{}\n".repeat(CHUNK_LINES + 50));
    const summary = await summaryOf(world, batch);
    expect(summary).toMatchObject({ rejected: CHUNK_LINES + 50, expanded: true, pending: 0 });
    expect(summary.errors.map(({ line }) => line)).toEqual(Array.from({ length: MAX_LINE_ERRORS }, (_, i) => i + 1));
  });

  it("that are ready or on their way are the batch's too, and are not fetched again", async () => {
    const world = makeWorld();
    await makeReady(world, await sourceOf(URL_A));
    await expand(world, JSON.stringify({ url: URL_B }));
    expect(world.queue.take()).toHaveLength(1);
    const batch = await expand(world, [URL_A, URL_B, URL_A].map((url) => JSON.stringify({ url })).join("\n"));
    expect(world.queue.messages).toEqual([]);
    expect(await summaryOf(world, batch)).toMatchObject({ lines: 3, entries: { ready: 1, filling: 1 }, bytes: 5 });
  });

  it("may be a hundred thousand, of which each is looked at once", async () => {
    const world = makeWorld();
    // Every tenth wants something: the others cost no encryption, which is what takes the time.
    const lines = Array.from({ length: MAX_MANIFEST_LINES }, (_, number) =>
      number % 10 === 0 ? lineOf(number) : "{}",
    );
    const batch = await expand(world, lines.join("\n"));
    const wanted = MAX_MANIFEST_LINES / 10;
    expect(await summaryOf(world, batch)).toMatchObject({
      ...{ lines: MAX_MANIFEST_LINES, rejected: MAX_MANIFEST_LINES - wanted, expanded: true, pending: wanted },
      entries: { filling: wanted },
    });
    expect(new Set(world.queue.messages.map(({ entry }) => entry)).size).toBe(wanted);
    expect(world.queue.messages).toHaveLength(wanted);
    expect(chunksIn(world)).toEqual([]);
  }, 120_000);
});

describe("a chunk that comes again", () => {
  it("does nothing, though an entry of it was purged in between", async () => {
    const world = makeWorld();
    const { batch, message } = await onlyChunk(world, JSON.stringify({ url: URL_A }));
    await expandManifest(message, 1, world);
    await fillAll(world);
    await purge((await sourceOf(URL_A)).key, "asked", world);
    const before = await summaryOf(world, batch);
    expect(await expandManifest(message, 1, world)).toEqual({ done: true });
    expect(world.queue.messages).toEqual([]);
    expect(await summaryOf(world, batch)).toEqual(before);
    expect(before).toMatchObject({ entries: { purged: 1, filling: 0 }, pending: 0 });
  });

  it("also does nothing when only its lines could not be forgotten", async () => {
    const world = makeWorld();
    const { batch, message } = await onlyChunk(world, `${lineOf(1)}\n{}`);
    await expect(expandManifest(message, 1, { ...world, store: failing(world.store, "delete") })).rejects.toThrow();
    expect(chunksIn(world)).toHaveLength(1);
    world.queue.take();
    expect(await expandManifest(message, 2, world)).toEqual({ done: true });
    expect(chunksIn(world)).toEqual([]);
    expect(world.queue.messages).toEqual([]);
    expect(await summaryOf(world, batch)).toMatchObject({ lines: 2, rejected: 1, entries: { filling: 1 } });
  });

  it.each(["gate", "ledger", "queue", "batches", "directory", "store"] as const)(
    "finishes what broke off while a part was down: the %s",
    async (what) => {
      const world = makeWorld();
      for (const number of [1, 2]) world.origin.answers.set(urlOf(number), HELLO);
      const { batch, message } = await onlyChunk(world, `${lineOf(1)}\n${lineOf(2)}`);
      await expect(expandManifest(message, 1, { ...world, [what]: failing(world[what]) })).rejects.toThrow();
      expect(await expandManifest(message, 2, world)).toEqual({ done: true });
      await fillAll(world);
      expect(await summaryOf(world, batch)).toMatchObject({ expanded: true, entries: { ready: 2 }, pending: 0 });
      expect(chunksIn(world)).toEqual([]);
    },
  );

  it("of a batch that was forgotten only clears up", async () => {
    const world = makeWorld();
    const { batch, message } = await onlyChunk(world, lineOf(1));
    await world.batches.drop([{ tenant: ACME.id, id: batch }]);
    expect(await expandManifest(message, 1, world)).toEqual({ done: true });
    expect(world.queue.messages).toEqual([]);
    expect(chunksIn(world)).toEqual([]);
  });

  it("of a tenant that is gone only clears up", async () => {
    const world = makeWorld();
    const { message } = await onlyChunk(world, lineOf(1));
    world.directory.known.splice(0);
    expect(await expandManifest(message, 1, world)).toEqual({ done: true });
    expect(world.queue.messages).toEqual([]);
  });
});

describe("a chunk that is given up", () => {
  it("fails its batch; the others of it are worked on all the same", async () => {
    const world = makeWorld();
    const batch = await accept(world, manifestOf(CHUNK_LINES + 1));
    const [first, second] = world.manifests.take();
    if (!first || !second) throw new Error("two chunks were expected");
    await giveUpManifest(first, "letter-1", world);
    await expandManifest(second, 1, world);
    // Its lines stay for a replay, until the batch is forgotten.
    expect(chunksIn(world)).toEqual([`manifests/acme/${batch}/1/0`]);
    expect(world.deadLetters.rows).toMatchObject([{ kind: "manifest_chunk", tenant: "acme", batch, attempts: 6 }]);
    expect(world.queue.messages).toHaveLength(1);
    expect(await summaryOf(world, batch)).toMatchObject({
      failure: { code: "GAVE_UP" },
      expanded: false,
      entries: { filling: 1 },
    });
  });

  it("after another delivery of it had done its work fails nothing", async () => {
    const world = makeWorld();
    const { batch, message } = await onlyChunk(world, lineOf(1));
    await expandManifest(message, 1, world);
    await giveUpManifest(message, "letter-1", world);
    expect(await summaryOf(world, batch)).toMatchObject({ failure: null, expanded: true });
  });

  it("cannot be opened with another chunk's place, and is retried", async () => {
    const world = makeWorld();
    const batch = await accept(world, manifestOf(CHUNK_LINES + 1));
    const [zero, one] = [0, 1].map((chunk) => `manifests/acme/${batch}/1/${chunk}`);
    const swapped = world.store.objects.get(one ?? "");
    if (!swapped) throw new Error("there is no second chunk");
    world.store.objects.set(zero ?? "", swapped);
    const [message] = world.manifests.take();
    if (!message) throw new Error("there is no message");
    await expect(expandManifest(message, 1, world)).rejects.toThrow("cannot be opened");
    expect(world.queue.messages).toEqual([]);
  });
});
