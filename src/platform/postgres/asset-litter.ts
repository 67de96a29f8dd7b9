import { and, asc, eq, inArray, isNull, lte, or, sql } from "drizzle-orm";
import type { AssetLitter } from "../../ports/assets.ts";
import { moment } from "./asset-rows.ts";
import type { Database } from "./database.ts";
import { assetContents, assetTokens } from "./schema-assets.ts";

const RELEASED = { id: assetContents.id, objectKey: assetContents.objectKey, uploadId: assetContents.uploadId };

/** What assets leave behind. */
export function assetLitterOf(db: Database): AssetLitter {
  return {
    async giveUp(content, now) {
      // Looked at as it is once it can be written to: whoever made an asset of it meanwhile was first.
      const [row] = await db
        .update(assetContents)
        .set({
          releasedAt: sql`case when ${assetContents.storedAt} is null
            then coalesce(${assetContents.releasedAt}, ${moment(now)}) else ${assetContents.releasedAt} end`,
        })
        .where(eq(assetContents.id, content))
        .returning({ storedAt: assetContents.storedAt });
      return !row?.storedAt;
    },

    async giveUpOld(before, now) {
      const isOpen = and(isNull(assetContents.storedAt), isNull(assetContents.releasedAt));
      const { rowCount } = await db
        .update(assetContents)
        .set({ releasedAt: new Date(now) })
        .where(and(isOpen, lte(assetContents.createdAt, new Date(before))));
      return rowCount;
    },

    async released(before, limit) {
      const isDue = or(lte(assetContents.releasedAt, new Date(before)), isNull(assetContents.tenantId));
      // Nothing that is let go of is referred to again: this holds us to it, since a wrong row here would be lost bytes.
      const isFree = sql`
        not exists (select from assets where content_id = ${assetContents.id})
        and not exists (select from asset_versions where content_id = ${assetContents.id})
      `;
      return await db
        .select(RELEASED)
        .from(assetContents)
        .where(and(isDue, isFree))
        .orderBy(asc(assetContents.releasedAt))
        .limit(limit);
    },

    async forget(contents) {
      if (contents.length > 0) await db.delete(assetContents).where(inArray(assetContents.id, [...contents]));
    },

    async dropExpiredTokens(now) {
      const { rowCount } = await db.delete(assetTokens).where(lte(assetTokens.expiresAt, new Date(now)));
      return rowCount;
    },
  };
}
