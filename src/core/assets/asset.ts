import type { TenantId } from "../tenant.ts";

/**
 * Bytes that an asset has, had, or has published: whole in the store, and never changed there. What refers to them are
 * rows, so that a version costs no second copy, and a rollback moves nothing.
 */
export type AssetContent = {
  /** 36 characters; never used twice. */
  readonly id: string;
  /** Where the bytes lie in the store. */
  readonly objectKey: string;
  /** Bytes. */
  readonly size: number;
  /** Of the bytes, in lower-case hex: the ETag. */
  readonly sha256: string;
  /** As whoever sent them called them, never guessed from the bytes; `null`: they did not. */
  readonly contentType: string | null;
};

/** A file that a customer keeps with us. Moments in ms since the epoch. */
export type Asset = {
  readonly tenant: TenantId;
  readonly id: string;
  /** As people call it; whatever it holds, it is safe in no path and no field of HTTP. */
  readonly filename: string;
  /** Whether everybody may download it under its id. */
  readonly isPublic: boolean;
  readonly content: AssetContent;
  /**
   * Since when it has this content, as Last-Modified tells it: a second later than the one before at the least, so that
   * whoever asks by a date can tell any two contents apart.
   */
  readonly contentSince: number;
  /** How many versions were ever published. */
  readonly versions: number;
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** What an asset was when it was published, for good. */
export type AssetVersion = {
  readonly tenant: TenantId;
  /** The asset's id. */
  readonly asset: string;
  readonly id: string;
  /** From 1, without gaps. */
  readonly number: number;
  readonly filename: string;
  readonly content: AssetContent;
  /** Whether it can be had: publishing it says so, and making the asset private ends that. */
  readonly isPublic: boolean;
  readonly publishedAt: number;
};

/** A link to an asset for whoever has it. The token itself is nowhere. */
export type AssetToken = {
  readonly id: string;
  readonly asset: string;
  /** From this moment on it opens nothing. */
  readonly expiresAt: number;
  /** `null`: as many as anybody likes. */
  readonly maxDownloads: number | null;
  readonly downloads: number;
  readonly createdAt: number;
};

/** The strong validator of a content (RFC 9110 section 8.8.3): the same bytes have the same, wherever they lie. */
export function assetEtag({ sha256 }: Pick<AssetContent, "sha256">): string {
  return `"${sha256}"`;
}

/**
 * Where a content lies in the store. Four parts, so that it is never taken for the copy of an entry, which has three: the
 * sweep of those would find it an orphan.
 */
export function assetObjectKey(tenant: TenantId, asset: string, content: string): string {
  return `assets/${tenant}/${asset}/${content}`;
}

/** The tag of everything that caches keep of an asset. Its id is in its address anyway. */
export function assetTag(asset: string): string {
  return `asset:${asset}`;
}
