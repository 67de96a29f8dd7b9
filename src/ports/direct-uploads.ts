import type { ObjectStore } from "./object-store.ts";

/** A part as the store itself tells of it. */
export type PartInStore = { readonly number: number; readonly etag: string; readonly bytes: number };

/** Uploads whose bytes go from the client to the store, and not through us. */
export type DirectUploads = {
  /** Where such an upload is begun, joined and given up. */
  readonly store: Pick<ObjectStore, "createMultipart" | "resumeMultipart" | "put" | "head" | "get" | "delete">;
  /** Where a client puts the bytes of one part, until `expiresAt` (ms since the epoch; at most 7 days ahead). */
  partUrl(key: string, upload: string, part: number, expiresAt: number): string;
  /** All parts that the store has, in order. Rejects with `UploadGone` when it knows of no such upload. */
  parts(key: string, upload: string): Promise<readonly PartInStore[]>;
};
