import { and, eq, sql } from "drizzle-orm";
import type { TenantId } from "../../core/tenant.ts";
import type { Assets } from "../../ports/assets.ts";
import { assetOf, firstOf, isAsset, moment, selectAssets } from "./asset-rows.ts";
import type { Database } from "./database.ts";
import { assetContents, assets, assetVersions } from "./schema-assets.ts";

/**
 * Has changes of one asset wait for each other: the first statement of a batch, which is one transaction. Those behind it
 * see what was committed before they began, so that none lets go of what another has just published.
 */
export function takeAssetTurn(db: Database, tenant: TenantId, id: string) {
  return db.select({ id: assets.id }).from(assets).where(isAsset(tenant, id)).for("update");
}

/** How assets change and go. */
export function assetChanges(db: Database): Pick<Assets, "replace" | "change" | "remove"> {
  return {
    async replace(tenant, id, { id: content, size, sha256, contentType }, now) {
      const replaced = db.execute(sql`
        with content as (
          update asset_contents
          set size = ${size}::bigint, sha256 = ${sha256}, content_type = ${contentType}, stored_at = ${moment(now)}
          where id = ${content} and stored_at is null and released_at is null
            and exists (select from assets where id = ${id} and tenant_id = ${tenant})
          returning id
        )
        ${becoming(tenant, id, now)}
      `);
      const asset = selectAssets(db).where(isAsset(tenant, id));
      const [, changed, rows] = await db.batch([takeAssetTurn(db, tenant, id), replaced, asset]);
      return changed.rows.length === 0 ? null : firstOf(rows, assetOf);
    },

    async change(tenant, id, { filename, isPublic }, now) {
      const columns = { ...(filename !== undefined && { filename }), ...(isPublic !== undefined && { isPublic }) };
      const isOfIt = and(eq(assetVersions.assetId, id), eq(assetVersions.tenantId, tenant));
      // Who says nothing of it leaves every version as it is.
      const shown = isPublic === undefined ? {} : { isPublic };
      const [, , rows] = await db.batch([
        db
          .update(assets)
          .set({ ...columns, updatedAt: new Date(now) })
          .where(isAsset(tenant, id)),
        db
          .update(assetVersions)
          .set({ assetId: id, ...shown })
          .where(isOfIt),
        selectAssets(db).where(isAsset(tenant, id)),
      ]);
      return firstOf(rows, assetOf);
    },

    async remove(tenant, id, now) {
      const [gone, released] = await db.batch([
        db.delete(assets).where(isAsset(tenant, id)).returning({ id: assets.id }),
        db
          .update(assetContents)
          .set({ releasedAt: sql`coalesce(${assetContents.releasedAt}, ${moment(now)})` })
          .where(
            and(
              eq(assetContents.assetId, id),
              eq(assetContents.tenantId, tenant),
              sql`${assetContents.storedAt} is not null and not exists (select from assets where assets.id = ${id})`,
            ),
          )
          .returning({ id: assetContents.id, objectKey: assetContents.objectKey, uploadId: assetContents.uploadId }),
      ]);
      return gone.length === 0 ? null : released;
    },
  };
}

/**
 * The rest of a statement that begins with `content`, of one row or none: what the asset holds from now on. What it held
 * before is let go of, unless a version has it. Only behind {@link takeAssetTurn}.
 */
export function becoming(tenant: TenantId, id: string, now: number) {
  return sql`
    , before as (
      select content_id from assets where id = ${id} and tenant_id = ${tenant}
    ),
    changed as (
      update assets set content_id = content.id, updated_at = ${moment(now)},
        content_since = greatest(${moment(now)}, content_since + interval '1 second')
      from content where assets.id = ${id} and tenant_id = ${tenant}
      returning assets.id
    ),
    released as (
      update asset_contents set released_at = ${moment(now)}
      from before, changed, content
      where asset_contents.id = before.content_id and before.content_id <> content.id
        and not exists (select from asset_versions where content_id = before.content_id)
    )
    select id from changed
  `;
}
