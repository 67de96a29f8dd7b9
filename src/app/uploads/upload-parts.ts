import { SnapbyteError } from "../../core/errors.ts";
import type { TenantId } from "../../core/tenant.ts";
import { uploadKey } from "../../core/uploads/upload-path.ts";
import type { UploadName, UploadPlan, UploadSession } from "../../core/uploads/upload-session.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DirectUploads } from "../../ports/direct-uploads.ts";
import type { MultipartUpload, ObjectStore } from "../../ports/object-store.ts";
import type { StartHash } from "../../ports/running-hash.ts";
import type { UploadLimitsSource } from "../../ports/upload-limits.ts";
import type { Uploads } from "../../ports/uploads.ts";
import type { UsageSink } from "../../ports/usage-sink.ts";
import type { Report } from "../in-background.ts";

/** What uploads work with. */
export type UploadParts = {
  readonly uploads: Uploads;
  readonly uploadLimits: UploadLimitsSource;
  readonly store: ObjectStore;
  /** `null`: nobody is sent to the store of this deployment. */
  readonly direct: DirectUploads | null;
  readonly startHash: StartHash;
  readonly usage: UsageSink;
  /**
   * Makes an asset of a complete file and returns its id; the same again for the same file. Throws 503 without the database.
   * `null`: there are none here.
   */
  readonly makeAsset: ((session: UploadSession) => Promise<string>) | null;
  /** Throws 413 or 402 where the tenant's plan has no room for so many bytes, 503 without the database; `null`: nobody looks. */
  readonly roomFor: ((tenant: TenantId, bytes: number) => Promise<unknown>) | null;
  /** A UUID. */
  readonly newId: () => string;
  /** How long a client may send nothing, in ms. */
  readonly idleMs: number;
  readonly clock: Clock;
  readonly report: Report;
};

type Reporting = Pick<UploadParts, "report">;

/** What the database answers, by others of ours included; 502 when it does not. */
export async function atDatabase<Value>(work: Promise<Value>, { report }: Reporting): Promise<Value> {
  return await failingAs("DATABASE_ERROR", work, report);
}

/** What the store answers; 502 when it does not. */
export async function atStore<Value>(work: Promise<Value>, { report }: Reporting): Promise<Value> {
  return await failingAs("R2_ERROR", work, report);
}

async function failingAs<Value>(code: "DATABASE_ERROR" | "R2_ERROR", work: Promise<Value>, report: Report) {
  try {
    return await work;
  } catch (error) {
    const isSaid = error instanceof SnapbyteError;
    if (isSaid && error.code !== "UNAVAILABLE") throw error;
    if (!isSaid) report("uploads", error);
    throw new SnapbyteError(code, undefined, { cause: error });
  }
}

/** The session of this id. Throws 404 for one that is not there, another tenant's included. */
export async function findUpload(name: UploadName, parts: Pick<UploadParts, "uploads" | "report">) {
  const session = await atDatabase(parts.uploads.find(name), parts);
  if (!session) throw new SnapbyteError("UPLOAD_NOT_FOUND");
  return session;
}

/** The store's upload of a session's parts; `null`: an empty file has none. */
export function multipartOf(
  session: Pick<UploadPlan, "tenant" | "path" | "storeUpload">,
  { store }: Pick<UploadParts, "store">,
): MultipartUpload | null {
  const { storeUpload } = session;
  return storeUpload === null ? null : store.resumeMultipart(uploadKey(session), storeUpload);
}
