import { deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deliveryHeaders } from "../../src/core/http/delivery-headers.ts";
import { type AnswerPlan, planAnswer } from "../../src/core/http/plan-answer.ts";
import { NOTHING_WITHDRAWN } from "../../src/core/withdrawals.ts";
import type { ObjectHeaders } from "../../src/ports/object-store.ts";
import { withKnowledge } from "./knowing.ts";
import { type Asked, askServed, DATE, EARLIER, LATER, storedWorld } from "./stored-copy.ts";
import { bodiesOf, watched } from "./watched-store.ts";

const RUNS = 1000;

const dates = fc.constantFrom(DATE, EARLIER, LATER, "yesterday");
const tags = fc.constantFrom('"v1"', 'W/"v1"', '"v1-identity"', '"v0"', "*", '"v0", "v1"', "v1");

const specs = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.nat(45), fc.nat(5)).map(([first, more]) => `${first}-${first + more}`) },
  { weight: 2, arbitrary: fc.nat(45).map((first) => `${first}-`) },
  { weight: 2, arbitrary: fc.nat(15).map((length) => `-${length}`) },
  { weight: 1, arbitrary: fc.constantFrom("", "-", "5-2", "x-1") },
);
const ranges = fc.oneof(
  { weight: 8, arbitrary: fc.array(specs, { minLength: 1, maxLength: 5 }).map((list) => `bytes=${list.join(", ")}`) },
  { weight: 1, arbitrary: fc.constantFrom("lines=1-2", "bytes", "bytes=") },
);

/** Each field is sent now and then. */
const fields = fc.record(
  {
    Range: ranges,
    "If-Range": fc.oneof(tags, dates),
    "If-Match": tags,
    "If-None-Match": tags,
    "If-Modified-Since": dates,
    "If-Unmodified-Since": dates,
  },
  { requiredKeys: [] },
);
const requests: fc.Arbitrary<Asked> = fc.record({
  method: fc.constantFrom("GET", "GET", "GET", "HEAD"),
  headers: fc.oneof(fc.record({ Range: ranges }), fields),
  acceptEncoding: fc.constantFrom(null, "", "gzip", "identity", "br, deflate", "*;q=0"),
});

const CODINGS = { gzip: gzipSync, "x-gzip": gzipSync, deflate: deflateSync } as const;

/** What an origin once sent: the bytes as they lie, what they are decoded, and what is kept beside them. */
const copies = fc
  .record({
    content: fc.uint8Array({ maxLength: 60 }),
    contentEncoding: fc.constantFrom(null, null, null, "gzip", "x-gzip", "deflate", "br", "gzip, br"),
    contentType: fc.option(fc.constantFrom("video/mp4", "text/html")),
    contentLanguage: fc.option(fc.constant("de")),
    contentDisposition: fc.option(fc.constant('inline; filename="a"')),
    etag: fc.constantFrom('"v1"', '"v2"', '""'),
    lastModified: fc.option(fc.constantFrom(DATE, "yesterday")),
  })
  .map(({ content, ...headers }) => {
    const encode = CODINGS[headers.contentEncoding as keyof typeof CODINGS] ?? ((bytes: Uint8Array) => bytes);
    const stored: ObjectHeaders = { ...headers, cacheControl: null };
    return { bytes: Uint8Array.from(encode(content)), decoded: content, headers: stored };
  });

/** What a plan says that a GET gets of these bytes. */
function bytesOf({ status, range, multipart, representation }: AnswerPlan, bytes: Uint8Array, decoded: Uint8Array) {
  if (status !== 200 && status !== 206) return null;
  if (representation.undo) return [...decoded];
  const cut = ({ offset, length }: { offset: number; length: number }) => bytes.subarray(offset, offset + length);
  if (multipart) return multipart.pieces.flatMap((piece) => [...("offset" in piece ? cut(piece) : piece)]);
  return [...(range ? cut(range) : bytes)];
}

describe("whatever is asked of whatever copy", () => {
  it("the body holds what the plan says, and every read is used or let go of", async () => {
    await fc.assert(
      fc.asyncProperty(requests, copies, fc.boolean(), fc.boolean(), async (asked, copy, isTold, isNear) => {
        const { world, link } = await storedWorld();
        const { bytes, decoded, headers } = copy;
        const name = `acme/${link.key.id}/copy`;
        await world.store.put(name, bytes, headers);
        const { store, reads } = watched(world.store);
        const edge = {
          ...world.edge,
          get: (_: string, range: Parameters<typeof store.get>[1]) => store.get(name, range),
        };
        const known = () => (isNear ? NOTHING_WITHDRAWN : null);
        const here = withKnowledge({ ...world, store, edge: isNear ? edge : world.edge }, { known });
        const told = { ...link, generation: "copy", size: isTold ? bytes.length : null };

        const { plan, terms, body } = await askServed(here, told, asked);
        const { method = "GET", acceptEncoding = null } = asked;
        const request = { method, acceptEncoding, headers: new Headers(asked.headers) };
        expect(plan).toEqual(planAnswer(request, { size: bytes.length, headers }));
        const got = body && [...(await new Response(body).bytes())];
        expect(got).toEqual(method === "HEAD" ? null : bytesOf(plan, bytes, decoded));
        const length = deliveryHeaders(plan, terms)["Content-Length"];
        if (got && length !== undefined) expect(got).toHaveLength(Number(length));
        await world.settled();
        expect(bodiesOf(reads)).not.toContain("open");
        expect(terms.from).toBe(isNear ? "edge" : "store");
        expect(world.reports).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it("is one of all kinds of answers: the requests above leave none out", () => {
    const seen = new Set<string>();
    for (const [asked, { bytes, headers }] of fc.sample(fc.tuple(requests, copies), { numRuns: RUNS, seed: 1 })) {
      const { method = "GET", acceptEncoding = null } = asked;
      const request = { method, acceptEncoding, headers: new Headers(asked.headers) };
      const { status, range, multipart, representation } = planAnswer(request, { size: bytes.length, headers });
      seen.add(
        [status, range && "range", multipart && "parts", representation.undo && "decoded"].filter(Boolean).join(" "),
      );
    }
    const kinds = ["200", "200 decoded", "206 range", "206 parts", "304", "304 decoded", "412", "412 decoded", "416"];
    expect([...seen].toSorted()).toEqual(kinds.toSorted());
  });
});
