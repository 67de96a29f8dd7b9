import { assetTag } from "../../core/assets/asset.ts";
import { purgeTags, type WithdrawParts } from "../withdraw.ts";

export type PurgeAssetParts = Pick<WithdrawParts, "cdn" | "report">;

/**
 * Has the network let go of what it keeps of an asset, once the row says otherwise. Never rejects: a network that cannot
 * be reached is reported. Our own cache at the edge need hear of nothing: it is asked for a content, by a name that is
 * never used again, and only after the row has said which.
 */
export async function purgeAsset(id: string, parts: PurgeAssetParts): Promise<void> {
  await purgeTags([assetTag(id)], parts);
}
