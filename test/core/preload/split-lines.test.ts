import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineSplitter, type ManifestLine } from "../../../src/core/preload/split-lines.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

/** The lines of bytes that come in pieces of this size; each piece is overwritten after it was pushed. */
function split(bytes: Uint8Array, pieceSize = bytes.length || 1, maxBytes?: number): ManifestLine[] {
  const splitter = lineSplitter(maxBytes);
  const lines: ManifestLine[] = [];
  for (let from = 0; from < bytes.length; from += pieceSize) {
    const piece = bytes.slice(from, from + pieceSize);
    lines.push(...splitter.push(piece));
    piece.fill(0);
  }
  return [...lines, ...splitter.end()];
}

const texts = (text: string) => split(utf8(text)).map((line) => line.text);

describe("lines", () => {
  it.each<[string, string, string[]]>([
    ["that all end", "a\nb\n", ["a", "b"]],
    ["of which the last does not end", "a\nb", ["a", "b"]],
    ["that are blank are skipped", "\n \na\n\t\n\r\n\nb\n\n", ["a", "b"]],
    ["behind a byte order mark", "\ufeffa\nb", ["a", "b"]],
    ["of files that were joined, each with its byte order mark", "\ufeffa\n\ufeffb\n", ["a", "b"]],
    ["of nothing", "", []],
    ["of one line feed", "\n", []],
    ["of many bytes for a character", "ключ\n键\n🗝\n", ["ключ", "键", "🗝"]],
  ])("%s", (_, text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  it("that end in CR LF are the same JSON", () => {
    expect(texts('{"a":1}\r\n{"b":2}\r\n').map((text) => JSON.parse(text ?? ""))).toEqual([{ a: 1 }, { b: 2 }]);
  });

  it("have the numbers that an editor shows", () => {
    expect(split(utf8("\na\n\n\nb")).map(({ number }) => number)).toEqual([2, 5]);
  });

  it("are the same in whatever pieces they come", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "\n", "\r", "é", "🗝", " ") }),
        fc.integer({ min: 1, max: 9 }),
        (text, size) => {
          expect(split(utf8(text), size)).toEqual(split(utf8(text)));
        },
      ),
    );
  });

  it("that are not UTF-8 stand for themselves alone", () => {
    const bytes = Uint8Array.of(...utf8("a\n"), 0xff, 0xfe, 10, ...utf8("b"));
    expect(split(bytes, 2)).toEqual([
      { number: 1, text: "a" },
      { number: 2, text: null },
      { number: 3, text: "b" },
    ]);
  });

  it.each([1, 3, 100])("that are too long stand for themselves alone, in pieces of %s bytes", (size) => {
    expect(split(utf8(`12345678\n123456789\n${"x".repeat(50)}\nb`), size, 8)).toEqual([
      { number: 1, text: "12345678" },
      { number: 2, text: null },
      { number: 3, text: null },
      { number: 4, text: "b" },
    ]);
  });

  it("that never end are not held", () => {
    const splitter = lineSplitter(1024);
    const piece = new Uint8Array(2 ** 20).fill(120);
    for (let pushed = 0; pushed < 64; pushed += 1) expect(splitter.push(piece)).toEqual([]);
    expect(splitter.end()).toEqual([{ number: 1, text: null }]);
  });
});
