/** Lines of one kind that are written in a second. */
export const LINES_A_SECOND = 5;
const SECOND_MS = 1_000;
/** Kinds that are told apart at most. */
const KINDS = 100;

type Second = { since: number; written: number; unsaid: number };

/**
 * Bounds what a log gets: on a bad day each of a thousand requests a second has the same to say. The first few of a kind are
 * written in each second; how many were not, the next one tells.
 */
export class LineLimit {
  readonly #seconds = new Map<string, Second>();

  /** Whether a line is written, and then how many of its kind were not since the one before. `now` in ms since the epoch. */
  admit(kind: string, now: number): { readonly unsaid: number } | null {
    const second = this.#secondOf(this.#seconds.has(kind) || this.#seconds.size < KINDS ? kind : "", now);
    if (second.written >= LINES_A_SECOND) {
      second.unsaid += 1;
      return null;
    }
    const { unsaid } = second;
    second.written += 1;
    second.unsaid = 0;
    return { unsaid };
  }

  #secondOf(kind: string, now: number): Second {
    const second = this.#seconds.get(kind) ?? { since: now, written: 0, unsaid: 0 };
    this.#seconds.set(kind, second);
    // A clock that was put back begins a second, too.
    if (now - second.since >= SECOND_MS || now < second.since) Object.assign(second, { since: now, written: 0 });
    return second;
  }
}
