import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { Assets } from "../../ports/assets.ts";
import { becoming, takeAssetTurn } from "./asset-changes.ts";
import { assetOf, firstOf, isAsset, moment, selectAssets, selectVersions, versionOf } from "./asset-rows.ts";
import type { Database } from "./database.ts";
import { assets, assetVersions } from "./schema-assets.ts";

/** What was published of assets. Who publishes waits for whoever changes the asset, and is waited for. */
export function assetVersionsOf(db: Database): Pick<Assets, "publish" | "versions" | "rollback"> {
  return {
    async publish(tenant, id, version, now) {
      const published = db.execute(sql`
        with asset as (
          update assets set versions = versions + 1, updated_at = ${moment(now)}
          where id = ${id} and tenant_id = ${tenant}
          returning *
        )
        insert into asset_versions (id, tenant_id, asset_id, number, filename, content_id, is_public, published_at)
        select ${version}, tenant_id, id, versions, filename, content_id, true, ${moment(now)} from asset
      `);
      const [, rows] = await db.batch([published, selectVersions(db).where(eq(assetVersions.id, version))]);
      return firstOf(rows, versionOf);
    },

    async versions(tenant, id, { before, limit }) {
      const [known, rows] = await db.batch([
        db.select({ id: assets.id }).from(assets).where(isAsset(tenant, id)),
        selectVersions(db)
          .where(
            and(
              eq(assetVersions.assetId, id),
              eq(assetVersions.tenantId, tenant),
              before === null ? undefined : lt(assetVersions.number, before),
            ),
          )
          .orderBy(desc(assetVersions.number))
          .limit(limit),
      ]);
      return known.length === 0 ? null : rows.map(versionOf);
    },

    async rollback(tenant, id, name, now) {
      const isVersion = "id" in name ? sql`id = ${name.id}` : sql`number = ${name.number}::int`;
      const rolledBack = db.execute(sql`
        with content as (
          select content_id as id from asset_versions
          where asset_id = ${id} and tenant_id = ${tenant} and ${isVersion}
        )
        ${becoming(tenant, id, now)}
      `);
      const asset = selectAssets(db).where(isAsset(tenant, id));
      const [, changed, rows] = await db.batch([takeAssetTurn(db, tenant, id), rolledBack, asset]);
      return changed.rows.length === 0 ? null : firstOf(rows, assetOf);
    },
  };
}
