import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planAnswer } from "../../../src/core/http/plan-answer.ts";
import { AFTER, AT, BEFORE, OBJECT, planned, SIZE } from "./answering.ts";
import { MUST } from "./must-answers.ts";

type Fields = Readonly<Record<string, string>>;

/** What a client sees of a plan: the status, and which bytes. */
function seen(fields: Fields, method: "GET" | "HEAD" = "GET", size = SIZE): string {
  const { status, range, multipart } = planned({ fields, method, size });
  const ranges = multipart?.pieces.filter((piece) => !(piece instanceof Uint8Array)) ?? (range ? [range] : []);
  const texts = ranges.map((piece) => ("offset" in piece ? `${piece.offset}+${piece.length}` : ""));
  return [status, ...texts].join(" ");
}

describe("a GET is answered as RFC 9110 says", () => {
  it.each(MUST)("%s: %j", (_, fields, answer) => {
    expect(seen(fields)).toBe(answer);
  });

  it("is held in a table that leaves nothing out", () => {
    expect(MUST.length).toBeGreaterThanOrEqual(62);
    expect(new Set(MUST.map(([, fields]) => JSON.stringify(fields))).size).toBe(MUST.length);
  });
});

describe("a HEAD", () => {
  it.each(MUST)("is answered as a GET without Range would be (14.2), %s", (_, { Range: _range, ...fields }) => {
    const others = fields as Fields;
    const head = planned({ method: "HEAD", fields: others });
    expect(head).toEqual(planned({ fields: others }));
    expect(planned({ method: "HEAD", fields: { ...others, Range: "bytes=0-0" } })).toEqual(head);
    expect(planned({ method: "HEAD", fields: { ...others, Range: "bytes=5000-" } })).toEqual(head);
  });
});

describe("an empty copy", () => {
  it.each<[string, Fields, string]>([
    ["whole", {}, "200"],
    ["from its first byte", { Range: "bytes=0-" }, "416"],
    ["by a part", { Range: "bytes=0-0,5-6" }, "416"],
    ["by its last bytes, which are all (14.1.2)", { Range: "bytes=-5" }, "200"],
    ["by its last no bytes", { Range: "bytes=-0" }, "416"],
    ["by news of it", { "If-None-Match": '"a"' }, "304"],
  ])("is answered with %s", (_, fields, answer) => {
    expect(seen(fields, "GET", 0)).toBe(answer);
  });
});

describe("a copy in gzip", () => {
  const gzip = { contentEncoding: "gzip" };
  const refusing = { object: gzip, acceptEncoding: "identity" };

  it("is one representation like any other to who takes it (8.4)", () => {
    for (const acceptEncoding of [null, "gzip"]) {
      const range = { offset: 0, length: 1 };
      expect(planned({ object: gzip, acceptEncoding, fields: { Range: "bytes=0-0" } })).toMatchObject({
        status: 206,
        range,
      });
      expect(planned({ object: gzip, acceptEncoding, fields: { "If-None-Match": '"a"' } })).toMatchObject({
        status: 304,
      });
      expect(planned({ object: gzip, acceptEncoding, fields: { Range: "bytes=1000-" } })).toMatchObject({
        status: 416,
      });
    }
  });

  it("is not cut into several parts, whose delimiters a client would take for gzip", () => {
    for (const contentEncoding of ["gzip", "br"]) {
      const asking = { object: { contentEncoding }, fields: { Range: "bytes=0-0,2-2" } };
      expect(planned(asking)).toMatchObject({ status: 200, range: null, multipart: null });
    }
  });

  it.each<[string, Fields, number]>([
    ["has no parts when it is decoded", { Range: "bytes=0-0" }, 200],
    ["has no parts that it has not", { Range: "bytes=5000-" }, 200],
    ["is not what has the ETag of the stored one", { "If-None-Match": '"a"' }, 200],
    ["has an ETag of its own", { "If-None-Match": '"a-identity"' }, 304],
    ["is matched by that one alone", { "If-Match": '"a"' }, 412],
    ["is matched by it", { "If-Match": '"a-identity"' }, 200],
    ["changed when the stored one did", { "If-Modified-Since": AT }, 304],
    ["goes on from no part", { "If-Range": '"a-identity"', Range: "bytes=0-0" }, 200],
  ])("%s (8.8.3.3)", (_, fields, status) => {
    const representation = { size: null, undo: "gzip", headers: { etag: '"a-identity"', contentEncoding: null } };
    expect(planned({ ...refusing, fields })).toMatchObject({ status, representation, range: null, multipart: null });
  });

  it("as it is stored is news to who kept it decoded", () => {
    expect(planned({ object: gzip, fields: { "If-None-Match": '"a-identity"' } })).toMatchObject({ status: 200 });
  });
});

describe("any request", () => {
  const maybe = (...values: string[]) => fc.option(fc.oneof(fc.constantFrom(...values), fc.string()));
  const fields = fc.record({
    Range: maybe("bytes=0-0", "bytes=0-0,2-2", "bytes=0-0,5-9,7-", "bytes=5000-", "bytes=-0", "items=0-0"),
    "If-Match": maybe("*", '"a"', '"b"', 'W/"a"'),
    "If-None-Match": maybe("*", '"a"', '"b"', 'W/"a"'),
    "If-Modified-Since": maybe(AT, BEFORE, AFTER),
    "If-Unmodified-Since": maybe(AT, BEFORE, AFTER),
    "If-Range": maybe('"a"', '"b"', AT, BEFORE),
  });
  const encodings = fc.option(fc.oneof(fc.constantFrom("gzip", "identity", "*;q=0"), fc.string()));

  it("is answered by a slice, by all, or by nothing, and never thrown at", () => {
    fc.assert(
      fc.property(
        fields,
        encodings,
        fc.constantFrom(null, "gzip", "br"),
        fc.nat(2000),
        (asked, accepted, coding, size) => {
          const get = (name: string) => asked[name as keyof typeof asked] ?? null;
          const headers = { ...OBJECT, contentEncoding: coding };
          const plan = planAnswer({ method: "GET", headers: { get }, acceptEncoding: accepted }, { size, headers });
          const pieces = [...(plan.range ? [plan.range] : []), ...(plan.multipart?.pieces ?? [])];
          const ranges = pieces.flatMap((piece) => (piece instanceof Uint8Array ? [] : [piece]));
          expect(ranges.length > 0).toBe(plan.status === 206);
          expect(ranges.every(({ offset, length }) => offset >= 0 && length > 0 && offset + length <= size)).toBe(true);
          if (plan.multipart) {
            expect(ranges.length).toBeGreaterThan(1);
            expect(pieces.reduce((sum, { length }) => sum + length, 0)).toBe(plan.multipart.length);
          }
          if (plan.representation.undo !== null) expect(plan.status).not.toBe(206);
          if (plan.status === 304) expect(get("If-None-Match") ?? get("If-Modified-Since")).not.toBeNull();
        },
      ),
      { numRuns: 1000 },
    );
  });
});
