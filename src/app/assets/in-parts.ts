import { SnapbyteError } from "../../core/errors.ts";
import type { HeldBytes } from "../hold-bytes.ts";
import type { Bytes } from "../read-pieces.ts";

/**
 * Bytes of a part, where nobody says how long the whole is. All that is held in memory, and therefore as few as R2 takes;
 * 10,000 of them are 48 GiB: https://developers.cloudflare.com/r2/platform/limits/
 */
export const PART_BYTES = 5 * 2 ** 20;
/** Up to so many bytes are no burden, and most files are not larger. */
const SMALL_BYTES = 2 ** 20;

/** The same bytes in equal parts, but for the last, all of them in one buffer; of nothing one that is empty. */
export async function* inParts(
  pieces: AsyncIterable<Bytes>,
  held: HeldBytes,
): AsyncGenerator<{ bytes: Bytes; last: boolean }> {
  const part = growingBuffer(held);
  let given = 0;
  try {
    for await (const piece of pieces) {
      for (let from = 0; from < piece.length; ) {
        // Only when more comes is it known that a full one is not the last.
        if (part.filled() === PART_BYTES) {
          yield { bytes: part.take(), last: false };
          given += 1;
        }
        from += part.add(piece.subarray(from));
      }
    }
    if (part.filled() > 0 || given === 0) yield { bytes: part.take(), last: true };
  } finally {
    part.release();
  }
}

/** Room for a part, which is made as it is needed: small files come in crowds. */
function growingBuffer(held: HeldBytes) {
  let buffer = new Uint8Array();
  let filled = 0;
  let release: (() => void) | null = null;

  function grow(bytes: number): void {
    if (bytes <= buffer.length) return;
    if (bytes > SMALL_BYTES) {
      release ??= held.reserve(PART_BYTES);
      if (!release) throw new SnapbyteError("UNAVAILABLE", "Too much is being uploaded at once; try again.");
    }
    const larger = new Uint8Array(Math.min(PART_BYTES, Math.max(bytes, 2 * buffer.length)));
    larger.set(buffer.subarray(0, filled));
    buffer = larger;
  }

  return {
    filled: () => filled,
    /** As many of these bytes as have room; returns how many. */
    add(bytes: Bytes): number {
      const some = bytes.subarray(0, PART_BYTES - filled);
      grow(filled + some.length);
      buffer.set(some, filled);
      filled += some.length;
      return some.length;
    },
    /** What was added, good until more is. */
    take(): Bytes {
      const bytes = buffer.subarray(0, filled);
      filled = 0;
      return bytes;
    },
    release: () => release?.(),
  };
}
