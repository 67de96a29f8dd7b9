import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fill } from "../../src/app/fill.ts";
import { MINUTE, presigned } from "../core/samples.ts";
import type { OriginCall, OriginScript } from "../fakes/origin.ts";
import { consume } from "./consuming.ts";
import { type Life, mortal, mourn } from "./mortal.ts";
import { askedFor, pattern, ranged, SMALL, sha256, smallWorld, storedIn } from "./small-parts.ts";
import { DONE } from "./wanted.ts";
import { tracesOf, URL_A, useFakeTimers, want } from "./world.ts";

const PART = SMALL.partBytes;

beforeEach(useFakeTimers);
afterEach(() => {
  vi.useRealTimers();
});

describe("a consumer that is killed", () => {
  const life: fc.Arbitrary<Life & { readonly anew: boolean }> = fc.record({
    calls: fc.integer({ min: 1, max: 25 }),
    late: fc.boolean(),
    // Whether the next one gets the same message again, or somebody asks for the object anew.
    anew: fc.boolean(),
  });

  it("twenty times in a row costs at most a part each time: the fill completes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 20, maxLength: 20 }), async (lives) => {
        // 25 parts of 8 MiB, a million times smaller.
        const body = pattern(25 * PART);
        const made = await smallWorld(ranged(body));
        const { world, source, sent } = made;
        let { message } = made;
        let kills = 0;
        for (const [attempt, { anew, ...each }] of lives.entries()) {
          const { parts, death } = mortal(world, each);
          const outcome = await Promise.race([fill(message, attempt + 1, parts), death]);
          if (outcome !== "killed") break;
          kills += 1;
          mourn(world);
          if (!anew) continue;
          await want(source, world);
          message = world.queue.take().at(-1) ?? message;
        }
        await consume([message], world);
        expect(storedIn(world).objects).toEqual([sha256(body)]);
        // Of an upload that began in the last moment nobody heard: the store ends it by itself after some days.
        for (const { parts } of world.store.uploads.values()) expect(parts.size).toBe(0);
        expect(await world.ledger.find(made.key)).toMatchObject({ state: "ready", copy: { sha256: sha256(body) } });
        expect(sent.bytes - body.length).toBeLessThanOrEqual(kills * PART);
      }),
      { numRuns: 30, seed: 4 },
    );
  });
});

describe("a body that is cut", () => {
  it.each(Array.from({ length: 8 }, (_, part) => [part * PART + 5]))(
    "after %i bytes is gone on with: only what is missing is fetched",
    async (cutAfter) => {
      const body = pattern(8 * PART - 3);
      const { world, key, message, sent } = await smallWorld({ ...ranged(body), cutAfter });
      expect(await fill(message, 1, world)).toEqual({ retryInSeconds: 1 });
      expect(tracesOf(world, key)).toEqual([]);
      world.origin.answers.set(URL_A, ranged(body));
      await consume([message], world);
      expect(storedIn(world)).toEqual({ objects: [sha256(body)], uploads: 0 });
      expect(await world.ledger.find(key)).toMatchObject({ state: "ready", copy: { sha256: sha256(body) } });
      expect(sent.bytes).toBeLessThanOrEqual(body.length + PART);
    },
  );

  it("in every answer, wherever that ends, is fetched part by part", async () => {
    const body = pattern(8 * PART);
    const { world, message } = await smallWorld({ ...ranged(body), cutAfter: PART + 5 });
    await consume([message], world);
    expect(askedFor(world)).toEqual([null, 10, 20, 30, 40, 50, 60, 70]);
    expect(storedIn(world)).toEqual({ objects: [sha256(body)], uploads: 0 });
  });

  it.each<[string, Partial<OriginScript>]>([
    ["does no ranges", { ranges: false, headers: { etag: '"v1"' } }],
    ["does not say which version it sends", { headers: { "accept-ranges": "bytes" } }],
    ["names its versions weakly", { headers: { etag: 'W/"v1"', "accept-ranges": "bytes" } }],
  ])("of an origin that %s begins anew", async (_, script) => {
    const body = pattern(5 * PART);
    const { world, message, sent } = await smallWorld({ ...ranged(body), ...script, cutAfter: 25 });
    expect(await fill(message, 1, world)).toEqual({ retryInSeconds: 1 });
    world.origin.answers.set(URL_A, { ...ranged(body), ...script });
    await consume([message], world);
    await world.settled();
    expect(askedFor(world)).toEqual([null, null]);
    expect(sent.bytes).toBe(25 + body.length);
    expect(storedIn(world)).toEqual({ objects: [sha256(body)], uploads: 0 });
  });
});

