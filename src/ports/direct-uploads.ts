/** A part that a client is to put somewhere, counted from 1. */
export type PartToPut = { readonly number: number; readonly bytes: number };

/** A part as the store itself tells of it. */
export type PartInStore = { readonly number: number; readonly etag: string; readonly bytes: number };

/** Uploads whose bytes go from the client to the store, and not through us. We begin, join and give them up as any other. */
export type DirectUploads = {
  /**
   * Where a client puts one part, until `expiresAt` (ms since the epoch; at most 7 days ahead). The store takes so many
   * bytes there and no others: nobody fills it with more than they said they had.
   */
  partUrl(key: string, upload: string, part: PartToPut, expiresAt: number): string;
  /**
   * All parts that the store has, in order; `null`: it is one that does not tell. Rejects with `UploadGone` when it knows of
   * no such upload.
   */
  parts(key: string, upload: string): Promise<readonly PartInStore[] | null>;
};
