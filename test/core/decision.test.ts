import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cacheStatus } from "../../src/core/cache-status.ts";
import { decide, decideOnVerdict, type Request } from "../../src/core/decision.ts";
import type { IndexEntry } from "../../src/core/entry.ts";
import { type OriginUrl, readOriginUrl } from "../../src/core/origin-url/origin-url.ts";
import type { AllowedVerdict, Verdict } from "../../src/core/probe-verdict.ts";
import { COPY, heldEntry, MINUTE, NOON, presigned } from "./samples.ts";

function originUrl(changes: Partial<OriginUrl> = {}): OriginUrl {
  const url = readOriginUrl(presigned("https://bucket.s3.amazonaws.com/a.mp4"));
  if (typeof url === "string") throw new Error(url);
  return { ...url, ...changes };
}

function request(changes: Partial<Request> = {}): Request {
  return { url: originUrl(), identity: "identity-1", misnamed: false, access: "probe", trusted: false, ...changes };
}

const READY = heldEntry();
const STALE = heldEntry({ state: "stale" });
const OTHER = heldEntry({ boundTo: "identity-2" });
const ENDED: IndexEntry = { state: "expired" };

const BYPASS = { go: "origin", fill: false, forward: "bypass" };
const MISS = { go: "origin", fill: false, forward: "uri-miss" };
const MISS_AND_FILL = { go: "origin", fill: true, forward: "uri-miss" };
const STALE_AND_FILL = { go: "origin", fill: true, forward: "stale" };

describe("a download is decided by what is known", () => {
  it.each<[string, Partial<Request>, IndexEntry | null | undefined, object]>([
    ["a ready copy is asked for, in probe mode", {}, READY, { go: "prove", entry: READY }],
    ["a ready copy is handed over, in public mode", { access: "public" }, READY, { go: "copy", entry: READY }],
    ["a known caller still proves their link, in probe mode", { trusted: true }, READY, { go: "prove", entry: READY }],
    ["nothing is held: filled", {}, null, MISS_AND_FILL],
    ["nothing is held, in public mode: filled", { access: "public" }, null, MISS_AND_FILL],
    ["nothing could be learned in time: not filled", {}, undefined, MISS],
    ["nothing could be learned in time, of a known caller: not filled", { trusted: true }, undefined, MISS],
    ["an old copy, without proof: filled anew, and looks like a miss", {}, STALE, MISS_AND_FILL],
    ["an old copy, in public mode: not handed over", { access: "public" }, STALE, STALE_AND_FILL],
    ["a stranger asks under the key of another object: not filled", {}, OTHER, MISS],
    ["a stranger asks under that key in public mode: not filled", { access: "public" }, OTHER, MISS],
    ["a known caller asks under that key: bound anew", { trusted: true }, OTHER, MISS_AND_FILL],
    ["an entry that the tenant wanted gone: not handed over", { access: "public" }, ENDED, MISS],
    ["an entry that ends now", { access: "public" }, heldEntry({ expiresAt: NOON }), MISS],
    ["an entry that ended", { access: "public" }, heldEntry({ expiresAt: NOON - 1 }), MISS],
    [
      "an entry that ends a moment later",
      { access: "public" },
      heldEntry({ expiresAt: NOON + 1 }),
      { go: "copy", entry: heldEntry({ expiresAt: NOON + 1 }) },
    ],
    ["a URL that ended", { url: originUrl({ expiresAt: NOON - 1 }) }, READY, BYPASS],
    ["a URL that ends now", { url: originUrl({ expiresAt: NOON }) }, READY, BYPASS],
    ["a URL that ended, with nothing held: not filled", { url: originUrl({ expiresAt: NOON }) }, null, BYPASS],
    [
      "a URL that ends a moment later",
      { url: originUrl({ expiresAt: NOON + 1 }) },
      READY,
      { go: "prove", entry: READY },
    ],
    ["a URL whose end is not known", { url: originUrl({ expiresAt: null }) }, READY, { go: "prove", entry: READY }],
    ["a URL under the key of another's entry", { misnamed: true, trusted: true }, null, BYPASS],
    ["a URL that we cannot replay", { url: originUrl({ unstorable: "signed-headers" }) }, READY, BYPASS],
    [
      "a URL that we cannot replay, with nothing held",
      { url: originUrl({ unstorable: "dot-segments" }) },
      null,
      BYPASS,
    ],
  ])("%s", (_, changes, entry, decision) => {
    expect(decide(request(changes), entry, NOON)).toEqual(decision);
  });
});

