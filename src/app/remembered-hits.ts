import { ByteLru } from "../core/byte-lru.ts";
import type { HeldEntry } from "../core/entry.ts";
import { type EntryKey, keyText } from "../core/entry-key.ts";
import type { TenantDirectory } from "../ports/directory.ts";
import type { EntryMemory } from "../ports/entry-index.ts";
import type { KnownWithdrawals } from "../ports/withdrawals.ts";

/** How long an outcome is good for another request with the same text, in ms. */
export const REMEMBERED_FOR_MS = 5_000;
/** Of an isolate's 128 MB. Most links are shorter than 1 KB, and so are their answers: some 5,000 at the least. */
const LIMIT_BYTES = 24 * 2 ** 20;
/** What a hit takes beside its texts, about. */
const OVERHEAD_BYTES = 500;

/** What a request was found to be: a hit on this answer of the index, with a link of this epoch. */
export type HitGround = {
  readonly key: EntryKey;
  readonly entry: HeldEntry;
  readonly epoch: number;
  /** When any of what it was decided by ends, in ms since the epoch. */
  readonly until: number;
};

export type RememberedHits<Answer> = {
  /** The answer that a request with this text got, while it counts; `now` in ms since the epoch. */
  find(text: string, now: number): Answer | null;
  /** `bytes`: what the answer takes. */
  keep(text: string, ground: HitGround, answer: Answer, bytes: number): void;
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
 * with the memory of the entry that it leads to, and with its tenant's links.
 */
export function rememberedHits<Answer>({ index, withdrawals }: RememberedHitsParts): RememberedHits<Answer> {
  const hits = new ByteLru<Remembered<Answer>>(LIMIT_BYTES);
  return {
    find(text, now) {
      const hit = hits.get(text);
      if (hit === undefined) return null;
      const { ground, name, answer } = hit;
      if (now >= ground.until) return null;
      const withdrawn = withdrawals.known(ground.key.tenant, now);
      if (withdrawn === null || withdrawn.epoch !== ground.epoch) return null;
      return index.holds(name, ground.entry, withdrawn, now) ? answer : null;
    },
    keep(text, ground, answer, bytes) {
      hits.set(text, { ground, name: keyText(ground.key), answer }, 2 * text.length + bytes + OVERHEAD_BYTES);
    },
    clear: () => hits.clear(),
  };
}

type Remembered<Answer> = { readonly ground: HitGround; readonly name: string; readonly answer: Answer };

/** A directory after whose changes no hit is remembered: any of them may have been decided by what has changed. */
export function clearing(
  { clear }: Pick<RememberedHits<unknown>, "clear">,
  directory: TenantDirectory,
): TenantDirectory {
  return {
    ...directory,
    async forget(names) {
      clear();
      await directory.forget(names);
      // Once more: what was decided meanwhile may have been decided by the old.
      clear();
    },
  };
}
