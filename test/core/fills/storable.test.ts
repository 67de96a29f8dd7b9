import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FAULTS } from "../../../src/core/fills/faults.ts";
import { MAX_OBJECT_BYTES } from "../../../src/core/fills/fill-choice.ts";
import type { OriginHead } from "../../../src/core/fills/origin-head.ts";
import { type StoringTerms, storable, tooLarge } from "../../../src/core/fills/storable.ts";
import { HOUR, MINUTE, NOON } from "../samples.ts";

type Fields = Record<string, string>;

const STORE: StoringTerms = { objectStore: true, obeyPrivate: false, storeHtml: false, maxObjectBytes: null };
/** An object store whose rule says that its word counts. */
const OBEYED: StoringTerms = { ...STORE, obeyPrivate: true };
const ELSEWHERE: StoringTerms = { ...STORE, objectStore: false };
const EVERYWHERE: readonly (readonly [string, StoringTerms])[] = [
  ["an object store", STORE],
  ["an object store that is obeyed", OBEYED],
  ["elsewhere", ELSEWHERE],
];

function head(headers: Fields, status = 200): OriginHead {
  return { status, header: (name) => headers[name] ?? null };
}

function ask(headers: Fields, terms: StoringTerms = STORE) {
  return storable(head(headers), terms, NOON);
}

describe("an answer is stored", () => {
  it.each<[string, Fields, number | null]>([
    ["with its length", { "content-length": "1024" }, 1024],
    ["when it is empty", { "content-length": "0" }, 0],
    ["when it is the largest", { "content-length": String(MAX_OBJECT_BYTES) }, MAX_OBJECT_BYTES],
    ["without a length", {}, null],
    ["with an empty length as without", { "content-length": "" }, null],
    ["with a negative length as without", { "content-length": "-1" }, null],
    ["with a signed length as without", { "content-length": "+1" }, null],
    ["with two lengths as without", { "content-length": "1, 1" }, null],
    ["with a fraction as without", { "content-length": "1.5" }, null],
    ["with hexadecimals as without", { "content-length": "0x10" }, null],
    ["when it varies by encoding", { "content-length": "1", vary: "Accept-Encoding" }, 1],
    ["when it varies by origin", { "content-length": "1", vary: "Origin, accept-encoding" }, 1],
    ["when it varies by nothing", { "content-length": "1", vary: "" }, 1],
    ["when its list has holes", { "content-length": "1", vary: " , ORIGIN ,," }, 1],
    ["with cookies, which are not kept", { "content-length": "1", "set-cookie": "session=1" }, 1],
    ["with a range that a 200 cannot have", { "content-length": "5", "content-range": "bytes 0-4/10" }, 5],
    ["of a type that only begins like HTML", { "content-type": "text/html5" }, null],
    ["of no type", { "content-type": "" }, null],
  ])("%s", (_, headers, length) => {
    expect(ask(headers)).toEqual({ length, freshUntil: null });
    expect(ask(headers, ELSEWHERE)).toEqual({ length, freshUntil: null });
  });
});

describe.each(EVERYWHERE)("at %s an answer is not stored", (_, terms) => {
  it.each<[string, Fields, string]>([
    ["when it varies by anything", { vary: "*" }, "VARIES"],
    ["when it varies by cookie", { vary: "Cookie" }, "VARIES"],
    ["when it varies by more than encoding", { vary: "Accept-Encoding, User-Agent" }, "VARIES"],
    ["when it is HTML", { "content-type": "text/html" }, "HTML_NOT_STORED"],
    ["when it is HTML with a charset, in capitals", { "content-type": "Text/HTML;charset=utf-8" }, "HTML_NOT_STORED"],
    ["when it is HTML with spaces", { "content-type": " text/html ; charset=utf-8" }, "HTML_NOT_STORED"],
    ["when it is XHTML", { "content-type": "application/xhtml+xml" }, "HTML_NOT_STORED"],
    ["when the origin says no-store", { "cache-control": "no-store" }, "NOT_STORABLE"],
    ["when no-store is one of many", { "cache-control": "public, max-age=60, NO-STORE" }, "NOT_STORABLE"],
    ["when no-store stands beside must-understand", { "cache-control": "must-understand, no-store" }, "NOT_STORABLE"],
    ["when it is one byte too large", { "content-length": String(MAX_OBJECT_BYTES + 1) }, "TOO_LARGE"],
    ["when its length is beyond all numbers", { "content-length": "9".repeat(400) }, "TOO_LARGE"],
  ])("%s", (_, headers, code) => {
    const refused = storable(head(headers), terms, NOON);
    expect(refused).toMatchObject({ code, retryAfterMs: null });
    expect(FAULTS[code as keyof typeof FAULTS]).toMatchObject({ final: true });
  });
});