describe("an object that changes between its parts", () => {
  const [before, after] = [pattern(6 * PART), pattern(6 * PART, 99)];

  const newer = ranged(after, { etag: '"v2"' });

  /** An origin that does not look at If-Match: a part of another version than was asked for. */
  function uncompared({ fields }: OriginCall): OriginScript {
    const [first, last] = (/=(\d+)-(\d+)/.exec(fields?.range ?? "") ?? []).slice(1).map(Number);
    if (first === undefined || last === undefined) return newer;
    const headers = { ...newer.headers, "content-range": `bytes ${first}-${last}/${after.length}` };
    return { status: 206, headers, body: after.slice(first, last + 1) };
  }

  it.each<[string, OriginScript | ((call: OriginCall) => OriginScript), Uint8Array]>([
    ["412, where the origin compares", newer, after],
    ["another ETag, where it does not", uncompared, after],
    ["a smaller object", ranged(pattern(15, 99), { etag: '"v2"' }), pattern(15, 99)],
  ])("by %s: what is published is wholly the new one, and nothing is left of the old", async (_, script, body) => {
    const { world, key, message } = await smallWorld({ ...ranged(before), cutAfter: 25 });
    expect(await fill(message, 1, world)).toEqual({ retryInSeconds: 1 });
    world.origin.answers.set(URL_A, script);
    await consume([message], world);
    await world.settled();
    expect(storedIn(world)).toEqual({ objects: [sha256(body)], uploads: 0 });
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", copy: { originEtag: '"v2"' } });
  });

  it("and again, and again, is asked for later, and ends with the last", async () => {
    let version = 0;
    const { world, key, message } = await smallWorld({ ...ranged(before), cutAfter: 25 });
    await fill(message, 1, world);
    world.origin.answers.set(URL_A, ({ fields }) => {
      if (fields?.range !== undefined && version < 3) return { status: 412 };
      version += 1;
      return { ...ranged(after, { etag: `"w${version}"` }), ...(version < 3 && { cutAfter: 15 }) };
    });
    await consume([message], world);
    await world.settled();
    expect(storedIn(world)).toEqual({ objects: [sha256(after)], uploads: 0 });
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", failure: null });
  });
});

describe("an origin that sends the whole where it was asked for a part", () => {
  it("is read as one stream, and asked no further", async () => {
    const body = pattern(6 * PART);
    const { world, key, message } = await smallWorld({ ...ranged(body), cutAfter: 25 });
    expect(await fill(message, 1, world)).toEqual({ retryInSeconds: 1 });
    world.origin.answers.set(URL_A, { ...ranged(body), ranges: false });
    expect(await fill(message, 2, world)).toEqual(DONE);
    await world.settled();
    expect(askedFor(world)).toEqual([null, 20]);
    expect(storedIn(world)).toEqual({ objects: [sha256(body)], uploads: 0 });
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", copy: { sha256: sha256(body) } });
  });
});

