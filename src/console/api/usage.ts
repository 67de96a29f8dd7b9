import * as z from "zod";
import type { Api } from "./client.ts";

export const PERIODS = ["hour", "day", "month"] as const;
export type Period = (typeof PERIODS)[number];

/** Counters stand beside the period by their names; which ones there are, the API's own list says. */
const usageRow = z
  .looseObject({
    period: z.string(),
    origin: z.object({ id: z.number(), url: z.string().nullable() }).nullable().optional(),
    key: z.string().nullable().optional(),
  })
  .transform(({ period, origin, key, ...rest }) => ({
    ...{ period, origin: origin ?? null, key: key ?? null },
    counts: Object.fromEntries(Object.entries(rest).filter(([, value]) => typeof value === "number")) as Counts,
  }));
type Counts = Readonly<Record<string, number>>;
export type UsageRow = z.infer<typeof usageRow>;

export const usagePage = z.object({ rows: z.array(usageRow), cursor: z.string().nullable() });

export type UsageQuestion = {
  readonly by: Period;
  readonly group?: "none" | "origin" | "key";
  readonly from?: string | null;
  readonly to?: string | null;
  readonly limit?: number;
};

/** `GET /usage`: what was counted, period by period (UTC). */
export async function readUsage(api: Api, question: UsageQuestion): Promise<UsageRow[]> {
  return (await api.get("/usage", usagePage, { ...question })).rows;
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
  const sum = (is: (name: string) => boolean) =>
    rows.reduce(
      (all, { counts }) => all + Object.entries(counts).reduce((row, [name, n]) => (is(name) ? row + n : row), 0),
      0,
    );
  const one = (...names: string[]) => sum((name) => names.includes(name));
  const [hits, misses] = [one("hits"), one("misses")];
  const bypassed = sum((name) => name.startsWith("bypass_"));
  const refused = sum((name) => name.startsWith("refused_"));
  return {
    ...{ hits, misses, bypassed, refused, requests: hits + misses + bypassed + refused },
    deliveredBytes: one("delivered_bytes", "assumed_bytes", "passed_bytes"),
    originBytes: one("origin_bytes"),
    fills: one("fills"),
    failedFills: one("failed_fills"),
  };
}

/** Nano-dollars, as whole numbers in text: a sum of money does not fit into a number for sure. */
const money = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt);

const amounts = {
  would_have_paid: money,
  paid_to_origin: money,
  paid_to_platform: money,
  saved: money,
};
export const savings = z.object({
  days: z.array(z.object({ day: z.string(), ...amounts, stored_bytes: z.number() })),
  total: z.object(amounts),
  /** Names of the price tables that were used, and whether the tenant's own prices were. */
  tariffs: z.array(z.object({ id: z.string(), where: z.string(), own: z.boolean() })),
});
export type Savings = z.infer<typeof savings>;

/** `GET /savings`: the ledger of days, which adds up to its total. */
export async function readSavings(api: Api, span: { from?: string | null; to?: string | null } = {}): Promise<Savings> {
  return await api.get("/savings", savings, span);
}
