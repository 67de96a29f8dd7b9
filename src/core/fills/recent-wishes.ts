import type { IndexEntry } from "../entry.ts";
import type { EntryKey } from "../entry-key.ts";
import { ExpiringMap } from "../expiring-map.ts";
import { purgeShard, type Withdrawals } from "../withdrawals.ts";

/** Entries that one isolate remembers to have asked a fill of: about 300 bytes each. */
const REMEMBERED_ENTRIES = 10_000;
/** How long the gate's word is good enough, in ms: so long the end of a fill that brought no copy may go unheard. */
export const WORD_COUNTS_MS = 5_000;
/** How long one counts as asked who has not got the gate's word yet, in ms: their request may have been dropped. */
export const ASKING_COUNTS_MS = 1_000;
/** How long it is remembered at all, in ms, that a fill was asked for. */
export const WISH_REMEMBERED_MS = 60_000;
/** A URL that has so many times the life left of the one that was offered is worth another call. */
const CLEARLY_LONGER = 2;

/** What of a request for a fill makes it another one. `urlEndsAt` in ms since the epoch; `null`: it does not tell. */
export type Wish = {
  readonly boundTo: string;
  readonly trusted: boolean;
  readonly urlEndsAt: number | null;
  /** What was known of the entry, see {@link seenOf}. */
  readonly seen: string;
};

/** `asking`: no word from the gate yet; `filling`: it is ours or somebody else's; `quiet`: nobody may for a while. */
type Known = Wish & { readonly word: "asking" | "filling" | "quiet"; readonly askAgainAt: number };

/**
 * What an isolate remembers of the fills that it asked for, by the text of the entry's key. Repeated misses of one entry
 * cost neither a call of the gate nor a message, but for a URL that lives clearly longer, for one of another object, for
 * a caller that we know where the other was none, and where the entry is not what it was: the fill that the gate spoke of
 * has ended, or was purged. `now` in ms since the epoch.
 */
export class RecentWishes {
  readonly #known = new ExpiringMap<Known>(REMEMBERED_ENTRIES);

  /** Whether the gate need not hear of this wish. */
  covers(key: string, { boundTo, trusted, urlEndsAt, seen }: Wish, now: number): boolean {
    const known = this.#known.get(key, now);
    if (!known || now >= known.askAgainAt || known.boundTo !== boundTo || (trusted && !known.trusted)) return false;
    if (known.seen !== seen) return false;
    return lifeLeft(urlEndsAt, now) < CLEARLY_LONGER * lifeLeft(known.urlEndsAt, now) || known.urlEndsAt === null;
  }

  /** The wish is on its way to the gate. */
  asking(key: string, wish: Wish, now: number): void {
    this.#set(key, wish, "asking", now + ASKING_COUNTS_MS, now);
  }

  /** What the gate said. */
  told(key: string, wish: Wish, word: "filling" | "quiet", now: number): void {
    this.#set(key, wish, word, now + WORD_COUNTS_MS, now);
  }

  /** What was on its way got no word: the next wish is asked for anew. `now` as above. */
  forgetAsking(key: string, now: number): void {
    if (this.#known.get(key, now)?.word === "asking") this.#known.delete(key);
  }

  /** Whether a copy may come that was asked for here. */
  awaits(key: string, now: number): boolean {
    const known = this.#known.get(key, now);
    return known !== undefined && known.word !== "quiet";
  }

  #set(key: string, wish: Wish, word: Known["word"], askAgainAt: number, now: number): void {
    const { boundTo, trusted, urlEndsAt, seen } = wish;
    this.#known.set(key, { boundTo, trusted, urlEndsAt, seen, word, askAgainAt }, now + WISH_REMEMBERED_MS);
  }
}

/**
 * What a download knows of an entry when it wants a fill: its copy, and how often its shard was purged. `null`: there is
 * none, or nobody could say.
 */
export function seenOf(key: EntryKey, entry: IndexEntry | null, withdrawals: Withdrawals | null): string {
  const generation = entry && entry.state !== "expired" ? entry.copy.generation : "";
  return `${generation} ${withdrawals?.purges[purgeShard(key)] ?? ""}`;
}

function lifeLeft(endsAt: number | null, now: number): number {
  return endsAt === null ? Number.POSITIVE_INFINITY : endsAt - now;
}
