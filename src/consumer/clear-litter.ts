import type { Litter, LitterRows } from "./litter-rows.ts";

/** Uploads that one alarm aborts, side by side: at most 6 connections of an invocation wait for an answer at a time. */
const AT_ONCE = 6;

/** An upload that could not be aborted is tried again after so many ms. */
const AGAIN_MS = 60_000;

/** For so many ms: R2 itself drops an upload that was never completed after 7 days. */
const TRIED_FOR_MS = 8 * 24 * 60 * 60_000;

/** Aborts an upload; one that is not there (any more) is no error. */
export type AbortUpload = (litter: Litter) => Promise<void>;

/**
 * Aborts what is due of the uploads that fills left behind, a few at a time. Never rejects. Silent about what fails: the
 * row stays, and nobody reads or pays for what such an upload holds after the store drops it.
 */
export async function clearLitter(rows: LitterRows, abort: AbortUpload, now: number): Promise<void> {
  const clear = async (litter: Litter) => {
    try {
      await abort(litter);
      rows.forget(litter);
    } catch {
      if (litter.since + TRIED_FOR_MS <= now) rows.forget(litter);
      else rows.delay(litter, now + AGAIN_MS);
    }
  };
  await Promise.all(rows.due(now, AT_ONCE).map(clear));
}
