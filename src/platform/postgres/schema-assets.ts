import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { tenantId, tenants } from "./schema.ts";

/**
 * Bytes in the store, each with a row before it is there: whatever breaks off is found by it. A row goes only after its
 * object, so that it outlives its asset, and its tenant.
 */
export const assetContents = pgTable(
  "asset_contents",
  {
    id: text().primaryKey(),
    /** Null: the tenant is gone, and so is whoever could want this. */
    tenantId: text("tenant_id").references(() => tenants.id, { onDelete: "set null" }),
    /** Refers to nothing: it is there before its asset, and after it. */
    assetId: text("asset_id").notNull(),
    objectKey: text("object_key").notNull().unique(),
    /** Null together, as long as it is not whole. */
    size: bigint({ mode: "number" }),
    sha256: text(),
    storedAt: moment("stored_at"),
    contentType: text("content_type"),
    /** Of an upload in parts that may still be open. */
    uploadId: text("upload_id"),
    createdAt: moment("created_at").notNull(),
    /** Since when nothing refers to it, for good. */
    releasedAt: moment("released_at"),
  },
  (table) => [
    index("asset_contents_by_tenant").on(table.tenantId),
    index("asset_contents_by_asset").on(table.assetId),
    index("asset_contents_by_release").on(table.releasedAt).where(sql`${table.releasedAt} is not null`),
    index("asset_contents_begun").on(table.createdAt).where(sql`${table.storedAt} is null`),
    check(
      "asset_contents_whole",
      sql`(${table.storedAt} is null) = (${table.size} is null) and (${table.storedAt} is null) = (${table.sha256} is null)`,
    ),
  ],
);

export const assets = pgTable(
  "assets",
  {
    id: text().primaryKey(),
    tenantId: tenantId(),
    filename: text().notNull(),
    isPublic: boolean("is_public").notNull(),
    contentId: text("content_id")
      .notNull()
      .references(() => assetContents.id),
    contentSince: moment("content_since").notNull(),
    /** How many were ever published. */
    versions: integer().notNull().default(0),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    index("assets_by_creation").on(table.tenantId, table.createdAt.desc().nullsFirst(), table.id),
    index("assets_by_content").on(table.contentId),
  ],
);

export const assetVersions = pgTable(
  "asset_versions",
  {
    id: text().primaryKey(),
    tenantId: tenantId(),
    assetId: text("asset_id")
      .notNull()
      .references(() => assets.id, { onDelete: "cascade" }),
    number: integer().notNull(),
    filename: text().notNull(),
    contentId: text("content_id")
      .notNull()
      .references(() => assetContents.id),
    isPublic: boolean("is_public").notNull(),
    publishedAt: moment("published_at").notNull(),
  },
  (table) => [
    uniqueIndex("asset_versions_by_number").on(table.assetId, table.number),
    index("asset_versions_by_content").on(table.contentId),
    index("asset_versions_by_tenant").on(table.tenantId),
  ],
);

export const assetTokens = pgTable(
  "asset_tokens",
  {
    /** SHA-256 of the token, in hex: nobody who reads this table can download anything by it. */
    hash: text().primaryKey(),
    id: text().notNull().unique(),
    assetId: text("asset_id")
      .notNull()
      .references(() => assets.id, { onDelete: "cascade" }),
    expiresAt: moment("expires_at").notNull(),
    /** Null: as many as anybody likes. */
    maxDownloads: integer("max_downloads"),
    downloads: integer().notNull().default(0),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    index("asset_tokens_by_asset").on(table.assetId),
    index("asset_tokens_by_expiry").on(table.expiresAt),
    check("asset_tokens_downloads", sql`${table.downloads} <= ${table.maxDownloads}`),
  ],
);
