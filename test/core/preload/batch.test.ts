import { describe, expect, it } from "vitest";
import { type BatchStatus, type BatchSummary, batchStatus } from "../../../src/core/preload/batch.ts";
import { NOON } from "../samples.ts";

const SUMMARY: BatchSummary = {
  ...{ createdAt: NOON, lines: 3, rejected: 0, errors: [], expanded: true, failure: null, pending: 0, bytes: 0 },
  entries: { filling: 0, ready: 3, stale: 0, purged: 0, failed: 0 },
};
const FAILURE = { code: "GAVE_UP", message: "It was tried too often." };

describe("a batch is", () => {
  it.each<[BatchStatus, string, Partial<BatchSummary>]>([
    ["done", "when every fill has ended", {}],
    ["done", "also with lines that were passed over", { rejected: 3 }],
    ["working", "while one has not", { pending: 1 }],
    ["expanding", "while lines wait, whatever has ended", { expanded: false }],
    ["expanding", "while lines wait and fills are under way", { expanded: false, pending: 1 }],
    ["failed", "when lines will not be looked at", { expanded: false, failure: FAILURE }],
    ["failed", "also while fills of others are under way", { pending: 1, failure: FAILURE }],
  ])("%s %s", (status, _, changes) => {
    expect(batchStatus({ ...SUMMARY, ...changes })).toBe(status);
  });
});