describe("a store that", () => {
  const body = pattern(6 * PART);

  it("lost the upload is given all of it anew", async () => {
    const { world, message } = await smallWorld({ ...ranged(body), cutAfter: 25 });
    await fill(message, 1, world);
    world.store.uploads.clear();
    world.origin.answers.set(URL_A, ranged(body));
    expect(await fill(message, 2, world)).toEqual(DONE);
    expect(storedIn(world)).toEqual({ objects: [sha256(body)], uploads: 0 });
  });

  it("has another's part of the same number in the place of the one that was noted is given all of it anew", async () => {
    const { world, key, message } = await smallWorld({ ...ranged(body), cutAfter: 25 });
    await fill(message, 1, world);
    world.origin.answers.set(URL_A, ranged(body));
    const [upload] = [...world.store.uploads];
    const store: typeof world.store = {
      ...world.store,
      resumeMultipart(name, id) {
        const resumed = world.store.resumeMultipart(name, id);
        return {
          ...resumed,
          async complete(done) {
            // One that was thought dead has sent the first part again.
            if (id === upload?.[0]) await resumed.uploadPart(1, body.slice(0, PART));
            await resumed.complete(done);
          },
        };
      },
    };
    expect(await fill(message, 2, { ...world, store })).toEqual(DONE);
    await world.settled();
    expect(storedIn(world)).toEqual({ objects: [sha256(body)], uploads: 0 });
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready" });
  });

  it("joined the parts of an attempt that died before it could say so is not asked to do it again", async () => {
    const { world, key, message, sent } = await smallWorld({ ...ranged(body), cutAfter: 25 });
    await fill(message, 1, world);
    world.origin.answers.set(URL_A, ranged(body));
    const ledger = { ...world.ledger, publish: () => Promise.reject(new Error("no")) };
    expect(await fill(message, 2, { ...world, ledger })).toEqual({ retryInSeconds: 2 });
    const [name] = [...world.store.objects.keys()];
    const asked = sent.bytes;
    expect(await fill(message, 3, world)).toEqual(DONE);
    expect([...world.store.objects.keys()]).toEqual([name]);
    expect(sent.bytes).toBe(asked);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", copy: { sha256: sha256(body) } });
  });

  it("joined parts whose copy was published, though the index did not hear of it, is told of no failure", async () => {
    const { world, key, message } = await smallWorld({ ...ranged(body), cutAfter: 25 });
    await fill(message, 1, world);
    world.origin.answers.set(URL_A, ranged(body));
    const index = { ...world.index, put: () => Promise.reject(new Error("no")) };
    expect(await fill(message, 2, { ...world, index })).toEqual({ retryInSeconds: 2 });
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", failure: null });
    expect(await fill(message, 3, world)).toEqual(DONE);
    expect(storedIn(world)).toEqual({ objects: [sha256(body)], uploads: 0 });
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", failure: null });
  });

  it("joined a stream whose copy could not be published is left with no object that nobody knows", async () => {
    const { world, message } = await smallWorld(ranged(body));
    const ledger = { ...world.ledger, publish: () => Promise.reject(new Error("no")) };
    expect(await fill(message, 1, { ...world, ledger })).toEqual({ retryInSeconds: 1 });
    await consume([message], world);
    await world.settled();
    expect(storedIn(world)).toEqual({ objects: [sha256(body)], uploads: 0 });
  });
});

it("an object that takes more attempts than a fill has is stored all the same, since each comes further", async () => {
  const body = pattern(30 * PART);
  const url = presigned("https://bucket.s3.amazonaws.com/a.mp4", { expires: String(24 * 3600) });
  const { world, key, message } = await smallWorld({ ...ranged(body), cutAfter: PART + 5 }, { url });
  // An attempt has time for three parts.
  const gate: typeof world.gate = {
    ...world.gate,
    async partDone(...call) {
      world.clock.advance(5 * MINUTE);
      return await world.gate.partDone(...call);
    },
  };
  const outcomes = await consume([message], world, { ...world, gate });
  expect(outcomes.length).toBeGreaterThan(world.maxAttempts);
  // Only the stream that was cut counts: the queue gives up what comes back too often.
  expect(outcomes.filter((outcome) => "retryInSeconds" in outcome)).toEqual([{ retryInSeconds: 1 }]);
  expect(new Set(askedFor(world)).size).toBe(1 + 29);
  expect(storedIn(world)).toEqual({ objects: [sha256(body)], uploads: 0 });
  expect(await world.ledger.find(key)).toMatchObject({ state: "ready", failure: null });
});

it("a message that comes twice at once is worked on once", async () => {
  const { world, message, sent } = await smallWorld(ranged(pattern(60)));
  const outcomes = await consume([message, message, message], world);
  expect(outcomes.filter((outcome) => "done" in outcome).length).toBeGreaterThanOrEqual(3);
  expect(sent.bytes).toBe(60);
  expect(storedIn(world).uploads).toBe(0);
});
