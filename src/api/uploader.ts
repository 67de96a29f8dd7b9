import { admitHolder, findHolder } from "../app/uploads/admit-token.ts";
import { grantWish, type Uploader } from "../app/uploads/grant-wish.ts";
import { atDatabase } from "../app/uploads/upload-parts.ts";
import { SnapbyteError } from "../core/errors.ts";
import { UPLOAD_PREFLIGHT, uploadCors } from "../core/uploads/upload-cors.ts";
import { isUploadId } from "../core/uploads/upload-id.ts";
import type { UploadName } from "../core/uploads/upload-session.ts";
import type { UploadWish } from "../core/uploads/upload-wish.ts";
import { type ManagementCall, tenantOf } from "./management.ts";
import { problem } from "./problem.ts";

export type { Uploader };

type UploadHandler = (call: ManagementCall, uploader: Uploader) => Promise<Response>;

/** A route of uploads, whose caller is known before it begins, and whose answers the tenant's own pages may read. */
export function forUploader(handle: UploadHandler) {
  return async (call: ManagementCall): Promise<Response> => {
    // Who calls is known by the database, too: its failing has one name for these clients.
    const uploader = await atDatabase(uploaderOf(call), call.parts);
    const fields = uploadCors(uploader.tenant.serving.cors, call.request.headers.get("Origin"));
    const admitted = uploader.holder && admitHolder(uploader.holder, call.parts);
    const answered = Promise.resolve(admitted).then(() => handle(call, uploader));
    const response = await answered.catch((error: unknown) => {
      if (!(error instanceof SnapbyteError)) throw error;
      return problem(error, call.requestId);
    });
    for (const [name, value] of Object.entries(fields)) response.headers.set(name, value);
    return response;
  };
}

/** `OPTIONS` of all of them. */
export async function uploadOptionsRoute(): Promise<Response> {
  return new Response(null, { status: 204, headers: UPLOAD_PREFLIGHT });
}

/** A session of this uploader's; throws 404 for what is no id of one. */
export function uploadName({ tenant, holder }: Uploader, id: string): UploadName {
  if (!isUploadId(id)) throw new SnapbyteError("UPLOAD_NOT_FOUND");
  return { tenant: tenant.id, id, token: holder?.digest ?? null };
}

/** The wish, where the uploader may have that. Throws as `grantWish` does. */
export function granted(wish: UploadWish, uploader: Uploader, { parts }: ManagementCall, goesOn = false): UploadWish {
  return grantWish(wish, uploader, parts.clock.now(), goesOn);
}

async function uploaderOf(call: ManagementCall): Promise<Uploader> {
  const holder = await findHolder(call.request.headers.get("Authorization"), call.parts);
  if (holder) return { tenant: holder.tenant, holder };
  return { tenant: await tenantOf(call, "uploads:*"), holder: null };
}
