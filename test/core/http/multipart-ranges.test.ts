import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ByteRange } from "../../../src/core/http/byte-range.ts";
import { contentRange, type MultipartRanges, multipartRanges } from "../../../src/core/http/multipart-ranges.ts";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz";
const PARTED = { size: 26, contentType: "text/plain", etag: '"v1"' };

/** The body as a client gets it, of a representation of these bytes. */
function written({ pieces }: MultipartRanges, bytes: Uint8Array): Uint8Array {
  const all = pieces.map((piece) => {
    return piece instanceof Uint8Array ? piece : bytes.subarray(piece.offset, piece.offset + piece.length);
  });
  return Uint8Array.from(all.flatMap((piece) => [...piece]));
}

function boundaryIn({ type }: MultipartRanges): string {
  return /^multipart\/byteranges; boundary=(.+)$/.exec(type)?.[1] ?? "";
}

describe("several ranges in one body", () => {
  const ranges = [
    { offset: 0, length: 3 },
    { offset: 24, length: 2 },
  ];
  const multipart = multipartRanges(ranges, PARTED);
  const body = written(multipart, new TextEncoder().encode(ALPHABET));

  it("are parts with a type and a place each (RFC 9110 section 14.6)", () => {
    const boundary = boundaryIn(multipart);
    expect(new TextDecoder().decode(body).split("\r\n")).toEqual([
      `--${boundary}`,
      "Content-Type: text/plain",
      "Content-Range: bytes 0-2/26",
      "",
      "abc",
      `--${boundary}`,
      "Content-Type: text/plain",
      "Content-Range: bytes 24-25/26",
      "",
      "yz",
      `--${boundary}--`,
      "",
    ]);
  });

  it("have a length that is known before they are read", () => {
    expect(multipart.length).toBe(body.length);
  });

  it("are told in the order in which they are given", () => {
    const { pieces } = multipartRanges(ranges.toReversed(), PARTED);
    expect(pieces.filter((piece) => !(piece instanceof Uint8Array))).toEqual(ranges.toReversed());
  });

  it("are read by who knows multipart from forms", async () => {
    const named = new TextDecoder()
      .decode(body)
      .replaceAll(/Content-Range: .*/g, 'Content-Disposition: form-data; name="a"');
    const headers = { "Content-Type": `multipart/form-data; boundary=${boundaryIn(multipart)}` };
    expect((await new Response(named, { headers }).formData()).getAll("a")).toEqual(["abc", "yz"]);
  });
});

describe("the boundary", () => {
  const boundary = (etag: string) => boundaryIn(multipartRanges([{ offset: 0, length: 1 }], { ...PARTED, etag }));

  it("is the same for the same representation, whichever parts are asked for", () => {
    const other = multipartRanges([{ offset: 5, length: 6 }], PARTED);
    expect(boundaryIn(other)).toBe(boundary(PARTED.etag));
  });

  it("is another for another representation", () => {
    const etags = Array.from({ length: 1000 }, (_, index) => `"${index}"`);
    expect(new Set(etags.map(boundary)).size).toBe(1000);
  });

  it("is one whatever the ETag holds (RFC 2046 section 5.1.1)", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."abc-\u00fc\r\n\u0000;=\u{1f600}") }), (text) => {
        expect(boundary(`"${text}"`)).toMatch(/^[A-Za-z0-9-]{1,70}$/);
      }),
    );
  });
});

describe("a Content-Range", () => {
  it.each([
    [{ offset: 0, length: 1 }, 1, "bytes 0-0/1"],
    [{ offset: 500, length: 500 }, 1234, "bytes 500-999/1234"],
    [{ offset: 5 * 2 ** 40 - 1, length: 1 }, 5 * 2 ** 40, "bytes 5497558138879-5497558138879/5497558138880"],
  ])("of %o of %i bytes is %s", (range, size, text) => {
    expect(contentRange(range, size)).toBe(text);
  });
});

describe("any ranges in one body", () => {
  const content = fc.uint8Array({ minLength: 1, maxLength: 200 });
  const places = fc.array(fc.tuple(fc.nat(199), fc.nat(199)), { minLength: 1, maxLength: 16 });
  const types = fc.constantFrom("text/plain", "video/mp4", "text/plain; charset=\u00fc", "application/octet-stream");

  it("are as long as was said, and cut the bytes that they name", () => {
    fc.assert(
      fc.property(content, places, types, (bytes, drawn, contentType) => {
        const ranges: ByteRange[] = drawn.map(([from, more]) => {
          const offset = from % bytes.length;
          return { offset, length: 1 + (more % (bytes.length - offset)) };
        });
        const multipart = multipartRanges(ranges, { size: bytes.length, contentType, etag: '"v1"' });
        const body = written(multipart, bytes);
        expect(body.length).toBe(multipart.length);
        const latin = Array.from(body, (byte) => String.fromCharCode(byte)).join("");
        const parts = latin.split(`--${boundaryIn(multipart)}`).slice(1, -1);
        expect(parts).toHaveLength(ranges.length);
        for (const [index, part] of parts.entries()) {
          const range = ranges[index] ?? { offset: 0, length: 0 };
          const head = part.slice(0, part.indexOf("\r\n\r\n"));
          expect(head).toContain(`Content-Range: ${contentRange(range, bytes.length)}`);
          const cut = bytes.subarray(range.offset, range.offset + range.length);
          expect(part.slice(head.length + 4, -2)).toBe(Array.from(cut, (byte) => String.fromCharCode(byte)).join(""));
        }
      }),
    );
  });
});
