import type { UsageCell } from "./tally.ts";

/** What an isolate counted, on its way to be added once. */
export type UsageBatch = {
  readonly version: 1;
  /** Told apart by it: what comes twice is added once. */
  readonly id: string;
  /** Who counted, */
  readonly isolate: string;
  /** and which of its batches this is, from 1: a number that never comes was lost. */
  readonly sequence: number;
  /** When it was closed, ms since the epoch. */
  readonly at: number;
  readonly cells: readonly UsageCell[];
};

/**
 * A batch that is older than this, in ms, is not added any more: whether it was is forgotten a day later. A queue keeps a
 * message for four days. https://developers.cloudflare.com/queues/platform/limits/
 */
export const BATCH_LIFE_MS = 5 * 86_400_000;

/** Bytes of cells in one batch: a message has 128,000, and the rest of the batch is in it, too. */
export const BATCH_BYTES = 120_000;

/** The cells in as many groups as a batch's size asks for. */
export function splitCells(cells: readonly UsageCell[], limit = BATCH_BYTES): UsageCell[][] {
  const groups: UsageCell[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const cell of cells) {
    const size = bytesOf(cell);
    if (bytes + size > limit) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)?.push(cell);
    bytes += size;
  }
  return groups;
}

/** As JSON, with its comma. A character has three bytes at most, where a tenant's id has other than ASCII. */
function bytesOf(cell: UsageCell): number {
  const { length } = JSON.stringify(cell);
  return length + 1 + 2 * cell.tenant.length;
}
