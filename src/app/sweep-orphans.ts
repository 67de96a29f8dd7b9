import { objectKey, parseObjectKey } from "../core/entry.ts";
import { keyText } from "../core/entry-key.ts";
import { CLAIM_TIMES } from "../core/fills/claims.ts";
import type { Clock } from "../ports/clock.ts";
import type { EntryLedger, Orphan } from "../ports/entry-ledger.ts";
import type { ListedObject, ObjectStore } from "../ports/object-store.ts";
import type { SweepPlace } from "../ports/sweep-place.ts";
import type { Report } from "./in-background.ts";
import { inTurns } from "./in-turns.ts";

/**
 * Objects that one run looks at: each may cost a delete, and a listing is a class A operation of R2, 43,200 a month at one
 * a minute (https://developers.cloudflare.com/r2/pricing/). A million objects are gone through in 34 hours.
 */
export const SWEEP_PAGE = 500;
/**
 * How old an object without an entry must be, in ms. A fill that broke off after it stored its object may still publish
 * it, until the gate throws away what nobody went on with for a day (CLAIM_TIMES): twice as long is past all of that.
 */
export const ORPHAN_AGE_MS = 2 * CLAIM_TIMES.abandonedMs;
/** Deletes under way at once: an invocation has six connections. */
const SWEEP_WIDTH = 6;

export type SweepOrphansParts = {
  readonly store: ObjectStore;
  readonly ledger: EntryLedger;
  readonly sweepPlace: SweepPlace;
  readonly clock: Clock;
  readonly report: Report;
  /** Younger objects are left alone. See {@link ORPHAN_AGE_MS}. */
  readonly orphanAgeMs: number;
};

/**
 * Deletes objects that no entry refers to: a crash between storing and publishing leaves one, and so does a delete that
 * failed after the ledger let go. Looks at one page of the store, goes on after it the next time, and returns how many it
 * deleted. One that cannot be deleted does not stop the others, and comes up again in the next round.
 */
export async function sweepOrphans(parts: SweepOrphansParts): Promise<number> {
  const { store, sweepPlace, clock, report, orphanAgeMs } = parts;
  const from = await sweepPlace.read();
  const page = await pageAfter(from, store);
  const orphans = await orphansAmong(page.objects, clock.now() - orphanAgeMs, parts.ledger);
  const deleted = await inTurns(orphans, SWEEP_WIDTH, async ({ key, generation }) => {
    try {
      await store.delete(objectKey(key, generation));
      return true;
    } catch (error) {
      report("orphans", error);
      return false;
    }
  });
  // Most stores fit on a page: then nothing is written, minute by minute.
  if (page.cursor !== from) await sweepPlace.write(page.cursor);
  return deleted.filter(Boolean).length;
}

/** The page after this place, or the first one when the store takes the first and not this place: it has forgotten it. */
async function pageAfter(from: string | null, store: ObjectStore) {
  const first = () => store.list({ cursor: null, limit: SWEEP_PAGE });
  if (from === null) return await first();
  return await store.list({ cursor: from, limit: SWEEP_PAGE }).catch(first);
}

/**
 * Those stored by `before` that the ledger knows nothing of. It is not asked again before each is deleted: a generation
 * is made for one fill and never again, so what the ledger does not refer to, long after that fill, it never will.
 */
async function orphansAmong(
  objects: readonly ListedObject[],
  before: number,
  ledger: EntryLedger,
): Promise<readonly Orphan[]> {
  const old = objects
    .filter(({ storedAt }) => storedAt <= before)
    .map(({ key }) => parseObjectKey(key))
    .filter((copy) => copy !== null);
  if (old.length === 0) return [];
  const keys = new Map(old.map(({ key }) => [keyText(key), key]));
  const entries = await ledger.findMany([...keys.values()]);
  const held = new Set(entries.flatMap(({ key, copy }) => (copy ? [objectKey(key, copy.generation)] : [])));
  return old.filter(({ key, generation }) => !held.has(objectKey(key, generation)));
}
