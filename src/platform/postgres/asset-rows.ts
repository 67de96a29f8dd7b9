import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Asset, AssetContent, AssetVersion } from "../../core/assets/asset.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { Database } from "./database.ts";
import { assetContents, assets, assetVersions } from "./schema-assets.ts";

type ContentRow = typeof assetContents.$inferSelect;

export function isAsset(tenant: TenantId, id: string) {
  return and(eq(assets.id, id), eq(assets.tenantId, tenant));
}

/** Assets with what they hold. */
export function selectAssets(db: Database) {
  return db
    .select({ asset: assets, content: assetContents })
    .from(assets)
    .innerJoin(assetContents, eq(assetContents.id, assets.contentId));
}

/** The same of versions. */
export function selectVersions(db: Database) {
  return db
    .select({ version: assetVersions, content: assetContents })
    .from(assetVersions)
    .innerJoin(assetContents, eq(assetContents.id, assetVersions.contentId));
}

export function assetOf(row: { asset: typeof assets.$inferSelect; content: ContentRow }): Asset {
  const { tenantId, contentId: _, contentSince, createdAt, updatedAt, ...asset } = row.asset;
  return {
    ...asset,
    tenant: tenantId as TenantId,
    content: contentOf(row.content),
    contentSince: contentSince.getTime(),
    createdAt: createdAt.getTime(),
    updatedAt: updatedAt.getTime(),
  };
}

export function versionOf(row: { version: typeof assetVersions.$inferSelect; content: ContentRow }): AssetVersion {
  const { tenantId, assetId, contentId: _, publishedAt, ...version } = row.version;
  return {
    ...version,
    tenant: tenantId as TenantId,
    asset: assetId,
    content: contentOf(row.content),
    publishedAt: publishedAt.getTime(),
  };
}

/** Nothing refers to what is not whole: a column that is null here is a mistake of ours. */
function contentOf({ id, objectKey, size, sha256, contentType }: ContentRow): AssetContent {
  if (size === null || sha256 === null) throw new Error(`the content ${id} is referred to, and is not whole`);
  return { id, objectKey, size, sha256, contentType };
}

/** The first of what was found, read so. */
export function firstOf<Row, Value>(rows: readonly Row[], read: (row: Row) => Value): Value | null {
  const [row] = rows;
  return row === undefined ? null : read(row);
}

/** A moment as a parameter of a statement by hand, which has no column to take its type from. */
export function moment(now: number): SQL {
  return sql`${new Date(now).toISOString()}::timestamptz`;
}
