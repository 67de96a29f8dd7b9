import type { ObjectHeaders } from "../http/delivery-headers.ts";
import type { Checksums, CrcAlgorithm } from "../integrity/checksums.ts";

/**
 * How an object that is stored in parts is filled: made from the origin's first answer, kept at the gate, so that whoever
 * goes on after a fault fetches only what is missing. Holds no credential.
 */
export type FillPlan = {
  /** The generation that the parts become. */
  readonly generation: string;
  /** The store's name of the upload. */
  readonly uploadId: string;
  /** Bytes of the whole; `null`: the origin did not say. */
  readonly size: number | null;
  /** Bytes of each part but the last. */
  readonly partBytes: number;
  /**
   * The strong ETag with which missing parts may be asked for (`If-Match`); `null`: the origin does no ranges, or does
   * not say which bytes they are of, so that a fill that broke off begins anew.
   */
  readonly resumeTag: string | null;
  /** How many consumers may work on it side by side. */
  readonly lanes: number;
  /** Stored beside the bytes. */
  readonly headers: ObjectHeaders;
  /** The ETag that the origin sent, weak ones included. */
  readonly originEtag: string | null;
  /** What the origin declared of the whole. */
  readonly declared: Checksums;
  /** The CRC that every part is given, since the declared one can be put together from them; `null`: none. */
  readonly partCrc: CrcAlgorithm | null;
  /** When the copy is fresh no more, ms since the epoch; `null`: never. */
  readonly freshUntil: number | null;
};

/** A part that the store has. */
export type DonePart = {
  /** From 1. */
  readonly number: number;
  /** The store's, which it wants back when the parts are joined. */
  readonly etag: string;
  readonly bytes: number;
  /** Hex; `null`: the whole was hashed while it was read. */
  readonly sha256: string | null;
  /** Hex, of the plan's `partCrc`. */
  readonly crc: string | null;
};

/** How far a fill has come, for people. */
export type FillProgress = {
  readonly bytes: number;
  /** `null`: not known. */
  readonly totalBytes: number | null;
  readonly parts: number;
  readonly totalParts: number | null;
  /** Attempts that were begun. */
  readonly attempts: number;
};

/** Parts that a plan has; `null`: not known before the end. */
export function partCount({ size, partBytes }: FillPlan): number | null {
  return size === null ? null : Math.max(1, Math.ceil(size / partBytes));
}

/** The bytes of a part, first and last counted from 0, of a plan whose size is known. */
export function partRange({ size, partBytes }: FillPlan, number: number): { first: number; last: number } {
  const first = (number - 1) * partBytes;
  return { first, last: Math.min(first + partBytes, size ?? Number.POSITIVE_INFINITY) - 1 };
}
