import type { Failure } from "../core/entry.ts";
import type { BatchName, BatchSummary, GAVE_UP, LineError } from "../core/preload/batch.ts";

/**
 * A manifest that was read to its end. `run` tells its chunks in the store from those of a reading that broke off; 0: it
 * was a list, of which the store has nothing.
 */
export type ManifestSplit = { readonly run: number; readonly lines: number; readonly chunks: number };

/** What became of the lines of one chunk. */
export type ChunkOutcome = {
  readonly rejected: number;
  /** The first of the rejected, at most MAX_LINE_ERRORS. */
  readonly errors: readonly LineError[];
  /** Ids of the entries that are wanted, which may repeat. */
  readonly entries: readonly string[];
};

/** What is known of a batch before anybody asks for all of it. `split` of `null`: the manifest was not read yet. */
export type BatchStanding = { readonly split: ManifestSplit | null; readonly failed: boolean };

/**
 * Bulk preloads, and which entries each wanted. What is noted twice counts once, and what is noted of a batch that is not
 * there (any more) changes nothing.
 */
export type PreloadBatches = {
  /** Begins a batch that was not there before; `split`: as far as it is known already. `now`: ms since the epoch. */
  begin(batch: BatchName, split: ManifestSplit | null, now: number): Promise<void>;
  standing(batch: BatchName): Promise<BatchStanding | null>;
  /** Notes that a manifest was read, and returns the reading that counts: the first that was noted. */
  noteSplit(batch: BatchName, split: ManifestSplit): Promise<ManifestSplit | null>;
  /** `gone`: no such batch. */
  chunk(batch: BatchName, chunk: number): Promise<"open" | "expanded" | "gone">;
  noteChunk(batch: BatchName, chunk: number, outcome: ChunkOutcome): Promise<void>;
  /** The first failure stays. */
  fail(batch: BatchName, failure: Failure): Promise<void>;
  /** Forgets that it was given up ({@link GAVE_UP}). `false`: there is no such batch, or it has failed otherwise. */
  reopen(batch: BatchName): Promise<boolean>;
  /** What the entries are is looked up now. */
  summary(batch: BatchName): Promise<BatchSummary | null>;
  /** Batches that were begun before this moment, ms since the epoch, the oldest first. */
  old(before: number, limit: number): Promise<readonly (BatchName & { readonly split: ManifestSplit | null })[]>;
  /** Forgets batches; their entries stay. */
  drop(batches: readonly BatchName[]): Promise<void>;
};
