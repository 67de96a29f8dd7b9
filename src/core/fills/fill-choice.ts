import { isStrongEtag } from "../http/etag.ts";

const MIB = 2 ** 20;

/**
 * The largest object that R2 takes, in bytes: 5 GiB less than 5 TiB. Parts have at least 5 MiB and at most 5 GiB, all but
 * the last the same, and 10,000 are the most (https://developers.cloudflare.com/r2/platform/limits/).
 */
export const MAX_OBJECT_BYTES = 5 * 2 ** 40 - 5 * 2 ** 30;

/** Where one way to fill ends and another begins. Smaller ones serve tests. */
export type FillSizes = {
  /** Up to this, one request to the store is the cheapest, and it compares checksums by itself. A fault costs it all. */
  readonly putBytes: number;
  /** The least bytes of a part: few enough calls to be cheap, and little to fetch twice when an attempt breaks off. */
  readonly partBytes: number;
  /** From this on, several consumers fetch one object side by side; below, the time to begin is more than they save. */
  readonly parallelBytes: number;
  /** How many of them: together no more than half of what an origin is asked at once. */
  readonly lanes: number;
  /** Some below the store's limit of 10,000. */
  readonly maxParts: number;
};

export const FILL_SIZES: FillSizes = {
  putBytes: 64 * MIB,
  partBytes: 8 * MIB,
  parallelBytes: 256 * MIB,
  lanes: 4,
  maxParts: 9_000,
};

/**
 * What comes in one body, with no way to go on after a fault, is too large above this: 70 GiB are more than an attempt has
 * time for, and as many parts of the least size as there may be.
 */
export const MAX_STREAMED_BYTES = FILL_SIZES.maxParts * FILL_SIZES.partBytes;

/** What the origin's first answer tells. */
export type Offered = {
  /** Bytes; `null`: not said. */
  readonly length: number | null;
  /** Whether it said `Accept-Ranges: bytes`. */
  readonly ranges: boolean;
  readonly etag: string | null;
};

/** `put`: one request to the store; `parts`: see core/fills/fill-plan.ts for the rest. */
export type FillChoice =
  | { readonly how: "put" }
  | {
      readonly how: "parts";
      readonly partBytes: number;
      readonly resumeTag: string | null;
      readonly lanes: number;
    };

/**
 * How to fill what the origin offers. Missing parts may only be asked for where a strong ETag says which bytes they are
 * of, and only such parts can be fetched side by side.
 */
export function chooseFill({ length, ranges, etag }: Offered, sizes: FillSizes = FILL_SIZES): FillChoice {
  if (length === null) return { how: "parts", partBytes: sizes.partBytes, resumeTag: null, lanes: 1 };
  if (length <= sizes.putBytes) return { how: "put" };
  const resumeTag = ranges && isStrongEtag(etag) ? etag : null;
  const lanes = resumeTag !== null && length >= sizes.parallelBytes ? sizes.lanes : 1;
  return { how: "parts", partBytes: partBytes(length, sizes), resumeTag, lanes };
}

/** Parts are made of whole pieces of this many bytes, as they are read and handed on. */
const WHOLE_BYTES = 8 * MIB;

/** Bytes of each part but the last of an object of `length` bytes: the least, or as many more as are needed. */
export function partBytes(length: number, { partBytes: least, maxParts }: FillSizes = FILL_SIZES): number {
  return length <= maxParts * least ? least : Math.ceil(length / maxParts / WHOLE_BYTES) * WHOLE_BYTES;
}
