import { afterEach, describe, expect, it, vi } from "vitest";
import { fill } from "../../src/app/fill.ts";
import { fillMessage, offerOf } from "../../src/app/fill-request.ts";
import { purge } from "../../src/app/purge.ts";
import type { FillMessage } from "../../src/core/fills/fill-message.ts";
import { MINUTE, NOON, presigned, SECOND } from "../core/samples.ts";
import type { OriginScript } from "../fakes/origin.ts";
import { askedFor, pattern, ranged, sha256, smallWorld, storedIn } from "./small-parts.ts";
import { bodyWith, DONE, opens, wantedWorld } from "./wanted.ts";
import {
  fillAll,
  generationOf,
  HELLO,
  IDLE_MS,
  isClaimed,
  LEASE_MS,
  onlyMessage,
  passingTime,
  reported,
  sourceOf,
  tracesOf,
  URL_A,
  URL_B,
  useFakeTimers,
  utf8,
  want,
} from "./world.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("an origin that will not do", () => {
  it.each<[string, OriginScript, string]>([
    ["401", { status: 401 }, "ORIGIN_REFUSED"],
    ["403", { status: 403, body: utf8("<Error>SignatureDoesNotMatch</Error>") }, "ORIGIN_REFUSED"],
    ["404", { status: 404, body: utf8("no such key") }, "ORIGIN_NOT_FOUND"],
    ["410", { status: 410 }, "ORIGIN_NOT_FOUND"],
    ["a foreign redirect", { status: 302, headers: { location: "https://evil.example/" } }, "REDIRECT_NOT_ALLOWED"],
    ["a redirect to nowhere", { status: 302 }, "REDIRECT_REFUSED"],
    ["a choice", { status: 300 }, "ORIGIN_STATUS"],
    ["a part", { ...HELLO, status: 206 }, "ORIGIN_STATUS"],
    ["no content", { status: 204 }, "ORIGIN_STATUS"],
    ["400", { status: 400 }, "ORIGIN_STATUS"],
    ["another answer for each client", { ...HELLO, headers: { vary: "Cookie" } }, "VARIES"],
    ["a body of unknown length", { ...HELLO, headers: { "content-length": null } }, "LENGTH_UNKNOWN"],
    ["a length in words", { ...HELLO, headers: { "content-length": "five" } }, "LENGTH_UNKNOWN"],
    ["a ban on storing it", { ...HELLO, headers: { "cache-control": "no-store" } }, "NOT_STORABLE"],
    ["HTML", { ...HELLO, headers: { "content-type": "text/html; charset=utf-8" } }, "HTML_NOT_STORED"],
    ["an object too large", { ...HELLO, headers: { "content-length": String(2 ** 50) } }, "TOO_LARGE"],
  ])("with %s ends the fill: failed, and not tried again", async (_, script, code) => {
    const { world, key, message } = await wantedWorld(script);
    expect(await fill(message, 1, world)).toEqual(DONE);
    expect(await world.ledger.find(key)).toMatchObject({ state: "failed", failure: { code } });
    expect(tracesOf(world, key)).toEqual([]);
    expect(isClaimed(world, key)).toBe(false);
    expect(await fill(message, 2, world)).toEqual(DONE);
    expect(opens(world)).toBe(1);
    expect(reported(world)).toEqual(["fill"]);
  });

  it.each<[string, OriginScript, string]>([
    ["500", { status: 500 }, "ORIGIN_ERROR"],
    ["503", { status: 503, body: utf8("SlowDown") }, "ORIGIN_BUSY"],
    ["429", { status: 429 }, "ORIGIN_BUSY"],
    ["408", { status: 408 }, "ORIGIN_ERROR"],
    ["no answer", { status: 0, error: new Error("connect ECONNREFUSED 10.0.0.1:443") }, "INTERRUPTED"],
    ["a body too short", { ...HELLO, headers: { "content-length": "6" } }, "WRONG_LENGTH"],
    ["a body too long", { ...HELLO, headers: { "content-length": "4" } }, "WRONG_LENGTH"],
    ["a body where nothing was announced", { ...HELLO, headers: { "content-length": "0" } }, "WRONG_LENGTH"],
    ["no body where one was announced", { status: 200, headers: { "content-length": "4" } }, "WRONG_LENGTH"],
  ])("now with %s is asked again later, and serves then", async (_, script, code) => {
    const { world, key, message } = await wantedWorld(script);
    expect(await fill(message, 1, world)).toEqual({ retryInSeconds: 1 });
    expect(await world.ledger.find(key)).toMatchObject({ state: "filling", failure: { code } });
    expect(tracesOf(world, key)).toEqual([]);
    expect(isClaimed(world, key)).toBe(true);
    world.origin.answers.set(URL_A, HELLO);
    // A busy origin is left alone for five.
    world.clock.advance(5 * SECOND);
    expect(await fill(message, 2, world)).toEqual(DONE);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", failure: null });
    expect(tracesOf(world, key)).toHaveLength(3);
  });

  it("is asked after growing delays, spread by chance", async () => {
    const { world, message } = await wantedWorld({ status: 500 });
    const delays = async (random: number) => {
      const outcomes = [];
      for (const attempt of [1, 2, 3, 4, 20])
        outcomes.push(await fill(message, attempt, { ...world, random: () => random }));
      return outcomes.map((outcome) => "retryInSeconds" in outcome && outcome.retryInSeconds);
    };
    expect(await delays(0)).toEqual([1, 2, 4, 8, 450]);
    expect(await delays(0.999)).toEqual([2, 4, 8, 16, 900]);
  });

  it("leaves a copy that is there", async () => {
    const { world, source, key, message } = await wantedWorld();
    await fill(message, 1, world);
    const generation = await generationOf(world, key);
    await world.ledger.markStale(key, generation, NOON);
    world.origin.answers.set(URL_A, { status: 403 });
    await want(source, world);
    await fillAll(world);
    expect(await world.ledger.find(key)).toMatchObject({ state: "stale", copy: { generation } });
    expect(world.store.objects.size).toBe(1);
  });

  it("tells the tenant nothing of our insides, and the operator what happened", async () => {
    const error = new Error("connect ECONNREFUSED 10.0.0.1:443");
    const { world, key, message } = await wantedWorld({ status: 0, error });
    await fill(message, 1, world);
    const failure = { code: "INTERRUPTED", message: "The fill broke off." };
    expect(await world.ledger.find(key)).toMatchObject({ failure });
    expect(world.reports).toEqual([{ what: "fill", error }]);
  });

  it("has its unread body let go", async () => {
    const cancel = vi.fn();
    const { world, message } = await wantedWorld({ status: 503, body: new ReadableStream({ cancel }) });
    await fill(message, 1, world);
    expect(cancel).toHaveBeenCalledOnce();
  });
});

