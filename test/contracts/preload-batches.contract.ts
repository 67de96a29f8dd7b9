import { beforeEach, describe, expect, test } from "vitest";
import { type BatchName, GAVE_UP, MAX_LINE_ERRORS } from "../../src/core/preload/batch.ts";
import type { TenantId } from "../../src/core/tenant.ts";
import type { EntryLedger } from "../../src/ports/entry-ledger.ts";
import type { ChunkOutcome, PreloadBatches } from "../../src/ports/preload-batches.ts";
import { HOUR, NOON } from "../core/samples.ts";
import { numberedKey } from "./keys.ts";
import { copyOf, noteOf } from "./notes.ts";

/** Batches, and the ledger whose entries they name; these tenants have none yet. */
export type BatchesUnderTest = {
  readonly batches: PreloadBatches;
  readonly ledger: EntryLedger;
  readonly tenants: readonly [TenantId, TenantId];
};

const FAILURE = { code: "MANIFEST_EMPTY", message: "The manifest has no lines." };
const NOTHING: ChunkOutcome = { rejected: 0, errors: [], entries: [] };
const SPLIT = { run: 2, lines: 700, chunks: 2 };

const errorAt = (line: number) => ({ line, code: "INVALID_JSON", message: "The line is not valid JSON." });

export function preloadBatchesContract(name: string, make: () => Promise<BatchesUnderTest>): void {
  describe(`PreloadBatches: ${name}`, () => {
    let all: BatchesUnderTest;
    let batch: BatchName;
    let others: BatchName;
    beforeEach(async () => {
      all = await make();
      batch = { tenant: all.tenants[0], id: crypto.randomUUID() };
      others = { tenant: all.tenants[1], id: batch.id };
    });

    test("a batch begins without lines, and knows when", async () => {
      await all.batches.begin(batch, null, NOON);
      expect(await all.batches.standing(batch)).toEqual({ split: null, failed: false });
      expect(await all.batches.summary(batch)).toEqual({
        ...{ createdAt: NOON, lines: 0, rejected: 0, errors: [], expanded: false, failure: null, pending: 0, bytes: 0 },
        entries: { filling: 0, ready: 0, stale: 0, purged: 0, failed: 0 },
      });
    });

    test("one that is known to its end may begin so", async () => {
      await all.batches.begin(batch, { run: 0, lines: 3, chunks: 1 }, NOON);
      expect(await all.batches.standing(batch)).toEqual({ split: { run: 0, lines: 3, chunks: 1 }, failed: false });
      await all.batches.noteChunk(batch, 0, NOTHING);
      expect(await all.batches.summary(batch)).toMatchObject({ lines: 3, expanded: true });
    });

    test("nobody has one that was not begun, nor another tenant's", async () => {
      for (const asked of [batch, others]) {
        expect(await all.batches.standing(asked)).toBeNull();
        expect(await all.batches.noteSplit(asked, SPLIT)).toBeNull();
        expect(await all.batches.chunk(asked, 0)).toBe("gone");
        await all.batches.noteChunk(asked, 0, NOTHING);
        await all.batches.fail(asked, FAILURE);
        expect(await all.batches.summary(asked)).toBeNull();
        if (asked === batch) await all.batches.begin(batch, null, NOON);
      }
      expect(await all.batches.standing(batch)).toEqual({ split: null, failed: false });
      expect(await all.batches.chunk(batch, 0)).toBe("open");
    });

    test("one that was given up may be gone on with, one that failed otherwise may not", async () => {
      expect(await all.batches.reopen(batch)).toBe(false);
      await all.batches.begin(batch, SPLIT, NOON);
      expect(await all.batches.reopen(batch)).toBe(true);
      await all.batches.fail(batch, { code: GAVE_UP, message: "x" });
      expect(await all.batches.reopen(others)).toBe(false);
      expect(await all.batches.standing(batch)).toEqual({ split: SPLIT, failed: true });
      expect(await all.batches.reopen(batch)).toBe(true);
      expect(await all.batches.standing(batch)).toEqual({ split: SPLIT, failed: false });
      await all.batches.fail(batch, FAILURE);
      expect(await all.batches.reopen(batch)).toBe(false);
      expect((await all.batches.summary(batch))?.failure).toEqual(FAILURE);
    });

    test("the first reading of a manifest counts", async () => {
      await all.batches.begin(batch, null, NOON);
      expect(await all.batches.noteSplit(batch, SPLIT)).toEqual(SPLIT);
      expect(await all.batches.noteSplit(batch, { run: 3, lines: 1, chunks: 1 })).toEqual(SPLIT);
      expect(await all.batches.standing(batch)).toEqual({ split: SPLIT, failed: false });
      expect(await all.batches.summary(batch)).toMatchObject({ lines: 700, expanded: false });
    });

    test("it is expanded with its last chunk, in any order, and twice is once", async () => {
      await all.batches.begin(batch, SPLIT, NOON);
      const outcome = { rejected: 2, errors: [errorAt(601), errorAt(602)], entries: [] };
      for (const _ of [1, 2]) await all.batches.noteChunk(batch, 1, outcome);
      expect(await all.batches.chunk(batch, 1)).toBe("expanded");
      expect(await all.batches.chunk(batch, 0)).toBe("open");
      expect(await all.batches.summary(batch)).toMatchObject({ rejected: 2, expanded: false });
      await all.batches.noteChunk(batch, 0, { rejected: 1, errors: [errorAt(7)], entries: [] });
      expect(await all.batches.summary(batch)).toMatchObject({
        rejected: 3,
        errors: [errorAt(7), errorAt(601), errorAt(602)],
        expanded: true,
      });
    });

    test("the first reasons of all chunks are told, by their lines", async () => {
      await all.batches.begin(batch, SPLIT, NOON);
      const errors = (from: number) =>
        Array.from({ length: MAX_LINE_ERRORS }, (_, index) => errorAt(from + 10 * index));
      await all.batches.noteChunk(batch, 1, { rejected: 300, errors: errors(501), entries: [] });
      await all.batches.noteChunk(batch, 0, { rejected: 400, errors: errors(1), entries: [] });
      const summary = await all.batches.summary(batch);
      expect(summary?.rejected).toBe(700);
      const told = [...errors(1), ...errors(501)].toSorted((a, b) => a.line - b.line).slice(0, MAX_LINE_ERRORS);
      expect(summary?.errors.map(({ line }) => line)).toEqual(told.map(({ line }) => line));
    });

    test("the first failure stays", async () => {
      await all.batches.begin(batch, SPLIT, NOON);
      await all.batches.fail(batch, FAILURE);
      await all.batches.fail(batch, { code: "GAVE_UP", message: "Later." });
      expect(await all.batches.standing(batch)).toEqual({ split: SPLIT, failed: true });
      expect(await all.batches.summary(batch)).toMatchObject({ failure: FAILURE });
    });

    test("entries are counted once, by what they are now, and only the tenant's own", async () => {
      const { ledger, batches, tenants } = all;
      const keys = Array.from({ length: 6 }, (_, number) => numberedKey(tenants[0], number));
      const [ready, alsoReady, failed, purged, filling] = keys.slice(0, 5);
      if (!ready || !alsoReady || !failed || !purged || !filling) throw new Error("no keys");
      await ledger.noteFills(
        keys.slice(0, 5).map((key) => noteOf(key)),
        NOON,
      );
      await ledger.publish(ready, 1, { ...copyOf("g1"), size: 3_000_000_000 }, NOON);
      await ledger.publish(alsoReady, 1, { ...copyOf("g2"), size: 7 }, NOON);
      await ledger.fail(failed, 1, { code: "ORIGIN_ERROR", message: "No." }, true, NOON);
      await ledger.publish(purged, 1, { ...copyOf("g3"), size: 11 }, NOON);
      await ledger.purge(purged, 2, false, NOON);
      // The same id of another tenant is another entry.
      const foreign = numberedKey(tenants[1], 5);
      await ledger.noteFills([noteOf(foreign)], NOON);
      await ledger.publish(foreign, 1, copyOf("g4"), NOON);

      await batches.begin(batch, SPLIT, NOON);
      const ids = keys.map(({ id }) => id);
      await batches.noteChunk(batch, 0, { ...NOTHING, entries: [...ids, ...ids] });
      await batches.noteChunk(batch, 1, { ...NOTHING, entries: ids });
      const counted = {
        entries: { filling: 2, ready: 2, stale: 0, purged: 1, failed: 1 },
        ...{ pending: 2, bytes: 3_000_000_007, expanded: true },
      };
      expect(await batches.summary(batch)).toMatchObject(counted);
    });

    test("a copy from before the batch that is stale waits for a better one, unless that failed", async () => {
      const { ledger, batches, tenants } = all;
      const [old, hopeless, young] = [0, 1, 2].map((number) => numberedKey(tenants[0], number));
      if (!old || !hopeless || !young) throw new Error("no keys");
      await ledger.noteFills(
        [old, hopeless, young].map((key) => noteOf(key)),
        NOON,
      );
      for (const [key, storedAt] of [
        [old, NOON - HOUR],
        [hopeless, NOON - HOUR],
        [young, NOON + HOUR],
      ] as const) {
        await ledger.publish(key, 1, { ...copyOf(`g-${key.id}`), storedAt }, NOON);
        await ledger.markStale(key, `g-${key.id}`, NOON);
      }
      await ledger.fail(hopeless, 1, { code: "ORIGIN_ERROR", message: "No." }, true, NOON);
      await batches.begin(batch, SPLIT, NOON);
      await batches.noteChunk(batch, 0, { ...NOTHING, entries: [old.id, hopeless.id, young.id] });
      expect(await batches.summary(batch)).toMatchObject({ entries: { stale: 3 }, pending: 1, bytes: 0 });
    });

    test("a chunk of 500 entries is noted at once", async () => {
      await all.batches.begin(batch, SPLIT, NOON);
      const entries = Array.from({ length: 500 }, (_, number) => numberedKey(batch.tenant, number).id);
      await all.batches.noteChunk(batch, 0, { ...NOTHING, entries });
      expect(await all.batches.summary(batch)).toMatchObject({ entries: { filling: 500 }, pending: 500 });
    });

    test("the old are found, the oldest first, and forgotten; their entries stay", async () => {
      const { ledger, batches, tenants } = all;
      // Long before the batches of all other tests.
      const then = NOON - 10_000 * HOUR;
      const key = numberedKey(tenants[0], 0);
      await ledger.noteFills([noteOf(key)], NOON);
      const older = { tenant: tenants[1], id: crypto.randomUUID() };
      await batches.begin(batch, SPLIT, then - 1);
      await batches.noteChunk(batch, 0, { ...NOTHING, entries: [key.id] });
      await batches.begin(older, null, then - 2);
      await batches.begin({ tenant: tenants[0], id: crypto.randomUUID() }, null, then);
      const found = [
        { ...older, split: null },
        { ...batch, split: SPLIT },
      ];
      expect(await batches.old(then, 10)).toEqual(found);
      expect(await batches.old(then, 1)).toEqual(found.slice(0, 1));
      await batches.drop([older, batch]);
      await batches.drop([batch]);
      expect(await batches.old(then, 10)).toEqual([]);
      expect(await batches.summary(batch)).toBeNull();
      expect(await ledger.find(key)).not.toBeNull();
    });
  });
}
