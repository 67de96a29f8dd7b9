import { afterEach, describe, expect, it, vi } from "vitest";
import type { Delivery } from "../../src/app/deliver.ts";
import { toBase64Url } from "../../src/core/crypto/base64url.ts";
import { parseKeyRing } from "../../src/core/crypto/key-ring.ts";
import { type Link, linkToken } from "../../src/core/link.ts";
import { MINUTE, NOON } from "../core/samples.ts";
import { type Asked, ask, DATE, EARLIER, HEADERS, LATER, SHORT_LIVED, storedWorld } from "./stored-copy.ts";
import { failing, hanging, passingTime, reported, sourceOf, traced, URL_A, useFakeTimers, utf8 } from "./world.ts";

/** The status and, where there are any, the bytes; or the address that it leads to. */
async function plain(delivery: Delivery) {
  if ("location" in delivery) return { location: delivery.location };
  const { plan, body } = delivery;
  return { status: plan.status, text: body && (await new Response(body).text()) };
}

/** Where somebody goes who is not served, of a tenant that has said nothing of other origins' pages. */
const sentTo = (location: string): Delivery => ({ location, cors: null });

afterEach(() => {
  vi.useRealTimers();
});

describe("a link's copy", () => {
  it("comes whole, with all that was kept beside it, for as long as the link lives", async () => {
    const { world, link } = await storedWorld();
    world.clock.advance(MINUTE + 1);
    const delivery = await ask(world, link);
    expect(delivery).toMatchObject({
      plan: { status: 200, range: null, multipart: null, representation: { size: 10, headers: HEADERS } },
      terms: { maxAge: 59 * 60 - 1, from: "store", sha256: null },
    });
    expect(await plain(delivery)).toEqual({ status: 200, text: "0123456789" });
  });

  it("comes with one call to the store when nothing is asked of it but the whole", async () => {
    const { world, link } = await storedWorld();
    const log: string[] = [];
    await ask({ ...world, store: traced("store", world.store, log) }, link, { headers: { "If-Range": '"v0"' } });
    expect(log).toEqual(["store.get"]);
  });

  it.each<[string, Asked, number, string | null]>([
    ["a range", { headers: { Range: "bytes=2-4" } }, 206, "234"],
    ["the first byte", { headers: { Range: "bytes=0-0" } }, 206, "0"],
    ["the last bytes", { headers: { Range: "bytes=-3" } }, 206, "789"],
    ["from a byte on", { headers: { Range: "bytes=7-" } }, 206, "789"],
    ["a range past the end", { headers: { Range: "bytes=8-99" } }, 206, "89"],
    ["a range after the end", { headers: { Range: "bytes=10-" } }, 416, null],
    ["several ranges that are the whole", { headers: { Range: "bytes=0-5,4-9" } }, 200, "0123456789"],
    ["several ranges that are one", { headers: { Range: "bytes=4-5,1-3" } }, 206, "12345"],
    [
      "several ranges of another version",
      { headers: { Range: "bytes=0-1,3-4", "If-Range": '"v0"' } },
      200,
      "0123456789",
    ],
    ["a range in another unit", { headers: { Range: "lines=1-2" } }, 200, "0123456789"],
    ["a range of this very version", { headers: { Range: "bytes=0-1", "If-Range": '"v1"' } }, 206, "01"],
    ["a range of another version", { headers: { Range: "bytes=0-1", "If-Range": '"v0"' } }, 200, "0123456789"],
    ["a range of a version by its date", { headers: { Range: "bytes=0-1", "If-Range": DATE } }, 206, "01"],
    ["a range of an earlier date", { headers: { Range: "bytes=0-1", "If-Range": EARLIER } }, 200, "0123456789"],
    ["what the client has", { headers: { "If-None-Match": '"v1"' } }, 304, null],
    ["what the client has, weakly", { headers: { "If-None-Match": 'W/"v1"' } }, 304, null],
    ["what the client has, and a range", { headers: { "If-None-Match": '"v1"', Range: "bytes=0-0" } }, 304, null],
    ["what the client has not", { headers: { "If-None-Match": '"v0"' } }, 200, "0123456789"],
    ["what is new since its date", { headers: { "If-Modified-Since": DATE } }, 304, null],
    ["what is new since an earlier date", { headers: { "If-Modified-Since": EARLIER } }, 200, "0123456789"],
    ["what is new since no date", { headers: { "If-Modified-Since": "yesterday" } }, 200, "0123456789"],
    ["this version", { headers: { "If-Match": '"v1"' } }, 200, "0123456789"],
    ["any version", { headers: { "If-Match": "*" } }, 200, "0123456789"],
    ["another version", { headers: { "If-Match": '"v0"' } }, 412, null],
    ["what did not change since a later date", { headers: { "If-Unmodified-Since": LATER } }, 200, "0123456789"],
    ["what did not change since an earlier date", { headers: { "If-Unmodified-Since": EARLIER } }, 412, null],
    ["its head", { method: "HEAD" }, 200, null],
    ["its head, whatever the range", { method: "HEAD", headers: { Range: "bytes=0-1" } }, 200, null],
    ["its head, if the client has it", { method: "HEAD", headers: { "If-None-Match": '"v1"' } }, 304, null],
    ["its head, of another version", { method: "HEAD", headers: { "If-Match": '"v0"' } }, 412, null],
  ])("asked for %s", async (_, asked, status, text) => {
    const { world, link } = await storedWorld();
    expect(await plain(await ask(world, link, asked))).toEqual({ status, text });
  });

  it("tells its whole size beside a range, and which range it is", async () => {
    const { world, link } = await storedWorld();
    const representation = { size: 10, headers: HEADERS };
    const ranged = await ask(world, link, { headers: { Range: "bytes=2-4" } });
    expect(ranged).toMatchObject({ plan: { representation, range: { offset: 2, length: 3 } } });
    const outside = await ask(world, link, { headers: { Range: "bytes=10-" } });
    expect(outside).toMatchObject({ plan: { representation, range: null } });
  });

  it("has no date to compare with where the origin gave none, or none that can be read", async () => {
    for (const [generation, lastModified] of [
      ["none", null],
      ["bad", "yesterday"],
    ] as const) {
      const { world, link } = await storedWorld();
      await world.store.put(`acme/${link.key.id}/${generation}`, utf8("x"), { ...HEADERS, lastModified });
      const delivery = await ask(world, { ...link, generation }, { headers: { "If-Modified-Since": LATER } });
      expect(delivery).toMatchObject({ plan: { status: 200 } });
    }
  });

  it("may be empty", async () => {
    const { world, link } = await storedWorld();
    await world.store.put(`acme/${link.key.id}/empty`, utf8(""), HEADERS);
    const empty = { ...link, generation: "empty", size: 0 };
    expect(await plain(await ask(world, empty))).toEqual({ status: 200, text: "" });
    expect(await plain(await ask(world, empty, { headers: { Range: "bytes=0-0" } }))).toEqual({
      status: 416,
      text: null,
    });
  });
});

