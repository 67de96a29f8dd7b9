import { and, asc, desc, eq, gt, lt, lte, or, type SQL } from "drizzle-orm";
import type { Asset } from "../../core/assets/asset.ts";
import { fromBase64Url, toBase64Url } from "../../core/crypto/base64url.ts";
import { SnapbyteError } from "../../core/errors.ts";
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
        .where(and(eq(assets.tenantId, tenant), cursor === null ? undefined : afterCursor(cursor)))
        .orderBy(desc(assets.createdAt), asc(assets.id))
        // One more than is asked for tells whether there is another page.
        .limit(limit + 1);
      const page = rows.slice(0, limit).map(assetOf);
      const last = page.at(-1);
      return { assets: page, cursor: rows.length > limit && last ? cursorOf(last) : null };
    },
  };
}

/** Where a page ended: the last one's creation and id. Opaque to clients. */
function cursorOf({ createdAt, id }: Asset): string {
  return toBase64Url(new TextEncoder().encode(`${createdAt} ${id}`));
}

function afterCursor(cursor: string): SQL | undefined {
  const text = new TextDecoder().decode(fromBase64Url(cursor) ?? undefined);
  // Thirteen digits of milliseconds last until 2286. Later years some day have five, which Postgres does not read.
  const [, time, id] = /^(\d{1,13}) ([\w-]{1,64})$/.exec(text) ?? [];
  if (!time || !id) throw new SnapbyteError("INVALID_FIELD", "cursor is not one that this list gave.");
  const createdAt = new Date(Number(time));
  // The first of these is implied by the second, and alone lets the index begin in the right place.
  return and(lte(assets.createdAt, createdAt), or(lt(assets.createdAt, createdAt), gt(assets.id, id)));
}
