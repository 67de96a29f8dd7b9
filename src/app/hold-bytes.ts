/** Bytes that all downloads which pass through one isolate may hold at once: half of its 128 MB. */
export const HELD_BYTES = 64 * 2 ** 20;

/** What an isolate holds for downloads that pass through it. */
export type HeldBytes = {
  /** Reserves so many bytes; `null`: there is no room. The function that is returned gives them back. */
  reserve(bytes: number): (() => void) | null;
};

export function heldBytes(most = HELD_BYTES): HeldBytes {
  let held = 0;
  return {
    reserve(bytes) {
      if (held + bytes > most) return null;
      held += bytes;
      let mine = bytes;
      return () => {
        held -= mine;
        mine = 0;
      };
    },
  };
}
