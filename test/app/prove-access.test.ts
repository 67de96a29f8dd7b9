import { afterEach, describe, expect, it, vi } from "vitest";
import { accessProver, PROBE_BUDGET_MS } from "../../src/app/prove-access.ts";
import { type OriginUrl, readOriginUrl } from "../../src/core/origin-url/origin-url.ts";
import { ALLOWED_FOR_MS, DENIED_FOR_MS } from "../../src/core/probe-verdict.ts";
import { MINUTE, NOON, presigned, SECOND, tenantId } from "../core/samples.ts";
import type { OriginScript } from "../fakes/origin.ts";
import { quiet } from "./quiet.ts";
import { ACME, HELLO, hanging, makeWorld, passingTime, reported, URL_A, useFakeTimers, type World } from "./world.ts";

const REFUSED: OriginScript = { status: 403 };
const PLAIN = "https://bucket.s3.amazonaws.com/plain.mp4";
/** Ends in 2286. */
const NEVER = `${PLAIN}?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=9999999999&Signature=c2lnbmF0dXJl`;
/** Signed at noon, lives a minute. */
const SHORT = presigned("https://bucket.s3.amazonaws.com/a.mp4", { expires: "60" });

function urlOf(text: string): OriginUrl {
  const url = readOriginUrl(text);
  if (typeof url === "string") throw new Error(url);
  return url;
}

const prove = ({ prove }: World, text = URL_A, tenant = ACME.id) => prove(tenant, urlOf(text));

afterEach(() => {
  vi.useRealTimers();
});

describe("proof of access", () => {
  it("is the origin's yes, with the length and version that it tells", async () => {
    const world = makeWorld();
    expect(await prove(world)).toEqual({ allowed: true, size: 5, etag: '"hello-1"', askedAt: NOON });
    expect(world.origin.calls).toEqual([{ what: "probe", url: URL_A }]);
  });

  it.each([401, 403, 404, 302, 500, 503])("is not an answer of %d", async (status) => {
    const world = makeWorld();
    world.origin.answers.set(URL_A, { status });
    expect(await prove(world)).toEqual({ allowed: false });
  });

  it("is a yes for an empty object, too", async () => {
    const world = makeWorld();
    world.origin.answers.set(URL_A, { status: 200, headers: { "content-length": "0" } });
    expect(await prove(world)).toMatchObject({ allowed: true, size: 0 });
  });

  it("dates from when the origin was asked, not from when it answered", async () => {
    const world = makeWorld();
    world.origin.answers.set(URL_A, () => {
      world.clock.advance(SECOND);
      return HELLO;
    });
    expect(await prove(world)).toMatchObject({ askedAt: NOON });
  });
});

describe("a verdict", () => {
  it.each<[string, OriginScript, string, number]>([
    ["a yes holds five minutes", HELLO, URL_A, ALLOWED_FOR_MS],
    ["a yes holds no longer than the URL lives", HELLO, SHORT, MINUTE],
    ["a no holds half a minute", REFUSED, URL_A, DENIED_FOR_MS],
    ["a no holds half a minute for a URL without an end", REFUSED, PLAIN, DENIED_FOR_MS],
  ])("%s, and then the origin is asked again", async (_, answer, text, ms) => {
    const world = makeWorld();
    world.origin.answers.set(text, answer);
    const first = await prove(world, text);
    world.clock.advance(ms - 1);
    expect(await prove(world, text)).toEqual(first);
    expect(world.origin.calls).toHaveLength(1);
    world.clock.advance(1);
    await prove(world, text);
    expect(world.origin.calls).toHaveLength(2);
  });

  it.each([
    ["does not tell when it ends", PLAIN],
    ["ends in no lifetime", NEVER],
  ])("of yes is remembered for nobody when the URL %s: it may be withdrawn at any moment", async (_, text) => {
    const world = makeWorld();
    world.origin.answers.set(text, HELLO);
    expect(await prove(world, text)).toMatchObject({ allowed: true });
    expect(await prove(world, text)).toMatchObject({ allowed: true });
    world.origin.answers.set(text, REFUSED);
    expect(await prove(world, text)).toEqual({ allowed: false });
    expect(world.origin.calls).toHaveLength(3);
  });

  it("may turn when it is asked for again", async () => {
    const world = makeWorld();
    expect(await prove(world)).toMatchObject({ allowed: true });
    world.origin.answers.set(URL_A, REFUSED);
    world.clock.advance(ALLOWED_FOR_MS);
    expect(await prove(world)).toEqual({ allowed: false });
  });

  it.each([
    ["signature", presigned("https://bucket.s3.amazonaws.com/a.mp4", { signature: "0".repeat(64) })],
    ["object", presigned("https://bucket.s3.amazonaws.com/b.mp4")],
    ["spelling", presigned("https://bucket.s3.amazonaws.com/%61.mp4")],
    ["parameter", `${URL_A}&versionId=1`],
    ["absence of a signature", "https://bucket.s3.amazonaws.com/a.mp4"],
  ])("says nothing of a URL with another %s", async (_, text) => {
    const world = makeWorld();
    world.origin.answers.set(text, REFUSED);
    expect(await prove(world)).toMatchObject({ allowed: true });
    expect(await prove(world, text)).toEqual({ allowed: false });
    expect(world.origin.calls.map(({ url }) => url)).toEqual([URL_A, text]);
  });

  it("says nothing to another tenant", async () => {
    const world = makeWorld();
    await prove(world);
    world.origin.answers.set(URL_A, REFUSED);
    expect(await prove(world, URL_A, tenantId("other"))).toEqual({ allowed: false });
    expect(world.origin.calls).toHaveLength(2);
  });
});

