import type { AssetLitter } from "../../ports/assets.ts";
import type { Clock } from "../../ports/clock.ts";
import { type DropContentsParts, dropContents } from "./drop-contents.ts";

/** Contents that one run deletes at most: the next comes within a minute. */
const SWEEP_LIMIT = 500;
/**
 * How long bytes stay that were replaced, in ms: whoever began to download them may end, and who has read their row a
 * moment before still finds them.
 */
export const GRACE_MS = 60 * 60_000;
/** How long an upload may take, in ms. One that has not ended by then never will. */
export const ABANDONED_MS = 24 * 60 * 60_000;

export type SweepAssetsParts = DropContentsParts & {
  readonly assets: AssetLitter;
  readonly clock: Clock;
};

/**
 * Clears away what assets leave behind: uploads that broke off, contents that were replaced or deleted, tokens that have
 * expired. Never rejects: the next run does what this one could not. Returns how many objects are gone.
 */
export async function sweepAssets(parts: SweepAssetsParts): Promise<number> {
  const { assets, clock, report } = parts;
  const now = clock.now();
  try {
    await assets.dropExpiredTokens(now);
    await assets.giveUpOld(now - ABANDONED_MS, now);
    return await dropContents(await assets.released(now - GRACE_MS, SWEEP_LIMIT), parts);
  } catch (error) {
    report("assets", error);
    return 0;
  }
}
