import { describe, expect, it } from "vitest";
import { HELD_BYTES } from "../../src/app/hold-bytes.ts";
import { AUTO_BYTES, MOST_BYTES, passThrough } from "../../src/app/pass-through.ts";
import { purgeSelection } from "../../src/app/purge-selection.ts";
import { requestFill } from "../../src/app/request-fill.ts";
import { keyText } from "../../src/core/entry-key.ts";
import type { FillMode, Tenant } from "../../src/core/tenant.ts";
import { MINUTE, NOON } from "../core/samples.ts";
import type { OriginScript } from "../fakes/origin.ts";
import { bytesOf, download, MIB, passingWorld, STREAMING, wishFor } from "./passing.ts";
import { text } from "./wanted.ts";
import { beforehand, fillAll, HELLO, isClaimed, reported, tracesOf, URL_A, utf8 } from "./world.ts";

const ETAG = { etag: '"v1"', "accept-ranges": "bytes" };
const inMode = (mode: FillMode): Tenant => ({ ...STREAMING, fill: { ...STREAMING.fill, mode } });

describe("a first download that passes through", () => {
  it.each([
    ["nothing", 0],
    ["one byte", 1],
    ["one part", 8 * MIB],
    ["one part and a byte", 8 * MIB + 1],
    ["several parts", 20 * MIB],
  ])("brings %s, and leaves a copy of it: the origin was asked once", async (_, length) => {
    const body = bytesOf(length);
    const { world, key, parts, wish } = await passingWorld({ status: 200, headers: ETAG, body });
    expect((await download(wish, parts))?.length).toBe(length);
    await world.settled();
    expect(await world.index.get(key)).toMatchObject({ state: "ready", copy: { size: length, originEtag: '"v1"' } });
    const { generation } = (await world.ledger.find(key))?.copy ?? {};
    expect(Buffer.from(world.store.objects.get(`${keyText(key)}/${generation}`)?.bytes ?? []).equals(body)).toBe(true);
    expect(world.origin.calls).toEqual([{ what: "open", url: URL_A, fields: {} }]);
    expect([world.queue.messages, isClaimed(world, key), world.reports]).toEqual([[], false, []]);
    expect(world.store.uploads.size).toBe(0);
  });

  it.each([0, 5, 8 * MIB, 17 * MIB])("brings %i bytes of which nobody said how many they are", async (length) => {
    const headers = { "content-length": null, "transfer-encoding": "chunked" };
    const { world, key, parts, wish } = await passingWorld({ status: 200, headers, body: bytesOf(length) });
    expect((await download(wish, parts))?.length).toBe(length);
    await world.settled();
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", copy: { size: length } });
  });

  it("begins no fill before what must be noted is noted", async () => {
    const { world, key, parts, source } = await passingWorld();
    const noted = Promise.withResolvers<void>();
    const got = await download(wishFor(source, STREAMING, { first: noted.promise }), parts);
    expect([text(got ?? undefined), world.ledger.rows.size]).toEqual(["hello", 0]);
    noted.resolve();
    await world.settled();
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready" });
  });

  it.each(["hard", "soft"])(
    "is not kept where a %s purge of everything came since the origin was asked",
    async (kind) => {
      const { world, key, parts, wish } = await passingWorld();
      const by = { actor: "tenant", address: null, requestId: "purge" } as const;
      const purging = { selection: { by: "all" }, soft: kind === "soft" } as const;
      const gate = beforehand(world.gate, "claimMany", () => purgeSelection(STREAMING.id, purging, by, world));
      expect(text((await download(wish, { ...parts, gate })) ?? undefined)).toBe("hello");
      await world.settled();
      expect(await world.ledger.find(key)).toMatchObject({ state: "filling", copy: null });
      world.origin.answers.set(URL_A, { ...HELLO, body: utf8("newer") });
      await fillAll(world);
      const { generation } = (await world.ledger.find(key))?.copy ?? {};
      expect(text(world.store.objects.get(`${keyText(key)}/${generation}`)?.bytes)).toBe("newer");
    },
  );

  it("is kept where the last purge was long before", async () => {
    const { world, key, parts, wish } = await passingWorld();
    await world.withdrawals.notePurging(STREAMING.id, NOON - MINUTE);
    await download(wish, parts);
    await world.settled();
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready" });
  });

  it("is left to the queue where nobody can say whether there was a purge", async () => {
    const { world, key, parts, wish } = await passingWorld();
    const withdrawals = { ...world.withdrawals, read: async () => Promise.reject(new Error("down")) };
    await download(wish, { ...parts, withdrawals });
    await world.settled();
    expect(await world.ledger.find(key)).toMatchObject({ state: "filling" });
    await fillAll(world);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready" });
  });

  it("is not kept where somebody else fills already, and leaves that alone", async () => {
    const { world, key, parts, wish } = await passingWorld({ ...HELLO, body: bytesOf(20 * MIB) });
    await requestFill(wish.request, world);
    expect((await download(wish, parts))?.length).toBe(20 * MIB);
    await world.settled();
    expect(tracesOf(world, key)).toEqual([]);
    await fillAll(world);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready" });
  });

  it("passes unkept where the isolate has no room, and the fill is queued", async () => {
    const { world, parts, wish, held } = await passingWorld();
    const release = held.reserve(HELD_BYTES);
    expect(text((await download(wish, parts)) ?? undefined)).toBe("hello");
    await world.settled();
    expect([world.store.objects.size, world.queue.messages.length]).toEqual([0, 1]);
    release?.();
    await fillAll(world);
    expect(world.store.objects.size).toBe(1);
  });

  it("gives its room back when it has ended", async () => {
    const { world, parts, wish, held } = await passingWorld();
    await download(wish, parts);
    await world.settled();
    expect(held.reserve(HELD_BYTES)).not.toBeNull();
  });
});

