import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Conditions, conditionsOf, failedPrecondition, rangeApplies } from "../../../src/core/http/conditional.ts";
import { NOON, SECOND } from "../samples.ts";

const HELD = { etag: '"a"', lastModified: NOON };
const UNDATED = { etag: '"a"', lastModified: null };

const AT = new Date(NOON).toUTCString();
const BEFORE = new Date(NOON - SECOND).toUTCString();
const AFTER = new Date(NOON + SECOND).toUTCString();

function asking(fields: Partial<Conditions> = {}): Conditions {
  return {
    method: "GET",
    ifMatch: null,
    ifUnmodifiedSince: null,
    ifNoneMatch: null,
    ifModifiedSince: null,
    ifRange: null,
    ...fields,
  };
}

describe("a precondition alone", () => {
  it.each<[string, Partial<Conditions>, 304 | 412 | null]>([
    ["none", {}, null],
    ["If-Match of what we hold", { ifMatch: '"a"' }, null],
    ["If-Match of it among others", { ifMatch: '"b", "a"' }, null],
    ["If-Match of anything", { ifMatch: "*" }, null],
    ["If-Match of something else", { ifMatch: '"b"' }, 412],
    ["If-Match, weak: compared strongly", { ifMatch: 'W/"a"' }, 412],
    ["If-Match that names nothing", { ifMatch: "" }, 412],
    ["If-Unmodified-Since later", { ifUnmodifiedSince: AFTER }, null],
    ["If-Unmodified-Since the same second", { ifUnmodifiedSince: AT }, null],
    ["If-Unmodified-Since earlier", { ifUnmodifiedSince: BEFORE }, 412],
    ["If-Unmodified-Since, no date", { ifUnmodifiedSince: "yesterday" }, null],
    ["If-None-Match of what we hold", { ifNoneMatch: '"a"' }, 304],
    ["If-None-Match, weak: compared weakly", { ifNoneMatch: 'W/"a"' }, 304],
    ["If-None-Match of it among others", { ifNoneMatch: '"b", "a"' }, 304],
    ["If-None-Match of anything", { ifNoneMatch: "*" }, 304],
    ["If-None-Match of something else", { ifNoneMatch: '"b"' }, null],
    ["If-None-Match that names nothing", { ifNoneMatch: "" }, null],
    ["If-Modified-Since later", { ifModifiedSince: AFTER }, 304],
    ["If-Modified-Since the same second", { ifModifiedSince: AT }, 304],
    ["If-Modified-Since earlier", { ifModifiedSince: BEFORE }, null],
    ["If-Modified-Since, no date", { ifModifiedSince: "yesterday" }, null],
  ])("%s", (_, fields, status) => {
    expect(failedPrecondition(asking(fields), HELD)).toBe(status);
    expect(failedPrecondition(asking({ ...fields, method: "HEAD" }), HELD)).toBe(status);
  });
});

describe("the order of RFC 9110 section 13.2.2", () => {
  it.each<[string, Partial<Conditions>, 304 | 412 | null]>([
    [
      "If-Match that holds wins over If-Unmodified-Since that fails",
      { ifMatch: '"a"', ifUnmodifiedSince: BEFORE },
      null,
    ],
    ["If-Match that fails wins over If-Unmodified-Since that holds", { ifMatch: '"b"', ifUnmodifiedSince: AFTER }, 412],
    ["If-Match that fails comes before If-None-Match", { ifMatch: '"b"', ifNoneMatch: '"a"' }, 412],
    ["If-Match that holds leads on to If-None-Match", { ifMatch: '"a"', ifNoneMatch: '"a"' }, 304],
    ["If-Match that holds leads on to If-Modified-Since", { ifMatch: '"a"', ifModifiedSince: AT }, 304],
    [
      "If-Unmodified-Since that fails comes before If-None-Match",
      { ifUnmodifiedSince: BEFORE, ifNoneMatch: '"a"' },
      412,
    ],
    ["If-Unmodified-Since that holds leads on to If-None-Match", { ifUnmodifiedSince: AT, ifNoneMatch: '"a"' }, 304],
    [
      "If-None-Match that holds wins over If-Modified-Since that fails",
      { ifNoneMatch: '"b"', ifModifiedSince: AT },
      null,
    ],
    [
      "If-None-Match that fails wins over If-Modified-Since that holds",
      { ifNoneMatch: '"a"', ifModifiedSince: BEFORE },
      304,
    ],
  ])("%s", (_, fields, status) => {
    expect(failedPrecondition(asking(fields), HELD)).toBe(status);
  });
});

