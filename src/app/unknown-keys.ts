import { indexEntryOf, type LedgerEntry } from "../core/entry.ts";
import { ExpiringMap } from "../core/expiring-map.ts";
import type { Clock } from "../ports/clock.ts";
import { withinBudget } from "../ports/time-budget.ts";
import { together } from "../ports/together.ts";
import { UNKNOWN_MS, type UnknownNearby } from "../ports/unknown-nearby.ts";
import type { InBackground } from "./in-background.ts";

/** How long the ledger is not asked again of an entry that a fill was asked for here, in ms: its copy is to be seen at once. */
export const AWAITED_MS = 1_000;
/** How long an isolate remembers at all that it has asked, in ms. */
const SEEN_MS = 10 * 60_000;
/** How long the place may take to tell what others have learnt, in ms, before the ledger is asked. */
export const NEARBY_BUDGET_MS = 10;
/** How long a crowd waits for one question, in ms, before the next who comes asks anew: as long as a look-up may take. */
const TOGETHER_MS = 40;
/** Entries that one isolate remembers, about 150 bytes each. Made-up keys push out nothing but these. */
const REMEMBERED_ENTRIES = 20_000;

/** What is known of entries that the ledger has nothing to tell of: no copy, and none that has expired. */
export type UnknownKeys = {
  /** Whether the ledger need not be asked again. `awaited`: a fill of the entry was asked for here. */
  has(key: string, awaited: boolean): boolean;
  /** Whether the ledger is being asked of it by somebody whose answer others get, too. */
  isAsked(key: string): boolean;
  /** Asks the ledger, once for all who want to know at the same time. A failure, or an answer that is late, says nothing. */
  ask(key: string, awaited: boolean, question: () => Promise<LedgerEntry | null>): Promise<LedgerEntry | null>;
};

export type UnknownParts = {
  readonly nearby: UnknownNearby;
  readonly clock: Clock;
  readonly inBackground: InBackground;
};

/**
 * Isolate memory, and behind it what the isolates of a place tell each other, of entries that nobody fills and that are
 * asked for again and again. At an isolate's first question the ledger is asked straight away: most keys are asked for
 * once, and to look around first would cost each of them half of what the ledger does. `key`: the text of an entry's key.
 */
export function unknownKeys({ nearby, clock, inBackground }: UnknownParts): UnknownKeys {
  /** When the ledger was asked: what was done since then it cannot have told. */
  const asked = new ExpiringMap<number>(REMEMBERED_ENTRIES);
  const questions = together<LedgerEntry | null>("ledger", TOGETHER_MS, clock, "give up");

  /** When another isolate of the place asked, not long ago; `null`: none did, or nobody could say. */
  async function askedNearby(key: string): Promise<number | null> {
    const askedAt = await withinBudget("nearby", NEARBY_BUDGET_MS, nearby.askedAt(key)).catch(() => null);
    // Its clock may be a little ahead of ours.
    return askedAt !== null && Math.abs(clock.now() - askedAt) < UNKNOWN_MS ? askedAt : null;
  }

  async function find(
    key: string,
    awaited: boolean,
    question: () => Promise<LedgerEntry | null>,
  ): Promise<LedgerEntry | null> {
    const shares = !awaited && asked.get(key, clock.now()) !== undefined;
    const elsewhere = shares ? await askedNearby(key) : null;
    if (elsewhere !== null) {
      asked.set(key, elsewhere, elsewhere + SEEN_MS);
      return null;
    }
    const sentAt = clock.now();
    const found = await question();
    if (found && indexEntryOf(found, clock.now())) {
      asked.delete(key);
      return found;
    }
    asked.set(key, sentAt, sentAt + SEEN_MS);
    if (shares) inBackground(nearby.note(key, sentAt));
    return found;
  }

  return {
    has(key, awaited) {
      const now = clock.now();
      const askedAt = asked.get(key, now);
      // When the clock was put back nobody knows how long ago that was.
      return askedAt !== undefined && now >= askedAt && now < askedAt + (awaited ? AWAITED_MS : UNKNOWN_MS);
    },
    isAsked: questions.isAsked,
    ask: (key, awaited, question) => questions.ask(key, () => find(key, awaited, question)),
  };
}
