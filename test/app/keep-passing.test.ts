import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HELD_BYTES } from "../../src/app/hold-bytes.ts";
import { type PassParts, passThrough } from "../../src/app/pass-through.ts";
import { purge } from "../../src/app/purge.ts";
import { keyText } from "../../src/core/entry-key.ts";
import { bytesOf, download, MIB, passingWorld } from "./passing.ts";
import { quiet } from "./quiet.ts";
import {
  beforehand,
  failing,
  fillAll,
  generationOf,
  HELLO,
  hanging,
  isClaimed,
  passingTime,
  tracesOf,
  URL_A,
  useFakeTimers,
  type World,
} from "./world.ts";

const SIZE = 30 * MIB;
const BODY = bytesOf(SIZE);
const RESUMABLE = { status: 200, headers: { etag: '"v1"', "accept-ranges": "bytes" }, body: BODY };

const same = (got: Uint8Array | null | undefined) => got !== null && got !== undefined && Buffer.from(got).equals(BODY);

async function storedBytes(world: World, key: Parameters<typeof keyText>[0]): Promise<Uint8Array | undefined> {
  return world.store.objects.get(`${keyText(key)}/${await generationOf(world, key)}`)?.bytes;
}

afterEach(() => {
  vi.useRealTimers();
});

describe("a download that is kept on its way", () => {
  it("and breaks off at the origin is gone on with by the queue, which asks for what is missing", async () => {
    const { world, key, parts, wish } = await passingWorld({ ...RESUMABLE, cutAfter: 20 * MIB });
    await expect(download(wish, parts)).rejects.toThrow();
    await world.settled();
    expect([tracesOf(world, key), world.queue.messages.length]).toEqual([[], 1]);
    world.origin.answers.set(URL_A, RESUMABLE);
    await fillAll(world);
    expect(same(await storedBytes(world, key))).toBe(true);
    const [, ...again] = world.origin.calls.filter(({ what }) => what === "open");
    expect(again[0]?.fields).toMatchObject({ ifMatch: '"v1"', range: expect.stringMatching(/^bytes=16777216-/) });
  });

  it("and cannot be gone on with begins anew", async () => {
    const script = { ...RESUMABLE, headers: { etag: 'W/"v1"' } };
    const { world, key, parts, wish } = await passingWorld({ ...script, cutAfter: 20 * MIB });
    await expect(download(wish, parts)).rejects.toThrow();
    await world.settled();
    world.origin.answers.set(URL_A, script);
    await fillAll(world);
    await world.settled();
    expect(same(await storedBytes(world, key))).toBe(true);
    expect(world.store.uploads.size).toBe(0);
  });

  it("with another digest than was declared is not told of, and the queue tries it once more", async () => {
    const headers = { ...RESUMABLE.headers, "content-md5": "AAAAAAAAAAAAAAAAAAAAAA==" };
    for (const body of [BODY, bytesOf(100)]) {
      const { world, key, parts, wish } = await passingWorld({ ...RESUMABLE, headers, body });
      expect(await download(wish, parts)).toHaveLength(body.length);
      await world.settled();
      expect([tracesOf(world, key), world.queue.messages.map(({ spent }) => spent)]).toEqual([[], [1]]);
      await fillAll(world);
      expect(await world.ledger.find(key)).toMatchObject({ state: "failed", failure: { code: "DIGEST_MISMATCH" } });
    }
  });

  it.each(["before it is announced", "while it passes"])("and purged %s is not told of", async (when) => {
    const { world, key, parts, wish } = await passingWorld(RESUMABLE);
    const revoke = () => purge(key, "asked", world);
    const gate = beforehand(world.gate, "renew", revoke);
    const store = beforehand(world.store, "createMultipart", revoke);
    expect(same(await download(wish, { ...parts, ...(when === "while it passes" ? { store } : { gate }) }))).toBe(true);
    await world.settled();
    await fillAll(world);
    await world.settled();
    expect([tracesOf(world, key), world.store.uploads.size]).toEqual([[], 0]);
  });

  it("of what is there by now is not kept, and the index learns of it", async () => {
    const { world, key, parts, wish } = await passingWorld(HELLO);
    await download(wish, parts);
    await world.settled();
    const generation = await generationOf(world, key);
    world.index.entries.clear();
    await download(wish, parts);
    await world.settled();
    expect(await generationOf(world, key)).toBe(generation);
    expect(await world.index.get(key)).toMatchObject({ state: "ready" });
    expect(isClaimed(world, key)).toBe(false);
  });
});

