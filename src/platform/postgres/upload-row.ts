import { and, eq, sql } from "drizzle-orm";
import type { TenantId } from "../../core/tenant.ts";
import type { UploadChunk, UploadName, UploadPlan, UploadSession } from "../../core/uploads/upload-session.ts";
import { type uploadChunks, uploads } from "./schema-uploads.ts";

export function isSession({ tenant, id, token = null }: UploadName) {
  return and(eq(uploads.id, id), eq(uploads.tenantId, tenant), token === null ? undefined : eq(uploads.token, token));
}

/** As the index on open sessions has it. */
export function isOpenSession() {
  return sql`${uploads.status} in ('initiated', 'in_progress')`;
}

export function rowOf({ tenant, fileName, createdAt, expiresAt, ...plan }: UploadPlan): typeof uploads.$inferInsert {
  return {
    ...{ id: plan.id, kind: plan.kind, size: plan.size, userId: plan.userId, userRole: plan.userRole },
    ...{ contentType: plan.contentType, sha256: plan.sha256, asset: plan.asset, chunkBytes: plan.chunkBytes },
    ...{ path: plan.path, storeUpload: plan.storeUpload, token: plan.token },
    tenantId: tenant,
    fileName: JSON.stringify(fileName),
    createdAt: new Date(createdAt),
    updatedAt: new Date(createdAt),
    expiresAt: new Date(expiresAt),
  };
}

export function sessionOf(row: typeof uploads.$inferSelect): UploadSession {
  const { tenantId, fileName, etag, fileSha256, assetId, createdAt, updatedAt, expiresAt, cleared: _, ...plan } = row;
  return {
    ...plan,
    tenant: tenantId as TenantId,
    fileName: JSON.parse(fileName) as string,
    result: etag === null ? null : { etag, sha256: fileSha256, assetId },
    createdAt: createdAt.getTime(),
    updatedAt: updatedAt.getTime(),
    expiresAt: expiresAt.getTime(),
  };
}

export function chunkOf({ index, etag, bytes, sha256 }: typeof uploadChunks.$inferSelect): UploadChunk {
  return { index, etag, bytes, sha256 };
}