describe("several who ask for one URL", () => {
  /** Asks all at once; the origin answers when every one of them waits. */
  async function together(...asks: ((world: World) => Promise<unknown>)[]) {
    const world = makeWorld();
    const answer = Promise.withResolvers<OriginScript>();
    world.origin.answers.set(URL_A, () => answer.promise);
    const asked = asks.map((ask) => ask(world));
    await quiet();
    answer.resolve(HELLO);
    expect(await Promise.all(asked)).toEqual(asks.map(() => expect.objectContaining({ allowed: true })));
    return world.origin.calls.length;
  }

  it("wait for one answer", async () => {
    expect(await together(prove, prove, prove)).toBe(1);
  });

  it("wait for one answer where the URL does not tell when it ends, too, and the next one asks anew", async () => {
    const world = makeWorld();
    const answer = Promise.withResolvers<OriginScript>();
    world.origin.answers.set(PLAIN, () => answer.promise);
    const asked = [prove(world, PLAIN), prove(world, PLAIN)];
    await quiet();
    answer.resolve(HELLO);
    expect(await Promise.all(asked)).toMatchObject([{ allowed: true }, { allowed: true }]);
    expect(world.origin.calls).toHaveLength(1);
    await prove(world, PLAIN);
    expect(world.origin.calls).toHaveLength(2);
  });

  it("get an answer for each tenant", async () => {
    expect(await together(prove, (world) => prove(world, URL_A, tenantId("other")))).toBe(2);
  });
});

describe("an origin that does not say", () => {
  it("by failing leaves no verdict, now or later, and the next one asks again", async () => {
    const world = makeWorld();
    world.origin.answers.set(URL_A, { status: 0, error: new Error("connection refused") });
    expect(await prove(world)).toBeNull();
    expect(reported(world)).toEqual(["probe"]);
    world.origin.answers.set(URL_A, HELLO);
    expect(await prove(world)).toMatchObject({ allowed: true });
  });

  it("in time leaves no verdict, and nobody waits longer", async () => {
    const world = makeWorld();
    const hangs = accessProver(hanging(world.origin), world.clock, world.report);
    useFakeTimers();
    const { value, ms } = await passingTime(prove({ ...world, prove: hangs }));
    expect({ value, ms }).toEqual({ value: null, ms: PROBE_BUDGET_MS });
    expect(reported(world)).toEqual(["probe"]);
  });

  it("in time is asked again by the next: nobody waits for an answer that will not come", async () => {
    const world = makeWorld();
    const probe = vi.fn(() => new Promise<never>(() => {}));
    const origin = { ...world.origin, probe };
    const parts = { ...world, prove: accessProver(origin, world.clock, world.report) };
    useFakeTimers();
    await passingTime(prove(parts));
    await passingTime(prove(parts));
    expect(probe).toHaveBeenCalledTimes(2);
  });

  it("is given up: its signal says so", async () => {
    const world = makeWorld();
    const limit = new AbortController();
    const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(limit.signal);
    world.origin.answers.set(URL_A, () => new Promise(() => {}));
    const asked = prove(world);
    limit.abort(new DOMException("too slow", "TimeoutError"));
    expect(await asked).toBeNull();
    expect(timeout).toHaveBeenCalledExactlyOnceWith(PROBE_BUDGET_MS);
    timeout.mockRestore();
  });
});
