import type { EntryState, Failure } from "../../src/core/entry.ts";
import { type EntryKey, entryKeyOf } from "../../src/core/entry-key.ts";
import { type BatchName, GAVE_UP, MAX_LINE_ERRORS } from "../../src/core/preload/batch.ts";
import type { EntryLedger } from "../../src/ports/entry-ledger.ts";
import type { ChunkOutcome, ManifestSplit, PreloadBatches } from "../../src/ports/preload-batches.ts";

/** Batches in a map, by id. */
export type FakePreloadBatches = PreloadBatches & { readonly rows: Map<string, BatchRow> };
export type BatchRow = BatchName & {
  readonly createdAt: number;
  readonly split: ManifestSplit | null;
  readonly failure: Failure | null;
  readonly chunks: ReadonlyMap<number, ChunkOutcome>;
};

export function fakePreloadBatches({ findMany }: Pick<EntryLedger, "findMany">): FakePreloadBatches {
  const rows = new Map<string, BatchRow>();
  const at = ({ tenant, id }: BatchName) => {
    const row = rows.get(id);
    return row?.tenant === tenant ? row : null;
  };
  const change = (batch: BatchName, to: (row: BatchRow) => Partial<BatchRow>) => {
    const row = at(batch);
    if (row) rows.set(row.id, { ...row, ...to(row) });
  };

  return {
    rows,
    async begin({ tenant, id }, split, now) {
      if (rows.has(id)) throw new Error(`${id} was begun before`);
      rows.set(id, { tenant, id, createdAt: now, split, failure: null, chunks: new Map() });
    },
    async standing(batch) {
      const row = at(batch);
      return row && { split: row.split, failed: row.failure !== null };
    },
    async noteSplit(batch, split) {
      change(batch, (row) => ({ split: row.split ?? split }));
      return at(batch)?.split ?? null;
    },
    async chunk(batch, chunk) {
      const row = at(batch);
      if (!row) return "gone";
      return row.chunks.has(chunk) ? "expanded" : "open";
    },
    async noteChunk(batch, chunk, outcome) {
      change(batch, ({ chunks }) => ({ chunks: new Map([[chunk, outcome], ...chunks]) }));
    },
    async fail(batch, failure) {
      change(batch, (row) => ({ failure: row.failure ?? failure }));
    },
    async reopen(batch) {
      const row = at(batch);
      if (!row || (row.failure && row.failure.code !== GAVE_UP)) return false;
      change(batch, () => ({ failure: null }));
      return true;
    },
    async summary(batch) {
      const row = at(batch);
      if (!row) return null;
      const outcomes = [...row.chunks.values()];
      return {
        createdAt: row.createdAt,
        lines: row.split?.lines ?? 0,
        rejected: outcomes.reduce((total, { rejected }) => total + rejected, 0),
        errors: outcomes
          .flatMap(({ errors }) => errors)
          .toSorted((a, b) => a.line - b.line)
          .slice(0, MAX_LINE_ERRORS),
        expanded: row.split !== null && row.chunks.size >= row.split.chunks,
        failure: row.failure,
        ...(await countEntries(row, findMany)),
      };
    },
    async old(before, limit) {
      return [...rows.values()]
        .filter(({ createdAt }) => createdAt < before)
        .toSorted((a, b) => a.createdAt - b.createdAt)
        .slice(0, limit)
        .map(({ tenant, id, split }) => ({ tenant, id, split }));
    },
    async drop(batches) {
      for (const { id } of batches) rows.delete(id);
    },
  };
}

async function countEntries({ tenant, createdAt, chunks }: BatchRow, findMany: EntryLedger["findMany"]) {
  const ids = new Set([...chunks.values()].flatMap(({ entries }) => entries));
  const keys: EntryKey[] = [...ids].map((id) => entryKeyOf(tenant, id));
  const known = await findMany(keys);
  const count = (state: EntryState) => known.filter((entry) => entry.state === state).length;
  const filling = count("filling") + keys.length - known.length;
  const isRefilled = known.filter(
    ({ state, copy, failure }) => state === "stale" && (copy?.storedAt ?? 0) < createdAt && failure === null,
  );
  const ready = known.filter(({ state }) => state === "ready");
  return {
    entries: {
      ...{ filling, ready: ready.length, stale: count("stale") },
      ...{ purged: count("purged"), failed: count("failed") },
    },
    pending: filling + isRefilled.length,
    bytes: ready.reduce((total, { copy }) => total + (copy?.size ?? 0), 0),
  };
}
