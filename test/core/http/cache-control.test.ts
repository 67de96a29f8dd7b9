import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CacheControl, freshnessMs, parseCacheControl } from "../../../src/core/http/cache-control.ts";
import { HOUR, MINUTE, NOON, SECOND } from "../samples.ts";

const NOTHING: CacheControl = { noStore: false, private: false, noCache: false, maxAge: null, sMaxage: null };

function fresh(headers: Record<string, string>): number | null {
  return freshnessMs({ header: (name) => headers[name] ?? null }, NOON);
}

function date(time: number): string {
  return new Date(time).toUTCString();
}

describe("Cache-Control", () => {
  it.each<[string, string | null, Partial<CacheControl>]>([
    ["no field", null, {}],
    ["an empty field", "", {}],
    ["holes in the list", " , ,, no-store,", { noStore: true }],
    ["any case", "No-Store, PRIVATE, nO-cAcHe", { noStore: true, private: true, noCache: true }],
    ["no spaces", "no-store,private", { noStore: true, private: true }],
    ["tabs", "no-store,\tprivate", { noStore: true, private: true }],
    ["repeated fields, joined", "max-age=60, public, no-store", { maxAge: 60, noStore: true }],
    ["unknown directives", 'community="UCI", stale-if-error=60, immutable', {}],
    ["field names of private", 'private="set-cookie, x-a"', { private: true }],
    ["field names of no-cache", 'no-cache="set-cookie"', { noCache: true }],
    ["field names without quotes", "private=set-cookie", { private: true }],
    ["a directive that is quoted text", 'x="no-store, private"', {}],
    ["an escaped quote in quoted text", 'x="a\\", no-store", private', { private: true }],
    ["a quote that is never closed", 'x="a, no-store', { noStore: true }],
    ["semicolons for commas", "no-store; private", { noStore: true, private: true }],
    ["a directive that begins like one", "no-storex, private-ish, xno-cache", {}],
    ["both lifetimes", "max-age=60, s-maxage=3600", { maxAge: 60, sMaxage: 3600 }],
    ["a lifetime in quotes", 'max-age="60"', { maxAge: 60 }],
    ["a lifetime of nothing", "max-age=0", { maxAge: 0 }],
    ["a lifetime with zeros in front", "max-age=0060", { maxAge: 60 }],
    ["the same lifetime twice", 'max-age=60, max-age="60"', { maxAge: 60 }],
    ["a lifetime beyond all numbers", `max-age=${"9".repeat(400)}`, { maxAge: 2 ** 31 }],
  ])("is understood with %s", (_, text, expected) => {
    expect(parseCacheControl(text)).toEqual({ ...NOTHING, ...expected });
  });

  it.each([
    ["two lifetimes", "max-age=60, max-age=120"],
    ["a negative lifetime", "max-age=-1"],
    ["a signed lifetime", "max-age=+60"],
    ["a fraction", "max-age=1.5"],
    ["words", "max-age=long"],
    ["nothing behind the name", "max-age"],
    ["nothing behind the sign", "max-age="],
    ["empty quotes", 'max-age=""'],
    ["spaces around the sign", "max-age = 60"],
    ["a quote that is never closed", 'max-age="60, public'],
  ])("is stale with %s (RFC 9111 section 4.2.1)", (_, text) => {
    expect(parseCacheControl(text).maxAge).toBe(0);
    expect(parseCacheControl(text.replaceAll("max-age", "s-maxage")).sMaxage).toBe(0);
  });

  it("reads every text, and finds no-store wherever it stands in a list", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const list = `${before.replaceAll('"', "")},no-store,${after}`;
        expect(parseCacheControl(list).noStore).toBe(true);
      }),
    );
  });
});

describe("an answer is fresh", () => {
  it.each<[string, Record<string, string>, number | null]>([
    ["for a time that nobody knows", {}, null],
    ["for a time that nobody knows, when it is only public", { "cache-control": "public" }, null],
    ["for its max-age", { "cache-control": "max-age=60" }, MINUTE],
    ["for its s-maxage before that", { "cache-control": "max-age=60, s-maxage=3600" }, HOUR],
    ["for its max-age, whatever Expires says", { "cache-control": "max-age=60", expires: date(NOON + HOUR) }, MINUTE],
    ["until it expires", { expires: date(NOON + HOUR), date: date(NOON) }, HOUR],
    ["until it expires, by our clock where it has no date", { expires: date(NOON + HOUR) }, HOUR],
    [
      "as long as it said, by a clock that is fast",
      { expires: date(NOON + 3 * HOUR), date: date(NOON + 2 * HOUR) },
      HOUR,
    ],
    ["less what it spent in other caches", { "cache-control": "max-age=60", age: "20" }, 40 * SECOND],
    ["less the first of several ages", { "cache-control": "max-age=60", age: "20, 50" }, 40 * SECOND],
    ["no less for an age that is no number", { "cache-control": "max-age=60", age: "-20" }, MINUTE],
    ["less its apparent age", { "cache-control": "max-age=60", date: date(NOON - 20 * SECOND) }, 40 * SECOND],
    [
      "less the greater of both ages",
      { "cache-control": "max-age=60", date: date(NOON - 20 * SECOND), age: "30" },
      30 * SECOND,
    ],
    ["no longer by a date to come", { "cache-control": "max-age=60", date: date(NOON + HOUR) }, MINUTE],
    ["by our clock where its date is none", { expires: date(NOON + HOUR), date: "today" }, HOUR],
  ])("%s", (_, headers, expected) => {
    expect(fresh(headers)).toBe(expected);
  });

  it.each<[string, Record<string, string>]>([
    ["with max-age=0", { "cache-control": "max-age=0" }],
    ["with s-maxage=0 beside another max-age", { "cache-control": "max-age=60, s-maxage=0" }],
    ["when Expires is 0", { expires: "0" }],
    ["when Expires is -1", { expires: "-1" }],
    ["when Expires is empty", { expires: "" }],
    ["when there are two of Expires", { expires: `${date(NOON + HOUR)}, ${date(NOON + HOUR)}` }],
    ["when it expired", { expires: date(NOON - HOUR) }],
    ["when it expires as it is sent", { expires: date(NOON), date: date(NOON) }],
    ["when other caches held it too long", { "cache-control": "max-age=60", age: "60" }],
    ["when it is too old already", { expires: date(NOON - MINUTE), date: date(NOON - HOUR) }],
    ["with a max-age that is none, whatever Expires says", { "cache-control": "max-age", expires: date(NOON + HOUR) }],
  ])("never %s", (_, headers) => {
    expect(fresh(headers)).toBe(0);
  });
});
