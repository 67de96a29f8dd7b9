import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fill } from "../../src/app/fill.ts";
import { purge } from "../../src/app/purge.ts";
import { PIECE_BYTES } from "../../src/app/store-whole.ts";
import { keyText } from "../../src/core/entry-key.ts";
import { FILL_SIZES } from "../../src/core/fills/fill-choice.ts";
import { HOUR, MINUTE, NOON, presigned, SECOND, SIGNING } from "../core/samples.ts";
import { pattern, sha256, storedIn } from "./small-parts.ts";
import { DONE, opens, readyAndWanted, text, version, wantedWorld } from "./wanted.ts";
import {
  ACME,
  beforehand,
  fillAll,
  generationOf,
  HELLO,
  isClaimed,
  LEASE_MS,
  makeReady,
  makeWorld,
  onlyMessage,
  register,
  sourceOf,
  traced,
  tracesOf,
  URL_A,
  URL_B,
  want,
} from "./world.ts";

const OURS = /^"generation-\d+"$/;

describe("a fill", () => {
  it("stores the origin's bytes, and says so in ledger, index and gate", async () => {
    const { world, key, message, source } = await wantedWorld();
    world.clock.advance(SECOND);
    expect(await fill(message, 1, world)).toEqual(DONE);
    const generation = await generationOf(world, key);
    const copy = {
      generation,
      size: 5,
      contentType: "video/mp4",
      etag: '"hello-1"',
      originEtag: '"hello-1"',
      sha256: createHash("sha256").update("hello").digest("hex"),
      partsDigest: null,
      storedAt: NOON + SECOND,
      freshUntil: null,
    };
    expect(await world.ledger.find(key)).toMatchObject({
      state: "ready",
      copy,
      boundTo: source.identity,
      failure: null,
    });
    expect(await world.index.get(key)).toMatchObject({ state: "ready", copy, boundTo: source.identity });
    expect(text(world.store.objects.get(`${keyText(key)}/${generation}`)?.bytes)).toBe("hello");
    expect(isClaimed(world, key)).toBe(false);
    expect(world.reports).toEqual([]);
  });

  it("goes from gate to origin to store to ledger to index to gate", async () => {
    const { world, message } = await wantedWorld();
    const log: string[] = [];
    const { gate, origin, store, ledger, index } = world;
    await fill(message, 1, {
      ...world,
      gate: traced("gate", gate, log),
      origin: traced("origin", origin, log),
      store: traced("store", store, log),
      ledger: traced("ledger", ledger, log),
      index: traced("index", index, log),
    });
    const steps = [
      "gate.begin",
      "ledger.noteFills",
      "origin.open",
      "store.put",
      "ledger.publish",
      "index.put",
      "gate.finish",
    ];
    expect(log.filter((step) => steps.includes(step))).toEqual(steps);
  });

  it("keeps of the URL what is no credential", async () => {
    const { world, key, message } = await wantedWorld();
    await fill(message, 1, world);
    const everywhere = JSON.stringify([
      [...world.ledger.rows],
      [...world.index.entries],
      [...world.store.objects.keys()],
    ]);
    expect(everywhere).not.toContain(SIGNING.signature);
    expect(everywhere).not.toContain(SIGNING.accessKey);
    expect(await world.index.get(key)).toMatchObject({ source: "https://bucket.s3.amazonaws.com/a.mp4" });
  });

  it("asks the origin for the URL as it was given", async () => {
    const world = makeWorld();
    const url = presigned("https://bucket.s3.amazonaws.com/a//b/%2F+%20é", { token: "a/b+c=" });
    world.origin.answers.set(url, HELLO);
    await makeReady(world, await sourceOf(url));
    expect(world.origin.calls).toEqual([{ what: "open", url, fields: {} }]);
  });

  it.each([
    ["a strong ETag is served as it is", '"v1"', '"v1"'],
    ["a weak one is not: a name of ours that was never used takes its place", 'W/"v1"', expect.stringMatching(OURS)],
    ["none gets a name of ours that was never used", null, expect.stringMatching(OURS)],
  ])("%s, and what the origin said is kept beside", async (_, etag, served) => {
    const { world, key, message } = await wantedWorld({ ...HELLO, headers: { etag } });
    await fill(message, 1, world);
    expect(await world.ledger.find(key)).toMatchObject({ copy: { etag: served, originEtag: etag } });
  });

  it("keeps no cookie and nothing else that is not on the list", async () => {
    const headers = { "set-cookie": "a=b", "x-amz-meta-a": "b", "content-language": "de", etag: '"a"' };
    const { world, key, message } = await wantedWorld({ ...HELLO, headers });
    await fill(message, 1, world);
    expect(await world.store.head(`${keyText(key)}/${await generationOf(world, key)}`)).toEqual({
      size: 5,
      headers: {
        contentType: null,
        contentEncoding: null,
        contentLanguage: "de",
        contentDisposition: null,
        cacheControl: null,
        etag: '"a"',
        lastModified: null,
      },
    });
  });

  it.each([[true], [false]])("carries the trust (%j) and the wish of who asked", async (trusted) => {
    const { world, key, message } = await wantedWorld(HELLO, { trusted, expiresAt: NOON + HOUR });
    await fill(message, 1, world);
    expect(await world.ledger.find(key)).toMatchObject({ trusted, expiresAt: NOON + HOUR });
    expect(await world.index.get(key)).toMatchObject({ expiresAt: NOON + HOUR });
  });

  it("whose wish ends while it is under way is told as expired, and not served", async () => {
    const { world, key, message } = await wantedWorld(HELLO, { expiresAt: NOON + SECOND });
    const origin = beforehand(world.origin, "open", async () => world.clock.advance(SECOND));
    expect(await fill(message, 1, { ...world, origin })).toEqual(DONE);
    expect(await world.index.get(key)).toEqual({ state: "expired" });
  });

  it("keeps the bytes of two tenants apart", async () => {
    const world = makeWorld();
    const other = { ...ACME, id: "other" as typeof ACME.id };
    register(world, other);
    const [mine, theirs] = [await sourceOf(), await sourceOf(URL_A, null, other)];
    await makeReady(world, mine);
    world.origin.answers.set(URL_A, version("theirs"));
    await makeReady(world, theirs);
    expect([...world.store.objects.values()].map(({ bytes }) => text(bytes))).toEqual(["hello", "theirs"]);
    await purge(mine.key, "asked", world);
    expect(tracesOf(world, theirs.key)).toHaveLength(3);
  });

  it.each([
    ["nothing at all", 0],
    ["a byte", 1],
    ["a piece", PIECE_BYTES],
    ["two pieces and more", 2 * PIECE_BYTES + 12_345],
    ["as much as is put at once", FILL_SIZES.putBytes],
    ["parts, the last a byte", FILL_SIZES.putBytes + 1],
  ])("of %s is byte for byte what the origin sent", async (_, length) => {
    const body = pattern(length);
    const { world, key, message } = await wantedWorld({ ...HELLO, body });
    await fill(message, 1, world);
    expect(await world.ledger.find(key)).toMatchObject({ copy: { size: length, sha256: sha256(body) } });
    expect(storedIn(world)).toEqual({ objects: [sha256(body)], uploads: 0 });
  });

  it("of an origin that sends no body for nothing is empty, too", async () => {
    const { world, key, message } = await wantedWorld({ status: 200, headers: { "content-length": "0" } });
    expect(await fill(message, 1, world)).toEqual(DONE);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", copy: { size: 0 } });
  });
});

