import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { passThrough } from "../../src/app/pass-through.ts";
import { resolve } from "../../src/app/resolve.ts";
import { keyText } from "../../src/core/entry-key.ts";
import type { OriginScript } from "../fakes/origin.ts";
import { consume } from "./consuming.ts";
import { bytesOf, download, MIB, passingWorld } from "./passing.ts";
import { pattern, ranged, SMALL, sha256, smallWorld, storedIn } from "./small-parts.ts";
import { wantedWorld } from "./wanted.ts";
import {
  ACME,
  fillAll,
  generationOf,
  isClaimed,
  LEASE_MS,
  makeWorld,
  onlyMessage,
  sourceOf,
  tracesOf,
  URL_A,
  useFakeTimers,
  want,
} from "./world.ts";

// The rows of THREATS that concern how bytes come into a copy, from the queue or while a download passes through.

describe("THREATS 10: no part of an object is taken for the object, or for part of another", () => {
  const part: OriginScript = {
    status: 206,
    headers: { "content-range": "bytes 0-4/5", etag: '"v1"' },
    body: pattern(5),
  };

  it("THREATS 10: a 206 is never stored as the object, though it says that it has all bytes", async () => {
    const filled = await wantedWorld(part);
    await consume([filled.message], filled.world);
    expect(filled.world.store.objects.size).toBe(0);
    const passed = await passingWorld(part);
    expect(await download(passed.wish, passed.parts)).toBeNull();
    expect(await download({ ...passed.wish, range: "bytes=0-" }, passed.parts)).toHaveLength(5);
    await passed.world.settled();
    expect(passed.world.store.objects.size).toBe(0);
  });

  const before = pattern(455);
  it.each<[string, OriginScript]>([
    ["another ETag", ranged(pattern(455, 7), { etag: '"v2"' })],
    ["another total under the same ETag", ranged(pattern(465, 7))],
  ])("THREATS 10: once an object has %s, none of its parts joins those from before", async (_, after) => {
    const { world, message } = await smallWorld(ranged(before));
    let calls = 0;
    world.origin.answers.set(URL_A, () => (++calls > 12 ? after : ranged(before)));
    await consume([message], world);
    await world.settled();
    const { objects, uploads } = storedIn(world);
    const whole = [sha256(before), sha256(after.body as Uint8Array)];
    expect([objects.every((digest) => whole.includes(digest)), uploads, calls > 12]).toEqual([true, 0, true]);
  });
});

describe("THREATS 15: what comes in a coding stays as it came", () => {
  // Made up: whoever decoded it would fail.
  const body = bytesOf(133);
  const gzip: OriginScript = { status: 200, headers: { "content-encoding": "gzip", etag: '"v1"' }, body };

  it.each(["from the queue", "while it passes"])(
    "THREATS 15: a gzip body keeps its bytes and length: %s",
    async (way) => {
      const { world, key, wish, parts, source } = await passingWorld(gzip);
      if (way === "from the queue") {
        await want(source, world);
        await fillAll(world);
      } else {
        expect(await download(wish, parts)).toEqual(body);
        await world.settled();
      }
      const object = world.store.objects.get(`${keyText(key)}/${await generationOf(world, key)}`);
      expect([object?.bytes, object?.headers.contentEncoding]).toEqual([body, "gzip"]);
      expect(await world.ledger.find(key)).toMatchObject({ copy: { size: 133 } });
    },
  );
});

describe("THREATS 16: a body that may not be whole is never published", () => {
  const stream = () => new Blob([pattern(30)]).stream() as ReadableStream<Uint8Array<ArrayBuffer>>;
  const bodies: [string, () => OriginScript][] = [
    ["cut", () => ({ ...ranged(pattern(35)), cutAfter: 5 })],
    ["cut, where it cannot be gone on with", () => ({ ...ranged(pattern(35), { etag: null }), cutAfter: 30 })],
    ["shorter than its length", () => ({ ...ranged(pattern(35), { "content-length": "35" }), body: stream() })],
    ["ended by its connection", () => ({ ...ranged(pattern(35), { "content-length": null }), body: stream() })],
  ];

  it.each(bodies)("THREATS 16: one that is %s, from the queue", async (_, script) => {
    const { world, key, message } = await smallWorld(script());
    world.origin.answers.set(URL_A, script);
    await consume([message], world);
    await world.settled();
    expect([tracesOf(world, key), storedIn(world).objects]).toEqual([[], []]);
  });

  it.each(bodies)("THREATS 16: one that is %s, while it passes", async (_, script) => {
    const { world, key, wish, parts } = await passingWorld(script());
    await download(wish, parts).catch(() => {});
    await world.settled();
    expect([tracesOf(world, key), world.store.objects.size]).toEqual([[], 0]);
  });
});

describe("THREATS 18: a holder that died blocks nobody for longer than its lease", () => {
  beforeEach(useFakeTimers);
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each(["a consumer", "a Worker that passed a download through"])("THREATS 18: %s", async (who) => {
    const { world, key, source, wish, parts } = await passingWorld();
    if (who === "a consumer") {
      await want(source, world);
      const { fence } = onlyMessage(world);
      await world.gate.begin(key, { fence, lane: 0, holder: "dead" });
    } else {
      const dying = Promise.withResolvers<void>();
      const find = () => {
        dying.resolve();
        return new Promise<never>(() => {});
      };
      await passThrough(wish, { ...parts, ledger: { ...world.ledger, find } });
      await dying.promise;
    }
    world.clock.advance(LEASE_MS - 1);
    await want(source, world);
    expect([isClaimed(world, key), world.queue.messages.length]).toEqual([true, 0]);
    world.clock.advance(1);
    await want(source, world);
    await fillAll(world);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready" });
  });
});

describe("THREATS 19: a fill does not end with the client that began it", () => {
  it("THREATS 19: one from the queue is sent on, and waits for nobody", async () => {
    const world = makeWorld();
    const source = await sourceOf();
    const ask = { tenant: ACME, source, trusted: false, signed: null, method: "GET", requestId: "request" } as const;
    await resolve({ ...ask, credentialed: false, passing: null }, world);
    await world.settled();
    await fillAll(world);
    expect(await world.ledger.find(source.key)).toMatchObject({ state: "ready" });
  });

  it.each([SMALL.putBytes, 20 * MIB])(
    "THREATS 19: a download of %i bytes is kept though its client left",
    async (size) => {
      const body = bytesOf(size);
      const { world, key, wish, parts } = await passingWorld({ status: 200, headers: { etag: '"v1"' }, body });
      const passed = await passThrough(wish, parts);
      const reader = passed?.body?.getReader();
      await reader?.read();
      await reader?.cancel();
      await world.settled();
      const object = world.store.objects.get(`${keyText(key)}/${await generationOf(world, key)}`);
      expect(Buffer.from(object?.bytes ?? []).equals(body)).toBe(true);
      expect(world.queue.messages).toEqual([]);
    },
  );
});