describe("a body", () => {
  const FIVE = { ...HELLO, headers: { "content-length": "5" } };
  const PARTS = { ...HELLO, headers: { "content-length": String(2 ** 27) } };

  it.each([
    ["that is cut", FIVE],
    ["that is cut, in parts", PARTS],
  ])("%s leaves nothing behind, and is asked for again", async (_, script) => {
    const { world, key, message } = await wantedWorld();
    const body = bodyWith((controller) => controller.error(new Error("connection lost")));
    world.origin.answers.set(URL_A, { ...script, body });
    expect(await fill(message, 1, world)).toEqual({ retryInSeconds: 1 });
    expect(tracesOf(world, key)).toEqual([]);
    expect(world.store.uploads.size).toBe(0);
    expect(await world.ledger.find(key)).toMatchObject({ state: "filling", failure: { code: "INTERRUPTED" } });
  });

  it("that stalls is given up in time, leaves nothing behind, and is asked for again", async () => {
    const { world, key, message } = await wantedWorld();
    const stalled = Promise.withResolvers<void>();
    const body = bodyWith(() => {
      stalled.resolve();
      return new Promise(() => {});
    });
    world.origin.answers.set(URL_A, { ...FIVE, body });
    useFakeTimers();
    const outcome = fill(message, 1, world);
    await stalled.promise;
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    expect(await outcome).toEqual({ retryInSeconds: 1 });
    expect(tracesOf(world, key)).toEqual([]);
    expect(await world.ledger.find(key)).toMatchObject({ state: "filling", failure: { code: "STALLED" } });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("that never begins, since the origin does not answer, is given up in time", async () => {
    const { world, key, message } = await wantedWorld();
    world.origin.answers.set(URL_A, () => new Promise(() => {}));
    useFakeTimers();
    const { value, ms } = await passingTime(fill(message, 1, world));
    expect(value).toEqual({ retryInSeconds: 1 });
    expect(ms).toBe(IDLE_MS);
    expect(await world.ledger.find(key)).toMatchObject({ state: "filling", failure: { code: "STALLED" } });
  });

  it("that comes too slowly for an attempt is given up between two parts, which are kept", async () => {
    const { world, key, message } = await smallWorld(ranged(pattern(35)));
    const slow: typeof world.gate = {
      ...world.gate,
      async partDone(...call) {
        world.clock.advance(14 * MINUTE);
        return await world.gate.partDone(...call);
      },
    };
    expect(await fill(message, 1, { ...world, gate: slow })).toEqual({ retryInSeconds: 1 });
    expect(await world.ledger.find(key)).toMatchObject({ state: "filling", failure: { code: "TIMEOUT" } });
    expect(await fill(message, 2, world)).toEqual(DONE);
    expect(askedFor(world)).toEqual([null, 10, 20, 30]);
    expect(storedIn(world)).toEqual({ objects: [sha256(pattern(35))], uploads: 0 });
  });

  it("that stalls is given up when a purge has come: the lease tells", async () => {
    const { world, key, message } = await wantedWorld();
    const stalled = Promise.withResolvers<void>();
    const body = bodyWith(() => {
      stalled.resolve();
      return new Promise(() => {});
    });
    world.origin.answers.set(URL_A, { ...FIVE, body });
    useFakeTimers();
    const outcome = fill(message, 1, world);
    await stalled.promise;
    await purge(key, "asked", world);
    await vi.advanceTimersByTimeAsync(LEASE_MS / 3);
    expect(await outcome).toEqual(DONE);
    expect(tracesOf(world, key)).toEqual([]);
    expect(await world.ledger.find(key)).toMatchObject({ state: "purged", failure: null });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a URL that cannot be used any more", () => {
  /** The entry is noted, as a preload does, before the fill begins. */
  async function notedWorld() {
    const made = await wantedWorld();
    const { world, key, source, message } = made;
    const note = { ...source, fence: message.fence, boundTo: source.identity, trusted: true, sourceUrl: "" };
    await world.ledger.noteFills([{ ...note, expiresAt: null, tags: [] }], NOON);
    return { ...made, key };
  }

  it("because it has expired ends the fill, and no origin is asked", async () => {
    const { world, key, source, message } = await notedWorld();
    const url = presigned("https://bucket.s3.amazonaws.com/a.mp4", { expires: "60" });
    const boundTo = source.identity;
    const wanted = {
      key,
      publicKey: "a",
      boundTo,
      url,
      trusted: true,
      expiresAt: null,
      tags: [],
      requestId: "request",
    };
    const ending = { ...wanted, urlEndsAt: NOON + MINUTE };
    const short = fillMessage(ending, await offerOf(ending, world.ring), message.fence);
    world.clock.advance(MINUTE);
    expect(await fill(short, 1, world)).toEqual(DONE);
    expect(await world.ledger.find(key)).toMatchObject({ state: "failed", failure: { code: "URL_EXPIRED" } });
    expect(world.origin.calls).toEqual([]);
    expect(isClaimed(world, key)).toBe(false);
  });

  it.each<[string, (message: FillMessage) => string]>([
    ["that was cut", ({ sealedUrl }) => sealedUrl.slice(4)],
    ["that was changed", ({ sealedUrl }) => sealedUrl.replace(/.$/, (last) => (last === "A" ? "E" : "A"))],
    ["that is none", () => "clear"],
  ])("because it is a sealed text %s ends the fill, and no origin is asked", async (_, change) => {
    const { world, key, message } = await notedWorld();
    expect(await fill({ ...message, sealedUrl: change(message) }, 1, world)).toEqual(DONE);
    expect(await world.ledger.find(key)).toMatchObject({ state: "failed", failure: { code: "URL_UNREADABLE" } });
    expect(world.origin.calls).toEqual([]);
    expect(isClaimed(world, key)).toBe(false);
  });

  it("because it was sealed for another entry ends the fill, and no origin is asked", async () => {
    const { world, key, message } = await notedWorld();
    await want(await sourceOf(URL_B), world);
    const { sealedUrl } = onlyMessage(world);
    expect(await fill({ ...message, sealedUrl }, 1, world)).toEqual(DONE);
    expect(await world.ledger.find(key)).toMatchObject({ failure: { code: "URL_UNREADABLE" } });
    expect(world.origin.calls).toEqual([]);
  });
});
