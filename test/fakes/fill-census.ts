import type { FillCensus } from "../../src/ports/fill-census.ts";
import type { FakeEntryLedger } from "./entry-ledger.ts";

/** Counts in the fake ledger's rows. */
export function fakeFillCensus({ rows }: Pick<FakeEntryLedger, "rows">): FillCensus {
  const inState = (state: string) => [...rows.values()].filter((row) => row.state === state);
  return {
    async count({ failedSince, most }) {
      const failed = inState("failed").filter(({ updatedAt }) => updatedAt >= failedSince);
      return { filling: Math.min(most, inState("filling").length), failed: Math.min(most, failed.length) };
    },
    async silent(since, limit) {
      return inState("filling")
        .filter(({ updatedAt }) => updatedAt < since)
        .toSorted((a, b) => a.updatedAt - b.updatedAt)
        .slice(0, limit)
        .map(({ key, publicKey, updatedAt }) => ({ key, publicKey, since: updatedAt }));
    },
  };
}
