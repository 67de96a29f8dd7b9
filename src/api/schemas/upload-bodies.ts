import type { z } from "zod";
import type { CompleteUpload } from "../../app/uploads/complete-upload.ts";
import type { UploadDescription } from "../../app/uploads/describe-upload.ts";
import type { PartUrl } from "../../app/uploads/part-urls.ts";
import type { UploadPlan } from "../../core/uploads/upload-session.ts";
import type { UploadWish } from "../../core/uploads/upload-wish.ts";
import type { uploadInit } from "./uploads.ts";

export function wishFromBody(body: z.infer<typeof uploadInit>): UploadWish {
  const { file_name, total_size, user_id, user_role, content_type, asset } = body;
  const named = { fileName: file_name, size: total_size, userId: user_id, userRole: user_role };
  return { ...named, contentType: content_type, sha256: body.sha256 ?? null, asset };
}

export function begunToBody({ id, chunkBytes, kind }: UploadPlan, urls: readonly PartUrl[]) {
  const parts = kind === "direct" ? { parts: urls.map(partToBody) } : {};
  return { upload_id: id, chunk_size: chunkBytes, status: "initiated", ...parts };
}

export function statusToBody({ session, chunks, bytes }: UploadDescription, urls: readonly PartUrl[] | null) {
  const { id, fileName: name, size, userId: user, userRole: role, contentType: type, status, chunkBytes } = session;
  return {
    ...{ upload_id: id, file_name: name, total_size: size, user_id: user, user_role: role, content_type: type, status },
    ...{ chunks_uploaded: chunks.length, chunks, bytes_uploaded: bytes, chunk_size: chunkBytes },
    created_at: new Date(session.createdAt).toISOString(),
    updated_at: new Date(session.updatedAt).toISOString(),
    expires_at: new Date(session.expiresAt).toISOString(),
    ...(urls && { parts: urls.map(partToBody) }),
  };
}

export function completedToBody({ id, path, size, result: { etag, sha256, assetId } }: CompleteUpload) {
  const asset = assetId === null ? {} : { asset_id: assetId };
  return { upload_id: id, r2_key: path, status: "completed", etag, size, sha256, ...asset };
}

function partToBody({ index, url, expiresAt }: PartUrl) {
  return { index, url, expires_at: new Date(expiresAt).toISOString() };
}
