import { MAX_LINE_BYTES } from "./manifest-limits.ts";

/** A line that is not blank. `number` counts all lines from 1; `text` of `null`: it is too long, or not UTF-8. */
export type ManifestLine = { readonly number: number; readonly text: string | null };

export type LineSplitter = {
  /** The lines that end in these bytes, which may be reused afterwards. */
  push(bytes: Uint8Array): ManifestLine[];
  /** The last line, when nothing ended it. */
  end(): ManifestLine[];
};

const LINE_FEED = 10;

/**
 * Cuts bytes into lines, whatever pieces they come in, and holds no more than one line of {@link MAX_LINE_BYTES}. CR
 * before LF is white space to JSON and stays; a byte order mark is dropped, before every line, since files get joined.
 */
export function lineSplitter(maxBytes = MAX_LINE_BYTES): LineSplitter {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  let number = 0;
  let held: Uint8Array[] = [];
  let length = 0;

  function hold(bytes: Uint8Array, isLasting: boolean): void {
    length += bytes.length;
    if (length > maxBytes) held = [];
    else held.push(isLasting ? bytes.slice() : bytes);
  }

  function endLine(): ManifestLine[] {
    number += 1;
    const text = length > maxBytes ? null : decode(decoder, held);
    held = [];
    length = 0;
    return text?.trim() === "" ? [] : [{ number, text }];
  }

  return {
    push(bytes) {
      const lines: ManifestLine[] = [];
      let from = 0;
      for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, from)) {
        hold(bytes.subarray(from, at), false);
        lines.push(...endLine());
        from = at + 1;
      }
      hold(bytes.subarray(from), true);
      return lines;
    },
    end: () => (length > 0 ? endLine() : []),
  };
}

function decode(decoder: TextDecoder, pieces: readonly Uint8Array[]): string | null {
  const [only, ...more] = pieces;
  if (!only) return "";
  try {
    return decoder.decode(more.length === 0 ? only : join(pieces));
  } catch {
    return null;
  }
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((total, { length }) => total + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
