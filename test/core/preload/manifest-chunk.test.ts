import { describe, expect, it } from "vitest";
import { chunkWriter, readChunk } from "../../../src/core/preload/manifest-chunk.ts";
import { CHUNK_CHARACTERS, CHUNK_LINES } from "../../../src/core/preload/manifest-limits.ts";
import type { ManifestLine } from "../../../src/core/preload/split-lines.ts";

function chunksOf(lines: readonly ManifestLine[], writer = chunkWriter()): ManifestLine[][] {
  const texts = [...lines.map((line) => writer.add(line)), writer.end()];
  return texts.filter((text) => text !== null).map(readChunk);
}

const numbered = (count: number, text = "x"): ManifestLine[] =>
  Array.from({ length: count }, (_, index) => ({ number: index + 1, text }));

describe("chunks", () => {
  it("give back the lines that were put in, whatever is in them", () => {
    const lines = [
      { number: 1, text: '{"url":"https://a.example/b c"}\r' },
      { number: 4, text: null },
      { number: 5, text: " 7 8 " },
      { number: 100_000, text: "ключ 🗝 \u2028" },
    ];
    expect(chunksOf(lines)).toEqual([lines]);
  });

  it("of no line are none", () => {
    expect(chunksOf([])).toEqual([]);
  });

  it.each([
    [CHUNK_LINES, [CHUNK_LINES]],
    [CHUNK_LINES + 1, [CHUNK_LINES, 1]],
    [2 * CHUNK_LINES + 7, [CHUNK_LINES, CHUNK_LINES, 7]],
  ])("of %s lines have %j of them", (count, expected) => {
    const chunks = chunksOf(numbered(count));
    expect(chunks.map(({ length }) => length)).toEqual(expected);
    expect(chunks.flat()).toEqual(numbered(count));
  });

  it("of long lines end at a size", () => {
    const chunks = chunksOf(numbered(100, "x".repeat(60_000)));
    expect(chunks.flat()).toHaveLength(100);
    for (const chunk of chunks.slice(0, -1)) {
      const characters = chunk.reduce((total, { text }) => total + (text?.length ?? 0), 0);
      expect(characters).toBeGreaterThanOrEqual(CHUNK_CHARACTERS);
      expect(characters).toBeLessThan(CHUNK_CHARACTERS + 60_000);
    }
  });
});
