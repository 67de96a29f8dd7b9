import { refusal } from "../app/people/managed.ts";
import { admitToken, type TokenHolder } from "../app/uploads/admit-token.ts";
import { SnapbyteError } from "../core/errors.ts";
import type { Tenant } from "../core/tenant.ts";
import { UPLOAD_PREFLIGHT, uploadCors } from "../core/uploads/upload-cors.ts";
import { isUploadId } from "../core/uploads/upload-id.ts";
import type { UploadName } from "../core/uploads/upload-session.ts";
import { beyondGrant, mayBegin } from "../core/uploads/upload-token.ts";
import type { UploadWish } from "../core/uploads/upload-wish.ts";
import { type ManagementCall, tenantOf } from "./management.ts";
import { problem } from "./problem.ts";

/** For whom something is uploaded. */
export type Uploader = {
  readonly tenant: Tenant;
  /** `null`: it is an API key, or a person, that may upload whatever there is. */
  readonly holder: TokenHolder | null;
};

type UploadHandler = (call: ManagementCall, uploader: Uploader) => Promise<Response>;

/** A route of uploads, whose caller is known before it begins, and whose answers the tenant's own pages may read. */
export function forUploader(handle: UploadHandler) {
  return async (call: ManagementCall): Promise<Response> => {
    const uploader = await uploaderOf(call);
    const fields = uploadCors(uploader.tenant.serving.cors, call.request.headers.get("Origin"));
    const response = await handle(call, uploader).catch((error: unknown) => {
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

/**
 * The wish, where the uploader may have that. Throws 402 where the tenant is over its plan, 401 for a token that has ended,
 * 400 and 413 for what it is not for.
 */
export function granted(wish: UploadWish, { tenant, holder }: Uploader, { parts }: ManagementCall): UploadWish {
  if (tenant.standing !== "good") throw refusal(tenant.standing);
  if (!holder) return wish;
  if (!mayBegin(holder.grant, parts.clock.now())) throw new SnapbyteError("UNAUTHORIZED", "The token has ended.");
  const beyond = beyondGrant(holder.grant, wish);
  if (beyond === "total_size") throw new SnapbyteError("FILE_TOO_LARGE", "The token is for a smaller file.");
  if (beyond !== null) throw new SnapbyteError("INVALID_FIELD", `${beyond}: the token is not for this.`);
  return wish;
}

async function uploaderOf(call: ManagementCall): Promise<Uploader> {
  const holder = await admitToken(call.request.headers.get("Authorization"), call.parts);
  if (holder) return { tenant: holder.tenant, holder };
  return { tenant: await tenantOf(call, "uploads:*"), holder: null };
}
