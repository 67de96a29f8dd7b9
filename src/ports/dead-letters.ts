import type { DeadLetter, SealedLetter } from "../core/dead-letters/dead-letter.ts";

/** A page: the newest first, at most `limit`, behind the place that an earlier page ended at (`null`: from the newest). */
export type LetterPage = { readonly cursor: number | null; readonly limit: number };

/** `cursor` of `null`: nothing comes after it. */
export type Letters = { readonly letters: readonly DeadLetter[]; readonly cursor: number | null };

/** Messages that were given up, of all tenants. Moments in ms since the epoch. Fails closed; has no time budget. */
export type DeadLetters = {
  /** Writes a letter down, once for each id. That of a tenant which is gone is not. */
  add(letter: Omit<SealedLetter, "replayedAt">): Promise<void>;
  find(id: string): Promise<SealedLetter | null>;
  list(page: LetterPage): Promise<Letters>;
  /** Notes that it was sent again. `false`: it had been before, or is not there. */
  replayed(id: string, now: number): Promise<boolean>;
  /** How many nobody has sent again; counts no further than `most`. */
  waiting(most: number): Promise<number>;
  /** Forgets letters that were written before this moment, and returns how many. */
  dropOld(before: number): Promise<number>;
};
