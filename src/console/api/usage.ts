import * as z from "zod";
import type { Api } from "./client.ts";

export const PERIODS = ["hour", "day", "month"] as const;
export type Period = (typeof PERIODS)[number];

const count = z.number();
const byReason = z.record(z.string(), count);

/** Of the counters those that pages show; the CSV has all of them. */
export const usageRow = z.object({
  period: z.string(),
  origin: z.object({ id: z.number(), url: z.string().nullable() }).nullable().optional(),
  ...{ requests: count, hits: count, misses: count, bypasses: byReason, refusals: byReason },
  ...{ delivered_bytes: count, assumed_bytes: count, passed_bytes: count, origin_bytes: count },
  ...{ fills: count, failed_fills: count },
});
export type UsageRow = z.infer<typeof usageRow>;

export const usagePage = z.object({
  ...{ from: z.string(), to: z.string(), rows: z.array(usageRow), cursor: z.string().nullable() },
});

export type UsageQuestion = { readonly by: Period; readonly group?: "none" | "origin"; readonly from?: string };

/** `GET /usage`: what was counted, period by period (UTC). Those in which nothing was are rows, too, where none are told apart. */
export async function readUsage(api: Api, question: UsageQuestion, path = "/usage"): Promise<UsageRow[]> {
  const page = await api.get(path, usagePage, { ...question });
  return question.group === "origin" ? page.rows : everyPeriod(page, question.by);
}

/** Rows for all periods from the first to the last. */
export function everyPeriod({ from, to, rows }: z.infer<typeof usagePage>, by: Period): UsageRow[] {
  const known = new Map(rows.map((row) => [Date.parse(row.period), row]));
  const all: UsageRow[] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at = nextPeriod(at, by)) {
    all.push(known.get(at) ?? { ...NOTHING, period: new Date(at).toISOString() });
  }
  return all;
}

const NOTHING: Omit<UsageRow, "period"> = {
  ...{ requests: 0, hits: 0, misses: 0, bypasses: {}, refusals: {}, fills: 0, failed_fills: 0 },
  ...{ delivered_bytes: 0, assumed_bytes: 0, passed_bytes: 0, origin_bytes: 0 },
};

function nextPeriod(at: number, by: Period): number {
  if (by !== "month") return at + (by === "hour" ? 3_600_000 : 86_400_000);
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/** What a page shows of a row, or of several. Bytes are bytes. */
export type Activity = {
  readonly requests: number;
  readonly hits: number;
  readonly misses: number;
  readonly bypassed: number;
  readonly refused: number;
  readonly deliveredBytes: number;
  readonly originBytes: number;
  readonly fills: number;
  readonly failedFills: number;
};

export function activityOf(rows: readonly UsageRow[]): Activity {
  const sum = (of: (row: UsageRow) => number) => rows.reduce((all, row) => all + of(row), 0);
  const reasons = (counts: Readonly<Record<string, number>>) =>
    // A link of ours whose copy is gone was counted as a hit already.
    Object.entries(counts).reduce((all, [reason, value]) => (reason === "lost" ? all : all + value), 0);
  return {
    ...{
      requests: sum(({ requests }) => requests),
      hits: sum(({ hits }) => hits),
      misses: sum(({ misses }) => misses),
    },
    ...{ bypassed: sum(({ bypasses }) => reasons(bypasses)), refused: sum(({ refusals }) => reasons(refusals)) },
    deliveredBytes: sum((row) => row.delivered_bytes + row.assumed_bytes + row.passed_bytes),
    originBytes: sum(({ origin_bytes }) => origin_bytes),
    ...{ fills: sum(({ fills }) => fills), failedFills: sum(({ failed_fills }) => failed_fills) },
  };
}