describe("a message that comes again", () => {
  it("after the fill has ended finds nothing to do", async () => {
    const { world, key, message } = await wantedWorld();
    await fill(message, 1, world);
    const entry = await world.ledger.find(key);
    expect(await fill(message, 2, world)).toEqual(DONE);
    expect(await world.ledger.find(key)).toEqual(entry);
    expect(opens(world)).toBe(1);
    expect(world.store.objects.size).toBe(1);
  });

  it("while the fill is under way comes back after the lease", async () => {
    const { world, message } = await wantedWorld();
    const origin = beforehand(world.origin, "open", async () => {
      expect(await fill(message, 2, world)).toEqual({ retryInSeconds: LEASE_MS / 1000 });
    });
    expect(await fill(message, 1, { ...world, origin })).toEqual(DONE);
    expect(opens(world)).toBe(1);
  });

  it("after its consumer died begins anew when the lease is over", async () => {
    const { world, key, message } = await wantedWorld();
    void fill(message, 1, { ...world, origin: { ...world.origin, open: () => new Promise(() => {}) } });
    await expect.poll(() => world.ledger.rows.size).toBe(1);
    world.clock.advance(LEASE_MS);
    expect(await fill(message, 2, world)).toEqual(DONE);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready" });
    expect(tracesOf(world, key)).toHaveLength(3);
  });

  it("from somebody who had not heard of the copy asks no origin, and tells the index", async () => {
    const { world, key, message: again } = await readyAndWanted();
    expect(await fill(again, 1, world)).toEqual(DONE);
    expect(opens(world)).toBe(1);
    expect(await world.index.get(key)).toMatchObject({ state: "ready" });
    expect(isClaimed(world, key)).toBe(false);
  });
});

