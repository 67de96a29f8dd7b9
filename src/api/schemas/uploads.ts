import * as z from "zod";
import { MAX_CHUNKS } from "../../core/uploads/chunk-plan.ts";
import { UPLOAD_ROLES, UPLOAD_STATUSES } from "../../core/uploads/upload-session.ts";
import { TOKEN_LIFE_SECONDS } from "../../core/uploads/upload-token.ts";
import { contentType, fileName, sha256, totalSize, userId, userRole } from "../../core/uploads/upload-wish.ts";

const index = z
  .int()
  .nonnegative()
  .max(MAX_CHUNKS - 1);

export const uploadInit = z
  .object({
    file_name: fileName.describe("As it is to be shown."),
    total_size: totalSize.describe("Bytes."),
    user_id: userId,
    user_role: userRole,
    content_type: contentType,
    sha256: sha256.nullish().describe("Of the whole, in hexadecimal: compared when the upload is completed."),
    direct: z.boolean().default(false).describe("The bytes go straight to the store."),
    asset: z.boolean().default(false).describe("It becomes an asset when it is complete."),
  })
  .meta({ id: "UploadInit" });

export const uploadComplete = z
  .object({
    upload_id: z.string().min(1, "must not be empty"),
    parts: z
      .array(z.object({ index, etag: z.string().min(1).max(256) }))
      .max(MAX_CHUNKS)
      .nullish()
      .describe("Of a direct upload: what the store has answered to each part. Needed where it lists none."),
  })
  .meta({ id: "UploadComplete" });

export const uploadCancel = z
  .object({ upload_id: z.string().min(1, "must not be empty") })
  .meta({ id: "UploadCancel" });

export const uploadTokenRequest = z
  .object({
    user_id: userId,
    user_role: userRole,
    content_type: z
      .union([contentType, z.string().regex(/^[A-Za-z]{1,32}\/\*$/)], "must be a MIME type, or one such as image/*")
      .describe("A MIME type, or `image/*`."),
    max_size: totalSize.describe("Bytes."),
    file_name: fileName.optional().describe("The only name; otherwise any."),
    expires_in: z
      .int()
      .positive()
      .max(TOKEN_LIFE_SECONDS)
      .default(3600)
      .describe("Seconds in which uploads may begin; what was begun may be ended later."),
  })
  .meta({ id: "UploadTokenRequest" });

export const uploadTokenBody = z
  .strictObject({ token: z.string(), expires_at: z.iso.datetime() })
  .meta({ id: "UploadToken" });

const part = z.strictObject({ index, url: z.url(), expires_at: z.iso.datetime() });

export const uploadBegunBody = z
  .strictObject({
    upload_id: z.string(),
    chunk_size: z.int().describe("Bytes of each chunk but the last."),
    status: z.literal("initiated"),
    parts: z.array(part).optional().describe("Of a direct upload: where each chunk is put."),
  })
  .meta({ id: "UploadBegun" });

export const chunkTakenBody = z
  .strictObject({ upload_id: z.string(), chunk_index: index, status: z.literal("uploaded") })
  .meta({ id: "ChunkTaken" });

export const uploadStatusBody = z
  .strictObject({
    upload_id: z.string(),
    file_name: z.string(),
    total_size: z.int(),
    user_id: z.string(),
    user_role: z.enum(UPLOAD_ROLES),
    content_type: z.string(),
    status: z.enum(UPLOAD_STATUSES),
    chunks_uploaded: z.int().describe("How many."),
    chunks: z.array(index).describe("Which."),
    bytes_uploaded: z.int(),
    chunk_size: z.int(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
    parts: z.array(part).optional().describe("Of a direct upload that is open: where the others are put."),
  })
  .meta({ id: "UploadStatus" });

export const uploadCompletedBody = z
  .strictObject({
    upload_id: z.string(),
    r2_key: z.string(),
    status: z.literal("completed"),
    etag: z.string(),
    size: z.int(),
    sha256: z.string().nullable().describe("null: it came in several chunks, and none was declared."),
    asset_id: z.string().optional(),
  })
  .meta({ id: "UploadCompleted" });

export const uploadCancelledBody = z
  .strictObject({ upload_id: z.string(), status: z.literal("cancelled") })
  .meta({ id: "UploadCancelled" });
