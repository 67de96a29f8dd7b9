import type { TenantId } from "../tenant.ts";
import type { UploadWish } from "./upload-wish.ts";

/** Who may upload, as the first folder of where it lies. */
export const UPLOAD_ROLES = ["creator", "member", "subscriber"] as const;
export type UploadRole = (typeof UPLOAD_ROLES)[number];

/**
 * Where a session stands: `initiated`, nothing has come yet; `in_progress`, some chunks have; the others are its end, and
 * it has one end.
 */
export const UPLOAD_STATUSES = ["initiated", "in_progress", "completed", "cancelled", "expired"] as const;
export type UploadStatus = (typeof UPLOAD_STATUSES)[number];

/** How its bytes come: chunk by chunk through us, straight to the store, or by the tus protocol. */
export const UPLOAD_KINDS = ["chunks", "direct", "tus"] as const;
export type UploadKind = (typeof UPLOAD_KINDS)[number];

/** How long a session may take, in ms. R2 lets go of the parts of an upload that nobody completed after as long. */
export const UPLOAD_LIFE_MS = 7 * 24 * 60 * 60_000;

/** Names a session. Another tenant has none of its id, and where a token is named another token has none. */
export type UploadName = {
  readonly tenant: TenantId;
  readonly id: string;
  /** SHA-256, in hex, of the token that it must have been begun with; `null` or absent: that is not looked at. */
  readonly token?: string | null;
};

/** What a client told of its file when the session began, and what was decided then. Nothing of it ever changes. */
export type UploadPlan = UploadName &
  UploadWish & {
    readonly kind: UploadKind;
    /** Bytes of each chunk but the last. */
    readonly chunkBytes: number;
    /** Where it lies, as the tenant knows it. */
    readonly path: string;
    /** The store's name for the upload of its parts; `null`: an empty file has none. */
    readonly storeUpload: string | null;
    /** SHA-256 of the token that it was begun with, in hex; `null`: with an API key. */
    readonly token: string | null;
    /** Milliseconds since the epoch, as all times here. */
    readonly createdAt: number;
    readonly expiresAt: number;
  };

/** What is known of a file that is complete. */
export type UploadResult = {
  /** Strong and quoted. */
  readonly etag: string;
  /** Of the whole, in hex; `null`: nobody has read it in its order. */
  readonly sha256: string | null;
  /** The asset that it has become; `null`: none. */
  readonly assetId: string | null;
};

export type UploadSession = UploadPlan & {
  readonly status: UploadStatus;
  /** `null`: it is not completed. */
  readonly result: UploadResult | null;
  readonly updatedAt: number;
};

/** A chunk that the store has. */
export type UploadChunk = {
  /** From 0. */
  readonly index: number;
  /** The store's name for these very bytes as a part. */
  readonly etag: string;
  readonly bytes: number;
  /** In hex; `null`: the bytes did not come through us. */
  readonly sha256: string | null;
};

/** Whether nothing has ended it yet, its own time included. */
export function isOpen({ status, expiresAt }: Pick<UploadSession, "status" | "expiresAt">, now: number): boolean {
  return (status === "initiated" || status === "in_progress") && now < expiresAt;
}

/** What is told of where it stands: its time ends a session before the sweep comes by. */
export function shownStatus(session: Pick<UploadSession, "status" | "expiresAt">, now: number): UploadStatus {
  const { status } = session;
  return (status === "initiated" || status === "in_progress") && !isOpen(session, now) ? "expired" : status;
}
