import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ALLOWED_FOR_MS,
  DENIED_FOR_MS,
  isCurrent,
  judgeProbe,
  type ProbeAnswer,
  type Verdict,
  verdictHoldsUntil,
} from "../../src/core/probe-verdict.ts";
import { COPY, MINUTE, NOON, SECOND } from "./samples.ts";

function answer(status: number, changes: Partial<ProbeAnswer> = {}): ProbeAnswer {
  return { status, contentRange: null, contentLength: null, etag: null, ...changes };
}

const NO: Verdict = { allowed: false };

const YEAR = 365.25 * 24 * 60 * MINUTE;

describe("the origin's answer to a probe", () => {
  it.each<[string, ProbeAnswer, Verdict]>([
    [
      "206 with the total",
      answer(206, { contentRange: "bytes 0-0/1024", contentLength: "1", etag: '"a"' }),
      { allowed: true, size: 1024, etag: '"a"', askedAt: NOON },
    ],
    [
      "206 without ETag",
      answer(206, { contentRange: "bytes 0-0/1" }),
      { allowed: true, size: 1, etag: null, askedAt: NOON },
    ],
    [
      "200 with a length, from an origin that ignores ranges",
      answer(200, { contentLength: "1024", etag: 'W/"a"' }),
      { allowed: true, size: 1024, etag: 'W/"a"', askedAt: NOON },
    ],
    [
      "200 of an empty object",
      answer(200, { contentLength: "0" }),
      { allowed: true, size: 0, etag: null, askedAt: NOON },
    ],
    ["200 without a length", answer(200), { allowed: true, size: null, etag: null, askedAt: NOON }],
    [
      "200 with a length that is none",
      answer(200, { contentLength: "1, 2" }),
      { allowed: true, size: null, etag: null, askedAt: NOON },
    ],
    [
      "416 of an empty object",
      answer(416, { contentRange: "bytes */0" }),
      { allowed: true, size: 0, etag: null, askedAt: NOON },
    ],
    [
      "416 that does not tell the length: only an empty object lacks its first byte",
      answer(416),
      { allowed: true, size: 0, etag: null, askedAt: NOON },
    ],
  ])("is a yes: %s", (_, given, verdict) => {
    expect(judgeProbe(given, NOON)).toEqual(verdict);
  });

  it.each<[string, ProbeAnswer]>([
    ["206 without Content-Range", answer(206, { contentLength: "1" })],
    ["206 of an unknown total", answer(206, { contentRange: "bytes 0-0/*" })],
    ["206 of another range", answer(206, { contentRange: "bytes 5-5/1024" })],
    ["206 of more than the first byte", answer(206, { contentRange: "bytes 0-1023/1024" })],
    ["206 in another unit", answer(206, { contentRange: "items 0-0/1024" })],
    ["416 of an object that is not empty", answer(416, { contentRange: "bytes */1024" })],
    ["204", answer(204)],
    ["304", answer(304, { etag: '"a"' })],
  ])("is a no: %s", (_, given) => {
    expect(judgeProbe(given, NOON)).toEqual(NO);
  });

  it("is a no with every other status, whatever its headers", () => {
    const status = fc.integer({ min: 100, max: 599 }).filter((code) => ![200, 206, 416].includes(code));
    fc.assert(
      fc.property(status, (code) => {
        expect(
          judgeProbe(answer(code, { contentRange: "bytes 0-0/1", contentLength: "1", etag: '"a"' }), NOON),
        ).toEqual(NO);
      }),
    );
  });
});

describe("a verdict holds", () => {
  const yes: Verdict = { allowed: true, size: null, etag: null, askedAt: NOON };

  it.each<[string, Verdict, number | null, number]>([
    ["for nobody but those who wait, as a yes about a URL without an end", yes, null, NOON],
    ["for nobody but those who wait, as a yes about a URL that ends in no lifetime", yes, NOON + 30 * YEAR, NOON],
    ["five minutes, as a yes about a URL of many years", yes, NOON + 19 * YEAR, NOON + 5 * MINUTE],
    ["five minutes, as a yes about a URL that lives longer", yes, NOON + 60 * MINUTE, NOON + 5 * MINUTE],
    ["until the URL ends, as a yes", yes, NOON + SECOND, NOON + SECOND],
    ["not at all, as a yes about a URL that ended", yes, NOON - SECOND, NOON - SECOND],
    ["half a minute, as a no", NO, null, NOON + 30 * SECOND],
    ["half a minute, as a no about a URL that ends sooner", NO, NOON + SECOND, NOON + 30 * SECOND],
  ])("%s", (_, verdict, urlEnd, until) => {
    expect(verdictHoldsUntil(verdict, urlEnd, NOON)).toBe(until);
  });

  it("no longer than its limit, and as a yes never past the URL's end", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.option(fc.integer()), fc.nat(), (allowed, end, now) => {
        const until = verdictHoldsUntil(allowed ? yes : NO, end, now);
        expect(until).toBeLessThanOrEqual(now + (allowed ? ALLOWED_FOR_MS : DENIED_FOR_MS));
        if (allowed) expect(until).toBeLessThanOrEqual(end ?? now);
      }),
    );
  });
});

describe("a copy is", () => {
  it.each([
    ["current with the same length and ETag", { size: COPY.size, etag: COPY.originEtag }, true],
    ["current with the same length and no ETag", { size: COPY.size, etag: null }, true],
    ["current with the same ETag and no length", { size: null, etag: COPY.originEtag }, true],
    ["old with another length", { size: COPY.size - 1, etag: COPY.originEtag }, false],
    ["old with another length and no ETag", { size: 0, etag: null }, false],
    ["old with another ETag", { size: COPY.size, etag: '"other"' }, false],
    ["old with the same ETag turned weak", { size: COPY.size, etag: `W/${COPY.originEtag}` }, false],
    ["old with another ETag and no length", { size: null, etag: '"other"' }, false],
  ])("%s", (_, said, current) => {
    for (const askedAt of [COPY.storedAt, NOON]) {
      expect(isCurrent(COPY, { allowed: true, ...said, askedAt })).toBe(current);
    }
  });

  it("not judged by what the origin said before the copy was made", () => {
    const before = { allowed: true, size: 0, etag: '"other"', askedAt: COPY.storedAt - 1 } as const;
    expect(isCurrent(COPY, before)).toBe(true);
  });

  it("judged by its length where we have no ETag of the origin's", () => {
    const copy = { ...COPY, originEtag: null };
    expect(isCurrent(copy, { allowed: true, size: COPY.size, etag: '"any"', askedAt: NOON })).toBe(true);
    expect(isCurrent(copy, { allowed: true, size: COPY.size + 1, etag: '"any"', askedAt: NOON })).toBe(false);
  });
});
