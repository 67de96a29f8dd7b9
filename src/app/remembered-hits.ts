import { ByteLru } from "../core/byte-lru.ts";
import type { HeldEntry } from "../core/entry.ts";
import { type EntryKey, keyText } from "../core/entry-key.ts";
import { seenTexts } from "../core/seen-texts.ts";
import type { EntryMemory } from "../ports/entry-index.ts";
import type { KnownWithdrawals } from "../ports/withdrawals.ts";

/** How long an outcome is good for another request with the same text, in ms. */
export const REMEMBERED_FOR_MS = 5_000;
/** Of an isolate's 128 MB. Most links are shorter than 1 KB, and so are their answers: some 4,000 at the least. */
const LIMIT_BYTES = 16 * 2 ** 20;
/** What a hit takes beside its texts, about. */
const OVERHEAD_BYTES = 1_200;
/** A longer text is decided anew each time: a few of its kind would push out everybody's hits. */
const LONGEST_TEXT = 4_096;

/** What a request was found to be: a hit on this answer of the index, with a link of this epoch. */
export type HitGround = {
  readonly key: EntryKey;
  readonly entry: HeldEntry;
  readonly epoch: number;
  /** When it was decided, and when any of what it was decided by ends, in ms since the epoch. */
  readonly at: number;
  readonly until: number;
};

export type RememberedHits<Answer> = {
  /** The answer that a request with this text got, while it counts; `now` in ms since the epoch. */
  find(text: string, now: number): Answer | null;
  /**
   * Keeps what a text was answered with the second time, unless settings have changed since `asOf`. `bytes`: what the
   * answer takes, which is only then made.
   */
  keep(
    text: string,
    ground: HitGround,
    about: { readonly bytes: number; readonly asOf: number },
    answer: () => Answer,
  ): void;
  /** How often settings have changed: to be asked for before anything is decided by them. */
  asOf(): number;
  /** A tenant's settings have changed. */
  clear(): void;
};

export type RememberedHitsParts = {
  readonly index: EntryMemory;
  readonly withdrawals: Pick<KnownWithdrawals, "known">;
};

/**
 * What the general path decided, for the next request with the very same text: no rule is applied a second time, and none
 * is skipped, since all that the outcome depends on is in the text, or ends it. It ends with whatever in it ends first,
 * with the memory of the entry that it leads to, with its tenant's links, and with any change of a tenant that is known
 * here. Nothing is kept at the first time: most texts never come again, and to hold each for a while makes the collector of
 * garbage copy and trace it.
 */
export function rememberedHits<Answer>({ index, withdrawals }: RememberedHitsParts): RememberedHits<Answer> {
  const hits = new ByteLru<Remembered<Answer>>(LIMIT_BYTES);
  const seen = seenTexts();
  let changes = 0;
  return {
    find(text, now) {
      const hit = hits.get(text);
      if (hit === undefined) return null;
      const { ground, name, answer } = hit;
      if (now >= ground.until || now < ground.at) {
        // The text is a signed link: none lies here for longer than it is of use. When the clock was put back nobody knows.
        hits.delete(text);
        return null;
      }
      const withdrawn = withdrawals.known(ground.key.tenant, now);
      if (withdrawn === null || withdrawn.epoch !== ground.epoch) return null;
      return index.holds(name, ground.entry, withdrawn, now) ? answer : null;
    },
    keep(text, ground, { bytes, asOf }, answer) {
      if (asOf !== changes || text.length > LONGEST_TEXT || !seen.before(text)) return;
      const hit = { ground, name: keyText(ground.key), answer: answer() };
      hits.set(text, hit, 2 * text.length + bytes + OVERHEAD_BYTES);
    },
    asOf: () => changes,
    clear() {
      changes += 1;
      hits.clear();
    },
  };
}

type Remembered<Answer> = { readonly ground: HitGround; readonly name: string; readonly answer: Answer };
