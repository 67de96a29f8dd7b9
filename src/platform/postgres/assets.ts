import { and, asc, desc, eq } from "drizzle-orm";
import type { AssetTokens } from "../../ports/asset-tokens.ts";
import type { AssetDelivery, AssetLitter, Assets } from "../../ports/assets.ts";
import { assetChanges } from "./asset-changes.ts";
import { assetLitterOf } from "./asset-litter.ts";
import { assetOf, firstOf, isAsset, selectAssets, selectVersions, versionOf } from "./asset-rows.ts";
import { assetTokensOf } from "./asset-tokens.ts";
import { assetVersionsOf } from "./asset-versions.ts";
import type { Database } from "./database.ts";
import { newAssets } from "./new-assets.ts";
import { assets, assetVersions } from "./schema-assets.ts";
import { afterTimeCursor, timeCursor } from "./time-cursor.ts";

const PLACE = { at: assets.createdAt, id: assets.id };

/**
 * Assets in Postgres. Each change is one statement, or a batch of them, which is one transaction, behind a lock on the
 * asset's row. Rejects when Postgres does and has no time budget.
 */
export function postgresAssets(db: Database): Assets & AssetDelivery & AssetTokens & AssetLitter {
  return {
    ...newAssets(db),
    ...assetChanges(db),
    ...assetVersionsOf(db),
    ...assetTokensOf(db),
    ...assetLitterOf(db),

    find: async (tenant, id) => firstOf(await selectAssets(db).where(isAsset(tenant, id)), assetOf),
    findAsset: async (id) => firstOf(await selectAssets(db).where(eq(assets.id, id)), assetOf),
    findVersion: async (id) => firstOf(await selectVersions(db).where(eq(assetVersions.id, id)), versionOf),

    async list(tenant, { cursor, limit }) {
      const rows = await selectAssets(db)
        .where(and(eq(assets.tenantId, tenant), cursor === null ? undefined : afterTimeCursor(cursor, PLACE)))
        .orderBy(desc(assets.createdAt), asc(assets.id))
        // One more than is asked for tells whether there is another page.
        .limit(limit + 1);
      const page = rows.slice(0, limit).map(assetOf);
      const last = page.at(-1);
      return {
        assets: page,
        cursor: rows.length > limit && last ? timeCursor(new Date(last.createdAt), last.id) : null,
      };
    },
  };
}
