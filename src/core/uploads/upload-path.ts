import type { TenantId } from "../tenant.ts";
import { categoryOf } from "./category.ts";
import { storedName } from "./stored-name.ts";
import { uniquePart } from "./upload-id.ts";
import type { UploadPlan } from "./upload-session.ts";

/** Uploads lie beside the cache's copies, where no name of one can be that of another. */
const FOLDER = "uploads";

/** `{role}/{user_id}/{yyyymmdd}/{category}/{filename}`, the day in UTC: where a file lies, as its tenant knows it. */
export function uploadPath(
  plan: Pick<UploadPlan, "id" | "userRole" | "userId" | "contentType" | "fileName" | "createdAt">,
): string {
  const { id, userRole, userId, contentType, fileName, createdAt } = plan;
  const day = new Date(createdAt).toISOString().slice(0, 10).replaceAll("-", "");
  return [userRole, userId, day, categoryOf(contentType), storedName(fileName, uniquePart(id))].join("/");
}

/** The key of that file in the store, the tenant before it, so that one can be listed and dropped alone. */
export function uploadKey({ tenant, path }: Pick<UploadPlan, "tenant" | "path">): string {
  return `${FOLDER}/${tenant}/${path}`;
}

/** What {@link uploadKey} put together; `null`: the key is that of something else. */
export function parseUploadKey(key: string): Pick<UploadPlan, "tenant" | "path"> | null {
  const [, tenant, path] = /^uploads\/([^/]+)\/(.+)$/su.exec(key) ?? [];
  return tenant === undefined || path === undefined ? null : { tenant: tenant as TenantId, path };
}
