import type { EntryState, Failure } from "../entry.ts";
import type { TenantId } from "../tenant.ts";

/** A batch is found only by its tenant. */
export type BatchName = { readonly tenant: TenantId; readonly id: string };

/** Why a line, or item, was passed over; counted from 1. No URL is in it. */
export type LineError = Failure & { readonly line: number };

/** Reasons that are kept of a batch: who makes manifests makes one mistake many times. */
export const MAX_LINE_ERRORS = 100;

/** How long a batch is remembered, ms. */
export const BATCH_AGE_MS = 7 * 24 * 60 * 60_000;

/** The code of a batch, or of a part of it, that was tried too often without an end: it may be gone on with. */
export const GAVE_UP = "GAVE_UP";

/** What has become of a batch so far. */
export type BatchSummary = {
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Lines, or items, that said something; 0 until all of them were counted. */
  readonly lines: number;
  /** Those of them that were passed over. */
  readonly rejected: number;
  /** The first {@link MAX_LINE_ERRORS} of them, in the lines' order. */
  readonly errors: readonly LineError[];
  /** Whether every line was looked at. */
  readonly expanded: boolean;
  /** Why that, or a part of it, will not happen. */
  readonly failure: Failure | null;
  /** The batch's entries, each once, by what they are now. */
  readonly entries: Readonly<Record<EntryState, number>>;
  /** Those whose fill has not ended: wanted, on their way, or stale since before the batch. */
  readonly pending: number;
  /** Of the copies of ready entries. */
  readonly bytes: number;
};

export const BATCH_STATUSES = ["expanding", "working", "done", "failed"] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

export function batchStatus({ failure, expanded, pending }: BatchSummary): BatchStatus {
  if (failure) return "failed";
  if (!expanded) return "expanding";
  return pending > 0 ? "working" : "done";
}
