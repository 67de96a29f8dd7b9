import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cacheStatus } from "../../src/core/cache-status.ts";
import { decide, decideOnVerdict, decideUnseen, type Request } from "../../src/core/decision.ts";
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
  return { url: originUrl(), identity: "identity-1", misnamed: false, proof: "ask", trusted: false, ...changes };
}

const READY = heldEntry();
const STALE = heldEntry({ state: "stale" });
const WANTED = heldEntry({ refreshWanted: true });
const OTHER = heldEntry({ boundTo: "identity-2" });
const ENDED: IndexEntry = { state: "expired" };

/** Sent past us, and counted as this. */
const past = (bypass: string) => ({ go: "origin", fill: false, forward: "bypass", bypass });
/** The same, which looks like a miss. */
const unseen = (bypass: string) => ({ ...MISS, bypass });
const MISS = { go: "origin", fill: false, forward: "uri-miss" };
const MISS_AND_FILL = { go: "origin", fill: true, forward: "uri-miss" };
const STALE_AND_FILL = { go: "origin", fill: true, forward: "stale" };

describe("a download is decided by what is known", () => {
  it.each<[string, Partial<Request>, IndexEntry | null | undefined, object]>([
    ["a ready copy is asked for, without proof", {}, READY, { go: "prove", entry: READY }],
    ["a ready copy is handed over, with proof given", { proof: "given" }, READY, { go: "copy", entry: READY }],
    [
      "a copy that is wanted anew is handed over, and filled behind the caller's back",
      { proof: "given" },
      WANTED,
      { go: "copy", entry: WANTED, fill: true },
    ],
    ["a copy that is wanted anew is asked for, without proof", {}, WANTED, { go: "prove", entry: WANTED }],
    ["a known caller still proves their link, without proof", { trusted: true }, READY, { go: "prove", entry: READY }],
    ["nothing is held: filled", {}, null, MISS_AND_FILL],
    ["nothing is held, with proof given: filled", { proof: "given" }, null, MISS_AND_FILL],
    ["nothing could be learned in time: not filled", {}, undefined, unseen("unknown")],
    [
      "nothing could be learned in time, of a known caller: not filled",
      { trusted: true },
      undefined,
      unseen("unknown"),
    ],
    ["an old copy, without proof: filled anew, and looks like a miss", {}, STALE, MISS_AND_FILL],
    ["an old copy, with proof given: not handed over", { proof: "given" }, STALE, STALE_AND_FILL],
    ["a stranger asks under the key of another object: not filled", {}, OTHER, MISS],
    ["a stranger asks under that key with proof given: not filled", { proof: "given" }, OTHER, MISS],
    ["a known caller asks under that key: bound anew", { trusted: true }, OTHER, MISS_AND_FILL],
    ["an entry that the tenant wanted gone: not handed over", { proof: "given" }, ENDED, MISS],
    ["an entry that ends now", { proof: "given" }, heldEntry({ expiresAt: NOON }), MISS],
    ["an entry that ended", { proof: "given" }, heldEntry({ expiresAt: NOON - 1 }), MISS],
    [
      "an entry that ends a moment later",
      { proof: "given" },
      heldEntry({ expiresAt: NOON + 1 }),
      { go: "copy", entry: heldEntry({ expiresAt: NOON + 1 }) },
    ],
    ["a URL that ended", { url: originUrl({ expiresAt: NOON - 1 }) }, READY, past("ended")],
    ["a URL that ends now", { url: originUrl({ expiresAt: NOON }) }, READY, past("ended")],
    ["a URL that ended, with nothing held: not filled", { url: originUrl({ expiresAt: NOON }) }, null, past("ended")],
    [
      "a URL that ends a moment later",
      { url: originUrl({ expiresAt: NOON + 1 }) },
      READY,
      { go: "prove", entry: READY },
    ],
    ["a URL whose end is not known", { url: originUrl({ expiresAt: null }) }, READY, { go: "prove", entry: READY }],
    ["a URL under the key of another's entry", { misnamed: true, trusted: true }, null, past("misnamed")],
    ["a URL that we cannot replay", { url: originUrl({ unstorable: "signed-headers" }) }, READY, past("unstorable")],
    [
      "a URL that we cannot replay, with nothing held",
      { url: originUrl({ unstorable: "dot-segments" }) },
      null,
      past("unreadable"),
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
        notBefore: fc.constantFrom(null, null, NOON - MINUTE, NOON, NOON + 1),
        unstorable: fc.constantFrom(null, null, null, "signed-headers" as const, "dot-segments" as const),
      })
      .map(originUrl),
    identity: fc.constantFrom("identity-1", "identity-2"),
    misnamed: fc.boolean(),
    proof: fc.constantFrom("given" as const, "ask" as const, "refused" as const),
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
        expect(asked.url.notBefore ?? NOON).toBeLessThanOrEqual(NOON);
        expect(asked.proof).toBe(decision.go === "copy" ? "given" : "ask");
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
        expect(asked.proof).not.toBe("refused");
        expect(entry).not.toBeUndefined();
        if (entry && entry.state !== "expired" && !asked.trusted) expect(entry.boundTo).toBe(asked.identity);
      }),
      { numRuns: 1000 },
    );
  });

  it("THREATS 23: what is refused is decided alike, whatever is held, and without a look at it", () => {
    fc.assert(
      fc.property(anyRequest, anyEntry, (asked, entry) => {
        const unseen = decideUnseen(asked, NOON);
        if (unseen === null) {
          expect(asked.proof).not.toBe("refused");
          return;
        }
        expect(decide(asked, entry, NOON)).toEqual(unseen);
        expect(unseen.fill).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("before anything is looked up", () => {
  it.each<[string, Partial<Request>, object | null]>([
    ["what the origin would refuse looks like a miss", { proof: "refused" }, unseen("refused")],
    [
      "what the origin would refuse does so for a known caller, too",
      { proof: "refused", trusted: true },
      unseen("refused"),
    ],
    ["a URL that ended goes past us", { url: originUrl({ expiresAt: NOON }), proof: "given" }, past("ended")],
    [
      "a URL that is not valid yet goes past us",
      { url: originUrl({ notBefore: NOON + 1 }), proof: "given" },
      past("ended"),
    ],
    [
      "a URL that cannot be stored goes past us",
      { url: originUrl({ unstorable: "ip-bound" }), proof: "given" },
      past("unstorable"),
    ],
    [
      "the key of another URL's entry goes past us",
      { misnamed: true, proof: "given", trusted: true },
      past("misnamed"),
    ],
    [
      "a URL that ended and is refused goes past us",
      { url: originUrl({ expiresAt: NOON }), proof: "refused" },
      past("ended"),
    ],
    ["a URL that begins now is looked up", { url: originUrl({ notBefore: NOON }) }, null],
    ["a URL that ends a moment later is looked up", { url: originUrl({ expiresAt: NOON + 1 }) }, null],
    ["what is to be asked for is looked up", { proof: "ask" }, null],
    ["what is proved is looked up", { proof: "given" }, null],
  ])("%s", (_, changes, decision) => {
    expect(decideUnseen(request(changes), NOON)).toEqual(decision);
  });

  it("THREATS 23: a refusal looks like the miss of somebody who may not have a copy that is there", () => {
    const refused = decideUnseen(request({ proof: "refused" }), NOON);
    if (!refused) throw new Error("it is looked up");
    expect(cacheStatus(refused)).toBe(cacheStatus(decideOnVerdict(READY, { allowed: false }, NOON)));
  });
});

describe("once the origin was asked", () => {
  const yes: AllowedVerdict = { allowed: true, size: COPY.size, etag: COPY.originEtag, askedAt: NOON };

  it.each<[string, Verdict | null, object]>([
    ["a yes about these bytes hands over the copy", yes, { go: "copy", entry: READY }],
    ["a no sends to the origin, with no fill", { allowed: false }, unseen("refused")],
    ["no answer in time sends to the origin, with no fill", null, unseen("unproved")],
    ["a yes about another length fills anew", { ...yes, size: COPY.size + 1 }, STALE_AND_FILL],
    ["a yes about no byte fills anew", { ...yes, size: 0 }, STALE_AND_FILL],
    [
      "a yes about no byte, from before the copy, opens none that has some",
      { ...yes, size: 0, askedAt: COPY.storedAt - 1 },
      unseen("refused"),
    ],
    ["a yes about another ETag fills anew", { ...yes, etag: '"new"' }, STALE_AND_FILL],
    [
      "a yes from before the copy was made hands it over: that the origin changed is no news",
      { ...yes, etag: '"old"', askedAt: COPY.storedAt - 1 },
      { go: "copy", entry: READY },
    ],
  ])("%s", (_, verdict, decision) => {
    expect(decideOnVerdict(READY, verdict, NOON)).toEqual(decision);
  });

  it.each<[string, AllowedVerdict, "copy" | "origin"]>([
    ["under the ETag that the origin has just named", yes, "copy"],
    ["not without one", { ...yes, etag: null }, "origin"],
    ["not under another", { ...yes, etag: '"new"' }, "origin"],
    ["not under another of before it was made", { ...yes, etag: '"old"', askedAt: COPY.storedAt - 1 }, "origin"],
    ["not at another length", { ...yes, size: COPY.size + 1 }, "origin"],
  ])("a copy that is fresh no more is good %s", (_, verdict, go) => {
    const old = heldEntry({ copy: { ...COPY, freshUntil: NOON } });
    expect(decideOnVerdict(old, verdict, NOON)).toEqual(go === "copy" ? { go, entry: old } : STALE_AND_FILL);
  });

  it("a copy that is fresh for a moment longer needs no ETag", () => {
    const fresh = heldEntry({ copy: { ...COPY, freshUntil: NOON + 1 } });
    expect(decideOnVerdict(fresh, { ...yes, etag: null }, NOON)).toEqual({ go: "copy", entry: fresh });
  });

  it("a no looks like a miss from outside", () => {
    const miss = decide(request(), null, NOON);
    if (miss.go === "prove") throw new Error("there is nothing to prove");
    expect(cacheStatus(decideOnVerdict(READY, { allowed: false }, NOON))).toBe(cacheStatus(miss));
    expect(cacheStatus(decideOnVerdict(READY, null, NOON))).toBe(cacheStatus(miss));
  });
});