describe("a range", () => {
  it("passes as the origin sends it, and the whole is queued", async () => {
    const { world, parts, source } = await passingWorld();
    const passed = await passThrough(wishFor(source, STREAMING, { range: "bytes=1-3" }), parts);
    expect([passed?.answer.status, passed?.answer.header("content-range")]).toEqual([206, "bytes 1-3/5"]);
    expect(await new Response(passed?.body).text()).toBe("ell");
    await world.settled();
    expect([world.store.objects.size, world.queue.messages.length]).toEqual([0, 1]);
  });

  it("that the origin answers with the whole is kept", async () => {
    const { world, key, parts, source } = await passingWorld({ ...HELLO, ranges: false });
    expect(text((await download(wishFor(source, STREAMING, { range: "bytes=1-3" }), parts)) ?? undefined)).toBe(
      "hello",
    );
    await world.settled();
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready" });
    expect(world.queue.messages).toEqual([]);
  });

  it("beyond the end is for the origin to tell", async () => {
    const { parts, source } = await passingWorld();
    expect(await passThrough(wishFor(source, STREAMING, { range: "bytes=5-" }), parts)).toBeNull();
  });
});

describe("an origin that has something else to say", () => {
  it.each<[string, OriginScript]>([
    ["403", { status: 403, body: utf8("<Error/>") }],
    ["404", { status: 404 }],
    ["500", { status: 500 }],
    ["304", { status: 304 }],
    ["a part that nobody asked for", { ...HELLO, status: 206 }],
    ["a redirect to a foreign host", { status: 302, headers: { location: "https://evil.example/" } }],
    ["nothing, the connection is lost", { status: 200, error: new Error("Network connection lost.") }],
  ])("%s is asked by the client itself, and the fill finds out the rest", async (_, script) => {
    const { world, parts, wish } = await passingWorld(script);
    expect(await passThrough(wish, parts)).toBeNull();
    await world.settled();
    expect(world.queue.messages).toHaveLength(1);
  });

  it.each<[string, Record<string, string>]>([
    ["no-store", { "cache-control": "no-store" }],
    ["Vary", { vary: "cookie" }],
    ["HTML", { "content-type": "text/html" }],
  ])("%s is passed, not kept, and not filled either", async (_, headers) => {
    const { world, parts, wish } = await passingWorld({ ...HELLO, headers });
    expect(text((await download(wish, parts)) ?? undefined)).toBe("hello");
    await world.settled();
    expect([world.store.objects.size, world.queue.messages, world.ledger.rows.size]).toEqual([0, [], 0]);
  });

  it.each([5, 9 * MIB, 17 * MIB])("%i bytes, more than the tenant stores, which nobody said before", async (length) => {
    const tenant = { ...STREAMING, fill: { ...STREAMING.fill, maxObjectBytes: length - 1 } };
    const headers = { "content-length": null, "transfer-encoding": "chunked" };
    const { world, key, parts, wish } = await passingWorld({ status: 200, headers, body: bytesOf(length) }, tenant);
    expect(await download(wish, parts)).toHaveLength(length);
    await world.settled();
    expect([tracesOf(world, key), world.queue.messages.length]).toEqual([[], 1]);
    await fillAll(world);
    expect(await world.ledger.find(key)).toMatchObject({ state: "failed", failure: { code: "TOO_LARGE" } });
  });

  it("more than the tenant stores is passed", async () => {
    const tenant = { ...STREAMING, fill: { ...STREAMING.fill, maxObjectBytes: 4 } };
    const { world, parts, wish } = await passingWorld(HELLO, tenant);
    expect(text((await download(wish, parts)) ?? undefined)).toBe("hello");
    await world.settled();
    expect(world.store.objects.size).toBe(0);
  });
});

describe("an object", () => {
  it.each<[FillMode, number, boolean]>([
    ["auto", AUTO_BYTES, true],
    ["auto", AUTO_BYTES + 1, false],
    ["stream", AUTO_BYTES + 1, true],
    ["stream", MOST_BYTES, true],
    ["stream", MOST_BYTES + 1, false],
  ])("in mode %s of %i bytes passes: %s", async (mode, length, passes) => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      cancel() {
        cancelled = true;
      },
    });
    const script = { status: 200, headers: { ...ETAG, "content-length": String(length) }, body };
    const { world, parts, wish } = await passingWorld(script, inMode(mode));
    const passed = await passThrough(wish, parts);
    expect([passed !== null, cancelled]).toEqual([passes, !passes]);
    if (passes) return;
    await world.settled();
    expect([world.queue.messages.length, reported(world)]).toEqual([1, []]);
  });
});
