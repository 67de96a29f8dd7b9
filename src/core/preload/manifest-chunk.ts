import { CHUNK_CHARACTERS, CHUNK_LINES } from "./manifest-limits.ts";
import type { ManifestLine } from "./split-lines.ts";

export type ChunkWriter = {
  /** The text of a chunk that was full before this line; `null`: there is room. */
  add(line: ManifestLine): string | null;
  /** What is left; `null`: nothing. */
  end(): string | null;
};

/** Gathers lines into chunks, as text that {@link readChunk} reads: each line behind its number. */
export function chunkWriter(maxLines = CHUNK_LINES, maxCharacters = CHUNK_CHARACTERS): ChunkWriter {
  let rows: string[] = [];
  let characters = 0;

  function end(): string | null {
    const text = rows.length === 0 ? null : rows.join("\n");
    rows = [];
    characters = 0;
    return text;
  }

  return {
    add({ number, text }) {
      const full = rows.length >= maxLines || characters >= maxCharacters ? end() : null;
      rows.push(text === null ? `${number}` : `${number} ${text}`);
      characters += text?.length ?? 0;
      return full;
    },
    end,
  };
}

/** The lines that a {@link chunkWriter} gathered. */
export function readChunk(text: string): ManifestLine[] {
  return text.split("\n").map((row) => {
    const space = row.indexOf(" ");
    if (space < 0) return { number: Number(row), text: null };
    return { number: Number(row.slice(0, space)), text: row.slice(space + 1) };
  });
}
