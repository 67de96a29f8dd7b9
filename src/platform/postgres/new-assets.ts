import { and, eq, sql } from "drizzle-orm";
import type { Assets } from "../../ports/assets.ts";
import { assetOf, firstOf, isAsset, moment, selectAssets } from "./asset-rows.ts";
import type { Database } from "./database.ts";
import { assetContents, assets } from "./schema-assets.ts";

/** How contents are noted before they are there, and assets come to be of them. */
export function newAssets(db: Database): Pick<Assets, "begin" | "noteUpload" | "add" | "adopt"> {
  return {
    async begin({ tenant, asset, id, objectKey }, now) {
      const row = { id, tenantId: tenant, assetId: asset, objectKey, createdAt: new Date(now) };
      await db.insert(assetContents).values(row);
    },

    async noteUpload(content, uploadId) {
      await db.update(assetContents).set({ uploadId }).where(eq(assetContents.id, content));
    },

    async add({ tenant, id, filename, isPublic }, { id: content, size, sha256, contentType }, now) {
      const added = db.execute(sql`
        with content as (
          update asset_contents
          set size = ${size}::bigint, sha256 = ${sha256}, content_type = ${contentType}, stored_at = ${moment(now)}
          where id = ${content} and stored_at is null and released_at is null
          returning id
        )
        insert into assets (id, tenant_id, filename, is_public, content_id, content_since, created_at, updated_at)
        select ${id}, ${tenant}, ${filename}, ${isPublic}::boolean, content.id, ${moment(now)}, ${moment(now)}, ${moment(now)}
        from content
      `);
      const [, rows] = await db.batch([added, selectAssets(db).where(isAsset(tenant, id))]);
      return firstOf(rows, assetOf);
    },

    async adopt({ tenant, id, filename, isPublic }, { id: content, objectKey, size, sha256, contentType }, now) {
      const adopted = db.execute(sql`
        with content as (
          insert into asset_contents (
            id, tenant_id, asset_id, object_key, size, sha256, content_type, created_at, stored_at
          )
          values (
            ${content}, ${tenant}, ${id}, ${objectKey}, ${size}::bigint, ${sha256}, ${contentType}, ${moment(now)}, ${moment(now)}
          )
          on conflict (object_key) do nothing
          returning id
        )
        insert into assets (id, tenant_id, filename, is_public, content_id, content_since, created_at, updated_at)
        select ${id}, ${tenant}, ${filename}, ${isPublic}::boolean, content.id, ${moment(now)}, ${moment(now)}, ${moment(now)}
        from content
      `);
      const known = sql`(select asset_id from asset_contents where object_key = ${objectKey})`;
      const found = selectAssets(db).where(and(eq(assets.id, known), eq(assets.tenantId, tenant)));
      const [, rows] = await db.batch([adopted, found]);
      return firstOf(rows, assetOf);
    },
  };
}
