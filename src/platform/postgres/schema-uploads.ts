import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { UPLOAD_KINDS, UPLOAD_ROLES, UPLOAD_STATUSES } from "../../core/uploads/upload-session.ts";
import { moment } from "./columns.ts";
import { tenantId } from "./schema.ts";

const number = (name: string) => bigint(name, { mode: "number" });

/** Sessions of uploads. Those that are completed stay: they are what says whose the files are. */
export const uploads = pgTable(
  "uploads",
  {
    id: text().primaryKey(),
    tenantId: tenantId(),
    kind: text({ enum: UPLOAD_KINDS }).notNull(),
    /** As JSON: a name may hold what no text here can, such as a null character. */
    fileName: text("file_name").notNull(),
    size: number("size").notNull(),
    userId: text("user_id").notNull(),
    userRole: text("user_role", { enum: UPLOAD_ROLES }).notNull(),
    contentType: text("content_type").notNull(),
    /** Declared for the whole, in hex. */
    sha256: text(),
    asset: boolean().notNull(),
    chunkBytes: number("chunk_bytes").notNull(),
    path: text().notNull(),
    /** The store's name for the upload of its parts. */
    storeUpload: text("store_upload"),
    /** SHA-256 of the token that it was begun with, in hex. */
    token: text(),
    status: text({ enum: UPLOAD_STATUSES }).notNull().default("initiated"),
    /** Of a file that is complete. */
    etag: text(),
    fileSha256: text("file_sha256"),
    assetId: text("asset_id"),
    /** Of a session that ended without a file: the store has nothing of it any more. */
    cleared: boolean().notNull().default(false),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [
    unique("uploads_path").on(table.tenantId, table.path),
    index("uploads_open").on(table.expiresAt).where(sql`${table.status} in ('initiated', 'in_progress')`),
    index("uploads_ended").on(table.updatedAt).where(sql`${table.status} in ('cancelled', 'expired')`),
  ],
);

/** Chunks that the store has. */
export const uploadChunks = pgTable(
  "upload_chunks",
  {
    uploadId: text("upload_id")
      .notNull()
      .references(() => uploads.id, { onDelete: "cascade" }),
    /** From 0. */
    index: integer().notNull(),
    /** The store's name for the part. */
    etag: text().notNull(),
    bytes: number("bytes").notNull(),
    sha256: text(),
    /** It was sent again, so the store may have other bytes than these. */
    doubtful: boolean().notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.uploadId, table.index] })],
);

/** What the tus protocol needs of a session beside that. */
export const tusUploads = pgTable("tus_uploads", {
  uploadId: text("upload_id")
    .primaryKey()
    .references(() => uploads.id, { onDelete: "cascade" }),
  /** As the client sent them. */
  metadata: text().notNull(),
  concat: text(),
  /** The object with the bytes behind the last whole part. */
  tailKey: text("tail_key"),
  tailBytes: number("tail_bytes").notNull().default(0),
  /** Who writes, and until when nobody else may. */
  writer: text(),
  writerUntil: moment("writer_until"),
});
