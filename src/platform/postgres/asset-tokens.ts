import { and, asc, desc, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import type { AssetToken } from "../../core/assets/asset.ts";
import type { AssetTokens } from "../../ports/asset-tokens.ts";
import { assetOf, firstOf, isAsset, moment } from "./asset-rows.ts";
import type { Database } from "./database.ts";
import { assetContents, assets, assetTokens } from "./schema-assets.ts";
import { afterTimeCursor, timeCursor } from "./time-cursor.ts";

const PLACE = { at: assetTokens.createdAt, id: assetTokens.id };

/** Private links in Postgres, which is asked each time: nothing in front of it remembers a token. */
export function assetTokensOf(db: Database): AssetTokens {
  return {
    async addToken(tenant, asset, { id, hash, expiresAt, maxDownloads }, now) {
      const added = sql`
        select ${hash}, ${id}, assets.id, ${moment(expiresAt)}, ${maxDownloads}::int, 0, ${moment(now)}
        from assets where assets.id = ${asset} and assets.tenant_id = ${tenant}
      `;
      return firstOf(await db.insert(assetTokens).select(added).returning(), tokenOf);
    },

    async removeToken(tenant, asset, id) {
      const isTenants = sql`exists (select from assets where assets.id = ${asset} and assets.tenant_id = ${tenant})`;
      const { rowCount } = await db
        .delete(assetTokens)
        .where(and(eq(assetTokens.id, id), eq(assetTokens.assetId, asset), isTenants));
      return rowCount > 0;
    },

    async listTokens(tenant, asset, { cursor, limit }, now) {
      const after = cursor === null ? undefined : afterTimeCursor(cursor, PLACE);
      const [known, rows] = await db.batch([
        db.select({ id: assets.id }).from(assets).where(isAsset(tenant, asset)),
        db
          .select({ token: assetTokens })
          .from(assetTokens)
          .innerJoin(assets, and(eq(assets.id, assetTokens.assetId), isAsset(tenant, asset)))
          .where(and(gt(assetTokens.expiresAt, new Date(now)), after))
          .orderBy(desc(assetTokens.createdAt), asc(assetTokens.id))
          // One more than is asked for tells whether there is another page.
          .limit(limit + 1),
      ]);
      if (known.length === 0) return null;
      const page = rows.slice(0, limit).map(({ token }) => token);
      const last = page.at(-1);
      return {
        tokens: page.map(tokenOf),
        cursor: rows.length > limit && last ? timeCursor(last.createdAt, last.id) : null,
      };
    },

    async findToken(hash) {
      const rows = await db
        .select({ token: assetTokens, asset: assets, content: assetContents })
        .from(assetTokens)
        .innerJoin(assets, eq(assets.id, assetTokens.assetId))
        .innerJoin(assetContents, eq(assetContents.id, assets.contentId))
        .where(eq(assetTokens.hash, hash));
      return firstOf(rows, (row) => ({ token: tokenOf(row.token), asset: assetOf(row) }));
    },

    /** An update that waited for another looks at the row again as that left it: no two have the last download. */
    async takeDownload(hash, now) {
      const isLeft = or(isNull(assetTokens.maxDownloads), lt(assetTokens.downloads, assetTokens.maxDownloads));
      const { rowCount } = await db
        .update(assetTokens)
        .set({ downloads: sql`${assetTokens.downloads} + 1` })
        .where(and(eq(assetTokens.hash, hash), gt(assetTokens.expiresAt, new Date(now)), isLeft));
      return rowCount > 0;
    },
  };
}

function tokenOf(row: typeof assetTokens.$inferSelect): AssetToken {
  const { id, assetId, expiresAt, maxDownloads, downloads, createdAt } = row;
  return {
    ...{ id, asset: assetId, maxDownloads, downloads },
    expiresAt: expiresAt.getTime(),
    createdAt: createdAt.getTime(),
  };
}