describe("a token that we did not make", () => {
  const otherRing = parseKeyRing(`1:${toBase64Url(new Uint8Array(32).fill(2))}`);

  it.each([
    ["nothing", async () => ""],
    ["a word", async () => "token"],
    ["one that was cut", async (token: string) => token.slice(0, -1)],
    ["one with a byte changed", async (token: string) => token.replace(/.$/, (last) => (last === "A" ? "B" : "A"))],
    ["one with more behind it", async (token: string) => `${token}AAAA`],
    ["one of another deployment", async (_: string, link: Link) => (otherRing ? await linkToken(otherRing, link) : "")],
  ])("is refused: %s", async (_, forge) => {
    const { world, link } = await storedWorld();
    const token = await forge(await linkToken(world.ring, link), link);
    await expect(ask(world, token)).rejects.toMatchObject({ code: "TOKEN_INVALID" });
  });

  it("is refused without a question to the store", async () => {
    const { world } = await storedWorld();
    await expect(ask({ ...world, store: failing(world.store) }, "token")).rejects.toMatchObject({
      code: "TOKEN_INVALID",
    });
    expect(world.reports).toEqual([]);
  });
});

describe("a link that has ended", () => {
  it("serves until then, and not from then on", async () => {
    const { world, link } = await storedWorld();
    world.clock.set(link.expiresAt - 1);
    expect(await ask(world, link)).toMatchObject({ plan: { status: 200 }, terms: { maxAge: 0 } });
    const ended = { ...link, originUrl: "https://bucket.s3.amazonaws.com/a.mp4" };
    world.clock.set(link.expiresAt);
    expect(await ask(world, ended)).toEqual(sentTo(ended.originUrl));
  });

  it("leads to the origin while that URL lives", async () => {
    const { world, link } = await storedWorld();
    const ended = { ...link, expiresAt: NOON, originUrl: SHORT_LIVED };
    world.clock.set(NOON + MINUTE - 1);
    expect(await ask(world, ended)).toEqual(sentTo(SHORT_LIVED));
    world.clock.set(NOON + MINUTE);
    await expect(ask(world, ended)).rejects.toMatchObject({ code: "TOKEN_EXPIRED" });
  });

  it("is over when it remembers no origin", async () => {
    const { world, link } = await storedWorld();
    const asked = ask(world, { ...link, expiresAt: NOON, originUrl: null });
    await expect(asked).rejects.toMatchObject({ code: "TOKEN_EXPIRED" });
  });
});