describe("a precondition", () => {
  it.each(["PUT", "DELETE", "POST"])(
    "of %s is 412 where a read would be told 304, and knows no If-Modified-Since",
    (method) => {
      expect(failedPrecondition(asking({ method, ifNoneMatch: '"a"' }), HELD)).toBe(412);
      expect(failedPrecondition(asking({ method, ifNoneMatch: "*" }), HELD)).toBe(412);
      expect(failedPrecondition(asking({ method, ifModifiedSince: AT }), HELD)).toBeNull();
    },
  );

  it("of time is ignored where we do not know when the object changed", () => {
    expect(failedPrecondition(asking({ ifUnmodifiedSince: BEFORE }), UNDATED)).toBeNull();
    expect(failedPrecondition(asking({ ifModifiedSince: AFTER }), UNDATED)).toBeNull();
  });

  it("of time knows whole seconds only", () => {
    const within = { etag: '"a"', lastModified: NOON + 999 };
    expect(failedPrecondition(asking({ ifModifiedSince: AT }), within)).toBe(304);
    expect(failedPrecondition(asking({ ifUnmodifiedSince: AT }), within)).toBeNull();
  });

  it("never tells a read that nothing changed unless its own validator says so", () => {
    const date = fc.constantFrom(null, BEFORE, AT, AFTER, "no date");
    const tags = fc.constantFrom(null, "*", '"a"', 'W/"a"', '"b"', "");
    const fields = fc.record({ ifMatch: tags, ifUnmodifiedSince: date, ifNoneMatch: tags, ifModifiedSince: date });
    fc.assert(
      fc.property(fields, (some) => {
        const status = failedPrecondition(asking(some), HELD);
        if (status !== 304) return;
        const { ifNoneMatch, ifModifiedSince } = some;
        expect(ifNoneMatch === null ? [AT, AFTER] : ["*", '"a"', 'W/"a"']).toContain(ifNoneMatch ?? ifModifiedSince);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a range counts", () => {
  it.each<[string, string | null, boolean]>([
    ["without If-Range", null, true],
    ["with the ETag that we hold", '"a"', true],
    ["not with another ETag", '"b"', false],
    ["not with a weak ETag, though it is ours", 'W/"a"', false],
    ["with the very date of the object", AT, true],
    ["not with an earlier date", BEFORE, false],
    ["not with a later date: it must be the same", AFTER, false],
    ["not with what is neither", "a", false],
    ["not with nothing", "", false],
    ["not with a list", '"a", "b"', false],
  ])("%s", (_, ifRange, counts) => {
    expect(rangeApplies(asking({ ifRange }), HELD)).toBe(counts);
  });

  it("not with a date where we do not know when the object changed", () => {
    expect(rangeApplies(asking({ ifRange: AT }), UNDATED)).toBe(false);
    expect(rangeApplies(asking({ ifRange: "no date" }), UNDATED)).toBe(false);
  });

  it.each(["HEAD", "PUT", "POST", "DELETE"])("for GET only, not for %s", (method) => {
    expect(rangeApplies(asking({ method }), HELD)).toBe(false);
  });
});

describe("the preconditions of a request", () => {
  it("are read from its fields, and null where they are absent", () => {
    const headers = new Headers({
      "If-Match": "1",
      "If-Unmodified-Since": "2",
      "If-None-Match": "3",
      "If-Modified-Since": "4",
      "If-Range": "5",
    });
    expect(conditionsOf("GET", headers)).toEqual({
      method: "GET",
      ifMatch: "1",
      ifUnmodifiedSince: "2",
      ifNoneMatch: "3",
      ifModifiedSince: "4",
      ifRange: "5",
    });
    expect(conditionsOf("HEAD", new Headers())).toEqual(asking({ method: "HEAD" }));
  });
});