describe("whatever is known", () => {
  const anyRequest: fc.Arbitrary<Request> = fc.record({
    url: fc
      .record({
        expiresAt: fc.constantFrom(null, NOON - MINUTE, NOON, NOON + MINUTE),
        unstorable: fc.constantFrom(null, null, null, "signed-headers" as const, "dot-segments" as const),
      })
      .map(originUrl),
    identity: fc.constantFrom("identity-1", "identity-2"),
    misnamed: fc.boolean(),
    access: fc.constantFrom("probe" as const, "public" as const),
    trusted: fc.boolean(),
  });
  const anyEntry: fc.Arbitrary<IndexEntry | null | undefined> = fc.oneof(
    fc.constantFrom(null, undefined, ENDED),
    fc
      .record({
        state: fc.constantFrom("ready" as const, "stale" as const),
        boundTo: fc.constantFrom("identity-1", "identity-2"),
        trusted: fc.boolean(),
        expiresAt: fc.constantFrom(null, NOON - MINUTE, NOON, NOON + MINUTE),
      })
      .map(heldEntry),
  );

  function ended(moment: number | null): boolean {
    return moment !== null && moment <= NOON;
  }

  it("a copy only goes out, or up for proof, where it is ready, of this object, and nothing has ended", () => {
    fc.assert(
      fc.property(anyRequest, anyEntry, (asked, entry) => {
        const decision = decide(asked, entry, NOON);
        if (decision.go === "origin") return;
        expect(decision.entry).toBe(entry);
        expect(decision.entry.state).toBe("ready");
        expect(decision.entry.boundTo).toBe(asked.identity);
        expect(ended(decision.entry.expiresAt) || ended(asked.url.expiresAt)).toBe(false);
        expect(asked.url.unstorable).toBeNull();
        expect(asked.misnamed).toBe(false);
        if (decision.go === "copy") expect(asked.access).toBe("public");
      }),
      { numRuns: 1000 },
    );
  });

  it("a fill only begins with a URL that still works, and never for a stranger against another's object", () => {
    fc.assert(
      fc.property(anyRequest, anyEntry, (asked, entry) => {
        const decision = decide(asked, entry, NOON);
        if (decision.go !== "origin" || !decision.fill) return;
        expect(ended(asked.url.expiresAt)).toBe(false);
        expect(asked.url.unstorable).toBeNull();
        expect(entry).not.toBeUndefined();
        if (entry && entry.state !== "expired" && !asked.trusted) expect(entry.boundTo).toBe(asked.identity);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("once the origin was asked", () => {
  const yes: AllowedVerdict = { allowed: true, size: COPY.size, etag: COPY.originEtag, askedAt: NOON };

  it.each<[string, Verdict | null, object]>([
    ["a yes about these bytes hands over the copy", yes, { go: "copy", entry: READY }],
    ["a no sends to the origin, with no fill", { allowed: false }, MISS],
    ["no answer in time sends to the origin, with no fill", null, MISS],
    ["a yes about another length fills anew", { ...yes, size: COPY.size + 1 }, STALE_AND_FILL],
    ["a yes about no byte fills anew", { ...yes, size: 0 }, STALE_AND_FILL],
    [
      "a yes about no byte, from before the copy, opens none that has some",
      { ...yes, size: 0, askedAt: COPY.storedAt - 1 },
      MISS,
    ],
    ["a yes about another ETag fills anew", { ...yes, etag: '"new"' }, STALE_AND_FILL],
    [
      "a yes from before the copy was made hands it over: that the origin changed is no news",
      { ...yes, etag: '"old"', askedAt: COPY.storedAt - 1 },
      { go: "copy", entry: READY },
    ],
  ])("%s", (_, verdict, decision) => {
    expect(decideOnVerdict(READY, verdict)).toEqual(decision);
  });

  it("a no looks like a miss from outside", () => {
    const miss = decide(request(), null, NOON);
    if (miss.go === "prove") throw new Error("there is nothing to prove");
    expect(cacheStatus(decideOnVerdict(READY, { allowed: false }))).toBe(cacheStatus(miss));
    expect(cacheStatus(decideOnVerdict(READY, null))).toBe(cacheStatus(miss));
  });
});
