import { assetTag } from "../../core/assets/asset.ts";
import type { CdnPurge } from "../../ports/edge-cache.ts";
import type { InBackground, Report } from "../in-background.ts";

/**
 * When a network that refused is asked again, in ms since it did: Cloudflare takes 5 purges a minute on its smallest plan,
 * and the background of a call has 30 s.
 */
const AGAIN_AFTER_MS = [1_000, 5_000, 15_000];

export type PurgeAssetParts = {
  /** `null`: no network keeps public answers of this deployment. */
  readonly cdn: CdnPurge | null;
  readonly pause: (ms: number) => Promise<void>;
  readonly inBackground: InBackground;
  readonly report: Report;
};

/**
 * Has the network let go of what it keeps of an asset, once the row says otherwise. Never rejects: a network that cannot
 * be reached is reported, and asked again behind the caller's back, since what it keeps of an asset it keeps under the
 * address that everybody has, a version for a year. Our own cache at the edge need hear of nothing: it is asked for a
 * content, by a name that is never used again, and only after the row has said which.
 */
export async function purgeAsset(id: string, parts: PurgeAssetParts): Promise<void> {
  if (await isPurged(id, parts)) return;
  parts.inBackground(purgeAgain(id, parts));
}

async function purgeAgain(id: string, parts: PurgeAssetParts): Promise<void> {
  for (const ms of AGAIN_AFTER_MS) {
    await parts.pause(ms);
    if (await isPurged(id, parts)) return;
  }
}

async function isPurged(id: string, { cdn, report }: PurgeAssetParts): Promise<boolean> {
  try {
    await cdn?.purgeTags([assetTag(id)]);
    return true;
  } catch (error) {
    report("cdn", error);
    return false;
  }
}
