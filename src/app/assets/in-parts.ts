import { SnapbyteError } from "../../core/errors.ts";
import type { HeldBytes } from "../hold-bytes.ts";
import type { Bytes } from "../read-pieces.ts";

/**
 * Bytes of a part, where nobody says how long the whole is. All that is held in memory, and therefore as few as R2 takes;
 * 10,000 of them are 48 GiB: https://developers.cloudflare.com/r2/platform/limits/
 */
export const PART_BYTES = 5 * 2 ** 20;
/** As many of each are no burden, so that a hundred files of a browser's form have room, of which nobody says the length. */
const SMALL_BYTES = 2 ** 19;

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

/** Room for a part, which is made, and reserved, as it is needed: small files come in crowds, and some of them never end. */
function growingBuffer(held: HeldBytes) {
  let buffer = new Uint8Array();
  let filled = 0;
  let reserved = SMALL_BYTES;
  const releases: (() => void)[] = [];

  function grow(bytes: number): void {
    if (bytes <= buffer.length) return;
    const length = Math.min(PART_BYTES, Math.max(bytes, 2 * buffer.length));
    if (length > reserved) reserve(length);
    const larger = new Uint8Array(length);
    larger.set(buffer.subarray(0, filled));
    buffer = larger;
  }

  function reserve(length: number): void {
    const release = held.reserve(length - reserved);
    if (!release) throw new SnapbyteError("UNAVAILABLE", "Too much is being uploaded at once; try again.");
    releases.push(release);
    reserved = length;
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
    release(): void {
      for (const release of releases) release();
    },
  };
}
