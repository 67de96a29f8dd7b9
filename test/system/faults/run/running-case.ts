import type { OriginRule } from "../../../../src/core/tenant.ts";
import type { FaultCase } from "../fault-case.ts";
import { type RawOrigin, startRawOrigin } from "../origin/raw-origin.ts";

/** A row of the matrix with the origin that it is about, a port of its own for each: no fill waits for another's. */
export type RunningCase = FaultCase & { readonly running: RawOrigin };

export type RunningCases = {
  readonly cases: readonly RunningCase[];
  readonly rules: readonly OriginRule[];
  stop(): Promise<void>;
};

export async function startCases(rows: readonly FaultCase[]): Promise<RunningCases> {
  const cases = await Promise.all(rows.map(async (row) => ({ ...row, running: await startRawOrigin(row.origin) })));
  return {
    cases,
    rules: cases.map(({ running }) => running.rule()),
    stop: async () => void (await Promise.all(cases.map(({ running }) => running.stop()))),
  };
}

/** The URL of a case's object. */
export function urlOf({ running, path }: RunningCase): string {
  return `${running.url}${path?.() ?? "/object"}`;
}