describe("a newer copy", () => {
  it("takes the old one's place, whose object goes", async () => {
    const { world, source, key, message } = await wantedWorld();
    await fill(message, 1, world);
    const first = await generationOf(world, key);
    await world.ledger.markStale(key, first, NOON);
    world.origin.answers.set(URL_A, version("newer"));
    await want(source, world);
    const store = beforehand(world.store, "delete", async () => {
      expect(await world.ledger.find(key)).toMatchObject({ copy: { originEtag: '"newer"' } });
    });
    await fill(onlyMessage(world), 1, { ...world, store });
    const second = await generationOf(world, key);
    expect(second).not.toBe(first);
    expect([...world.store.objects.keys()]).toEqual([`${keyText(key)}/${second}`]);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", copy: { originEtag: '"newer"' } });
  });

  it("of another object, for a caller that we know, binds the key anew: the old copy goes before the origin is asked", async () => {
    const world = makeWorld();
    const [first, second] = [await sourceOf(URL_A, "movie"), await sourceOf(URL_B, "movie")];
    await makeReady(world, first);
    world.clock.advance(SECOND);
    await want(second, world, { trusted: true });
    const origin = beforehand(world.origin, "open", async () => expect(tracesOf(world, first.key)).toEqual([]));
    expect(await fill(onlyMessage(world), 1, { ...world, origin })).toEqual(DONE);
    expect(await world.ledger.find(first.key)).toMatchObject({
      state: "ready",
      boundTo: second.identity,
      trusted: true,
    });
    expect([...world.store.objects.values()].map(({ bytes }) => text(bytes))).toEqual(["other"]);
  });

  it("of another object, for a stranger, is not made after a purge either, where a known caller named the key", async () => {
    const world = makeWorld();
    const [first, second] = [await sourceOf(URL_A, "movie"), await sourceOf(URL_B, "movie")];
    await makeReady(world, first, { trusted: true });
    await purge(first.key, "asked", world);
    world.clock.advance(SECOND);
    await want(second, world);
    expect(await fill(onlyMessage(world), 1, world)).toEqual(DONE);
    expect(await world.ledger.find(first.key)).toMatchObject({ state: "purged", boundTo: first.identity });
  });

  it("of another object, for a stranger, is made where only another stranger's attempt has failed", async () => {
    const world = makeWorld();
    world.origin.answers.set(URL_A, { status: 404 }).set(URL_B, HELLO);
    await want(await sourceOf(URL_A, "movie"), world);
    await fillAll(world);
    world.clock.advance(MINUTE);
    const { key, identity } = await sourceOf(URL_B, "movie");
    await want(await sourceOf(URL_B, "movie"), world);
    await fillAll(world);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", boundTo: identity });
  });

  it("of another object, for a stranger, is not made: the key stays with what it names", async () => {
    const world = makeWorld();
    const [first, second] = [await sourceOf(URL_A, "movie"), await sourceOf(URL_B, "movie")];
    const entry = await makeReady(world, first, { trusted: true });
    world.clock.advance(SECOND);
    await want(second, world);
    expect(await fill(onlyMessage(world), 1, world)).toEqual(DONE);
    expect(await world.ledger.find(first.key)).toEqual(entry);
    expect(tracesOf(world, first.key)).toHaveLength(3);
    expect(isClaimed(world, first.key)).toBe(false);
  });
});
