import { SnapbyteError } from "../../core/errors.ts";
import type { TenantId } from "../../core/tenant.ts";
import { chunkBytesFor, MIN_CHUNK_BYTES } from "../../core/uploads/chunk-plan.ts";
import { formatUploadId } from "../../core/uploads/upload-id.ts";
import { uploadKey, uploadPath } from "../../core/uploads/upload-path.ts";
import { UPLOAD_LIFE_MS, type UploadKind, type UploadPlan } from "../../core/uploads/upload-session.ts";
import type { UploadWish } from "../../core/uploads/upload-wish.ts";
import { uploadHeaders } from "./upload-headers.ts";
import { atDatabase, atStore, type UploadParts } from "./upload-parts.ts";

/** How often another id is tried: two of them that meet are chance, three are a fault. */
const TRIES = 3;

/** Bytes of a part of what comes by tus: each that is being written holds one in memory. 10,000 make 48 GiB. */
const TUS_PART_BYTES = MIN_CHUNK_BYTES;

/** For whom a session begins, and how its bytes will come. */
export type BeginFor = {
  readonly tenant: TenantId;
  readonly kind: UploadKind;
  /** SHA-256 of the token that allows it, in hex; `null`: it is an API key that does. */
  readonly token: string | null;
  /** Its bytes are there already, and no part of it is held in memory. Absent: no. */
  readonly isCopied?: boolean;
};

export type BeginParts = Pick<
  UploadParts,
  "uploads" | "uploadLimits" | "store" | "direct" | "makeAsset" | "roomFor" | "newId" | "clock" | "report"
>;

/**
 * Begins a session. Throws 413 for a file that is larger than what is taken, 402 where the tenant's plan has no room for
 * it, 400 for what this deployment cannot do, 502 when database or store fail. The store's upload comes first: one that
 * nobody was told of is dropped by R2 after 7 days.
 */
export async function beginUpload(wish: UploadWish, whose: BeginFor, parts: BeginParts): Promise<UploadPlan> {
  const { tenant, kind, token, isCopied = false } = whose;
  const { maxFileBytes, chunkBytes } = await parts.uploadLimits.read();
  if (wish.size > maxFileBytes) {
    throw new SnapbyteError("FILE_TOO_LARGE", `A file may have at most ${maxFileBytes} bytes.`);
  }
  if (kind === "direct" && !parts.direct) {
    throw new SnapbyteError("INVALID_FIELD", "direct: this deployment sends nobody straight to its store.");
  }
  if (wish.asset && !parts.makeAsset) throw new SnapbyteError("INVALID_FIELD", "asset: there are no assets here.");
  if (parts.roomFor) await atDatabase(parts.roomFor(tenant, wish.size), parts);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const wanted = kind === "tus" && !isCopied ? TUS_PART_BYTES : chunkBytes;
    const begun = await tryToBegin(
      { ...wish, kind, tenant, token, chunkBytes: chunkBytesFor(wish.size, wanted) },
      parts,
    );
    if (begun) return begun;
  }
  throw new SnapbyteError("DATABASE_ERROR");
}

type Draft = UploadWish & BeginFor & Pick<UploadPlan, "chunkBytes">;

/** `null`: there is one of this id or path. */
async function tryToBegin(draft: Draft, parts: BeginParts): Promise<UploadPlan | null> {
  const createdAt = parts.clock.now();
  const id = formatUploadId(createdAt, parts.newId());
  const named = { ...draft, id, createdAt, expiresAt: createdAt + UPLOAD_LIFE_MS };
  const path = uploadPath(named);
  const key = uploadKey({ tenant: draft.tenant, path });
  const upload = draft.size === 0 ? null : await atStore(parts.store.createMultipart(key, uploadHeaders(named)), parts);
  const plan: UploadPlan = { ...named, path, storeUpload: upload?.id ?? null };
  try {
    if (await atDatabase(parts.uploads.begin(plan), parts)) return plan;
  } catch (error) {
    // It may have been begun all the same, and its client never hears of it.
    await upload?.abort().catch((fault: unknown) => parts.report("uploads", fault));
    throw error;
  }
  await upload?.abort().catch((fault: unknown) => parts.report("uploads", fault));
  return null;
}
