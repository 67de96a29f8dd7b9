import type { UploadPlan } from "../../core/uploads/upload-session.ts";
import type { ObjectHeaders } from "../../ports/object-store.ts";

/** A name for the bytes of this session that no others have: the random part of its id. Strong and quoted. */
export function etagOf({ id }: Pick<UploadPlan, "id">): string {
  return `"${id.slice(14).replaceAll("-", "")}"`;
}

/** What is kept beside the bytes. They get their own name before they come: a store takes it when an upload begins. */
export function uploadHeaders(plan: Pick<UploadPlan, "id" | "contentType">): ObjectHeaders {
  return {
    contentType: plan.contentType,
    contentEncoding: null,
    contentLanguage: null,
    contentDisposition: null,
    cacheControl: null,
    lastModified: null,
    etag: etagOf(plan),
  };
}