describe("a copy that is gone", () => {
  const ASKED: [string, Asked][] = [
    ["the whole", {}],
    ["a range", { headers: { Range: "bytes=0-1" } }],
    ["its head", { method: "HEAD" }],
    ["news of it", { headers: { "If-None-Match": '"v1"' } }],
  ];

  it.each(ASKED)("leads to the origin: asked for %s", async (_, asked) => {
    const { world, link } = await storedWorld();
    expect(await ask(world, { ...link, generation: "gone" }, asked)).toEqual(sentTo(URL_A));
    expect(world.reports).toEqual([]);
  });

  it("between the look at its head and its bytes leads to the origin, too", async () => {
    const { world, link } = await storedWorld();
    const store = { ...world.store, get: async () => null };
    for (const Range of [undefined, "bytes=0-1"]) {
      const headers = { "If-None-Match": '"v0"', ...(Range && { Range }) };
      expect(await ask({ ...world, store }, link, { headers })).toEqual(sentTo(URL_A));
    }
  });

  it("is not found when there is no origin to go to, or its URL has ended", async () => {
    const { world, link } = await storedWorld();
    const gone = { ...link, generation: "gone" };
    await expect(ask(world, { ...gone, originUrl: null })).rejects.toMatchObject({ code: "NOT_FOUND" });
    world.clock.set(NOON + MINUTE);
    await expect(ask(world, { ...gone, originUrl: SHORT_LIVED })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("leads to an origin that is written as clients write it", async () => {
    const { world, link } = await storedWorld();
    const originUrl = "https://bucket.s3.amazonaws.com/é//%2F?q=ü";
    const location = "https://bucket.s3.amazonaws.com/%C3%A9//%2F?q=%C3%BC";
    expect(await ask(world, { ...link, generation: "gone", originUrl })).toEqual(sentTo(location));
  });

  it("is another tenant's or another generation's: a link opens its own and no other", async () => {
    const { world, link } = await storedWorld();
    const { key } = await sourceOf(URL_A, "movie");
    expect(await ask(world, { ...link, key })).toEqual(sentTo(URL_A));
  });
});

describe("a store out of reach", () => {
  it.each([
    ["failing", failing, "get", {}],
    ["failing for a range", failing, "get", { headers: { Range: "bytes=0-1" } }],
    ["failing for its head", failing, "head", { method: "HEAD" }],
    ["failing for news", failing, "head", { headers: { "If-None-Match": '"v0"' } }],
    ["failing after its head", failing, "get", { headers: { "If-None-Match": '"v0"' } }],
  ] as const)("by %s leads to the origin, and is reported", async (_, fault, method, asked) => {
    const { world, link } = await storedWorld();
    const down = { ...world, store: fault(world.store, method) };
    expect(await ask(down, link, asked)).toEqual(sentTo(URL_A));
    expect(reported(world)).toEqual(["store"]);
  });

  it.each([["GET"], ["HEAD"]] as const)("by hanging leads to the origin after three seconds: %s", async (method) => {
    const { world, link } = await storedWorld();
    const token = await linkToken(world.ring, link);
    useFakeTimers();
    const { value, ms } = await passingTime(ask({ ...world, store: hanging(world.store) }, token, { method }));
    expect(value).toEqual(sentTo(URL_A));
    expect(ms).toBe(3000);
    expect(reported(world)).toEqual(["store"]);
  });

  it("leaves nowhere to go without an origin, which passes", async () => {
    const { world, link } = await storedWorld();
    const asked = ask({ ...world, store: failing(world.store) }, { ...link, originUrl: null });
    await expect(asked).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