describe("whatever of ours is down", () => {
  const broken: [string, (world: World) => Partial<PassParts>][] = [
    ["the gate", ({ gate }) => ({ gate: failing(gate) })],
    ["Postgres", ({ ledger }) => ({ ledger: failing(ledger) })],
    ["KV", ({ index }) => ({ index: failing(index) })],
    ["R2", ({ store }) => ({ store: failing(store) })],
    ["the queue", ({ queue }) => ({ queue: failing(queue) })],
    [
      "everything",
      ({ gate, ledger, index, store, queue }) => ({
        ...{ gate: failing(gate), ledger: failing(ledger), index: failing(index) },
        ...{ store: failing(store), queue: failing(queue) },
      }),
    ],
  ];

  it.each(broken)("%s: the client gets its bytes", async (_, breaking) => {
    const { world, key, parts, wish, held } = await passingWorld(RESUMABLE);
    expect(same(await download(wish, { ...parts, ...breaking(world) }))).toBe(true);
    await world.settled();
    const room = held.reserve(HELD_BYTES);
    expect(room).not.toBeNull();
    room?.();
    await fillAll(world);
    const again = await download(wish, parts);
    await world.settled();
    expect(same(again)).toBe(true);
    expect(same(await storedBytes(world, key))).toBe(true);
  });

  it.each(["ledger", "store"] as const)("the fill of a download whose %s failed is left to the queue", async (part) => {
    const { world, key, parts, wish } = await passingWorld(RESUMABLE);
    await download(wish, { ...parts, [part]: failing<object>(world[part]) });
    await world.settled();
    expect(world.queue.messages).toHaveLength(1);
    await fillAll(world);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready" });
  });

  it("a fill that was granted and could not be begun is left to the queue", async () => {
    const { world, key, parts, wish } = await passingWorld(RESUMABLE);
    expect(same(await download(wish, { ...parts, gate: failing(world.gate, "begin") }))).toBe(true);
    await world.settled();
    expect(world.queue.messages).toHaveLength(1);
    await fillAll(world);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready" });
  });

  it("a queue that takes nothing leaves the entry free to be filled", async () => {
    const { world, key, parts, wish } = await passingWorld(RESUMABLE);
    await download(wish, { ...parts, store: failing(world.store), queue: failing(world.queue) });
    await world.settled();
    expect(isClaimed(world, key)).toBe(false);
  });
});

describe("whatever of ours never answers", () => {
  beforeEach(useFakeTimers);

  it.each(["gate", "ledger", "store", "index", "queue"] as const)(
    "%s: the client gets its bytes, after a few seconds at most, and no memory is held",
    async (part) => {
      const { world, parts, wish, held } = await passingWorld(RESUMABLE);
      const { value, ms } = await passingTime(download(wish, { ...parts, [part]: hanging<object>(world[part]) }));
      expect(same(value)).toBe(true);
      expect(ms).toBeLessThanOrEqual(5_000);
      await vi.advanceTimersByTimeAsync(10_000);
      await quiet();
      expect(held.reserve(part === "index" || part === "queue" ? 0 : HELD_BYTES)).not.toBeNull();
    },
  );
});

describe("a client that leaves while the origin hangs", () => {
  it("leads to a copy all the same, of which the queue fetches what is missing", async () => {
    const chunks = [BODY.slice(0, 9 * MIB)];
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      async pull(controller) {
        const chunk = chunks.pop();
        if (chunk) controller.enqueue(chunk);
        else await new Promise(() => {});
      },
    });
    const headers = { ...RESUMABLE.headers, "content-length": String(SIZE) };
    const { world, key, parts, wish } = await passingWorld({ ...RESUMABLE, headers, body });
    const passed = await passThrough(wish, { ...parts, aloneMs: 10 });
    const reader = passed?.body?.getReader();
    for (let left = 9 * MIB; left > 0; ) left -= (await reader?.read())?.value?.length ?? 0;
    await reader?.cancel();
    await world.settled();
    world.origin.answers.set(URL_A, RESUMABLE);
    await fillAll(world);
    expect(same(await storedBytes(world, key))).toBe(true);
    expect(world.origin.calls.at(1)?.fields).toMatchObject({ ifMatch: '"v1"' });
  });
});