describe("private and no-cache", () => {
  it.each<[string, Fields, RegExp]>([
    ["private", { "cache-control": "private, max-age=60" }, /Cache-Control: private/],
    ["private for some fields", { "cache-control": 'max-age=60, private="x-user"' }, /Cache-Control: private/],
    ["no-cache", { "cache-control": "no-cache" }, /Cache-Control: no-cache/],
    ["no-cache for some fields", { "cache-control": 'no-cache="set-cookie", max-age=60' }, /Cache-Control: no-cache/],
    ["the old no-cache", { pragma: "no-cache" }, /Pragma: no-cache/],
  ])("%s is obeyed, but on an object store only where the origin rule says so", (_, headers, message) => {
    const refused = { code: "NOT_STORABLE", message: expect.stringMatching(message) };
    expect(ask(headers, ELSEWHERE)).toMatchObject(refused);
    expect(ask(headers, { ...ELSEWHERE, obeyPrivate: true })).toMatchObject(refused);
    expect(ask(headers, OBEYED)).toMatchObject(refused);
    expect(ask(headers, STORE)).toEqual({ length: null, freshUntil: null });
  });

  it("of Pragma means nothing beside Cache-Control (RFC 9111 section 5.4)", () => {
    const headers = { pragma: "no-cache", "cache-control": "max-age=60" };
    expect(ask(headers, ELSEWHERE)).toEqual({ length: null, freshUntil: NOON + MINUTE });
    expect(ask({ pragma: "no-cache", "cache-control": "" }, OBEYED)).toEqual({ length: null, freshUntil: null });
  });
});

describe("a copy is fresh", () => {
  const expires = new Date(NOON + HOUR).toUTCString();

  it.each<[string, Fields, number | null]>([
    ["for good, when nothing was said", {}, null],
    ["for max-age", { "cache-control": "max-age=60" }, NOON + MINUTE],
    ["for s-maxage", { "cache-control": "max-age=60, s-maxage=3600" }, NOON + HOUR],
    ["until it expires", { expires }, NOON + HOUR],
  ])("%s", (_, headers, freshUntil) => {
    expect(ask(headers, ELSEWHERE)).toEqual({ length: null, freshUntil });
  });

  it.each<[string, Fields]>([
    ["max-age=0", { "cache-control": "public, max-age=0" }],
    ["an invalid max-age", { "cache-control": "max-age=soon" }],
    ["an age beyond its max-age", { "cache-control": "max-age=60", age: "61" }],
    ["Expires: 0", { expires: "0" }],
  ])("never with %s, so that it is not worth storing", (_, headers) => {
    expect(ask(headers, ELSEWHERE)).toMatchObject({
      code: "NOT_STORABLE",
      message: expect.stringMatching(/stale at once/),
    });
  });

  it.each<[string, Fields]>([
    ["max-age", { "cache-control": "max-age=60" }],
    ["max-age=0", { "cache-control": "public, max-age=0" }],
    ["Expires", { expires }],
    ["an invalid Expires", { expires: "-1" }],
  ])("for good on an object store, whatever it says of %s: identity and probe tell", (_, headers) => {
    expect(ask(headers, STORE)).toEqual({ length: null, freshUntil: null });
    expect(ask(headers, OBEYED)).toEqual({ length: null, freshUntil: null });
  });
});

describe("a tenant", () => {
  it("may have HTML stored", () => {
    const headers = { "content-type": "text/html; charset=utf-8", "content-length": "5" };
    expect(ask(headers, { ...STORE, storeHtml: true })).toEqual({ length: 5, freshUntil: null });
  });

  it("may set a limit, which the platform's own caps", () => {
    const limited = { ...STORE, maxObjectBytes: 1000 };
    expect(ask({ "content-length": "1000" }, limited)).toMatchObject({ length: 1000 });
    expect(ask({ "content-length": "1001" }, limited)).toMatchObject({ code: "TOO_LARGE", message: /1000 bytes/ });
    const boundless = { ...STORE, maxObjectBytes: Number.MAX_SAFE_INTEGER };
    expect(ask({ "content-length": String(MAX_OBJECT_BYTES + 1) }, boundless)).toMatchObject({ code: "TOO_LARGE" });
  });

  it("hears the same of a body that only turns out to be too large", () => {
    expect(tooLarge(1000)).toEqual(ask({ "content-length": "1001" }, { ...STORE, maxObjectBytes: 1000 }));
  });
});

describe("an answer other than 200", () => {
  it("is never stored", () => {
    const status = fc.integer({ min: 100, max: 599 }).filter((code) => code !== 200);
    fc.assert(
      fc.property(status, fc.constantFrom(STORE, ELSEWHERE), (code, terms) => {
        expect(storable(head({ "content-length": "1024" }, code), terms, NOON)).toHaveProperty("code");
      }),
    );
  });

  it.each([
    [206, "ORIGIN_STATUS"],
    [204, "ORIGIN_STATUS"],
    [203, "ORIGIN_STATUS"],
    [304, "ORIGIN_STATUS"],
    [302, "REDIRECT_REFUSED"],
    [404, "ORIGIN_NOT_FOUND"],
    [503, "ORIGIN_BUSY"],
  ])("of %i is %s", (status, code) => {
    expect(storable(head({}, status), STORE, NOON)).toMatchObject({ code });
  });
});
