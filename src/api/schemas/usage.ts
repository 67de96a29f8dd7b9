import * as z from "zod";
import type { UsageReport } from "../../app/usage/report.ts";
import { MAX_CUSTOM_KEY_BYTES } from "../../core/entry-key.ts";
import { COUNTERS } from "../../core/usage/counters.ts";
import { BYPASS_REASONS, REFUSAL_REASONS } from "../../core/usage/reasons.ts";
import { USAGE_GROUPS, USAGE_PERIODS, type UsageRow } from "../../core/usage/report.ts";
import { plainText } from "./prefixes.ts";

const count = z.number().int().nonnegative();
const PLAIN = COUNTERS.filter((name) => !/^(?:bypass|refused)_/.test(name));

const row = z.strictObject({
  period: z.iso.datetime().describe("When it begins, in UTC."),
  origin: z
    .strictObject({ id: z.number().int(), url: z.string().nullable().describe("null: the rule is gone.") })
    .nullable()
    .optional()
    .describe("Where group is origin; null: of no rule that is known."),
  key: z.string().nullable().optional().describe("Where group is key; null: of no entry."),
  requests: count.describe("Downloads that were asked for: hits, misses, bypasses and refusals."),
  bypasses: z.record(z.enum(BYPASS_REASONS), count),
  refusals: z.record(z.enum(REFUSAL_REASONS), count),
  ...(Object.fromEntries(PLAIN.map((name) => [name, count])) as Record<(typeof PLAIN)[number], typeof count>),
});

export const usagePage = z
  .strictObject({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    rows: z.array(row),
    batches: z
      .strictObject({ added: count, missing: count })
      .describe("Of all tenants: what isolates counted arrives in batches, and some may be lost."),
    cursor: z.string().nullable().describe("Give it back to get the next page; null on the last."),
  })
  .meta({ id: "UsagePage" });

/** `2030-01-01`, or with a time and its offset. */
const moment = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((text) => Date.parse(text));

export const usageQuery = z.strictObject({
  from: moment.optional().describe("In the first period; without it 24 hours, 30 days or 12 months are told of."),
  to: moment.optional().describe("Periods that begin before; without it until now."),
  by: z.enum(USAGE_PERIODS).default("day"),
  group: z.enum(USAGE_GROUPS).default("none"),
  key: plainText(MAX_CUSTOM_KEY_BYTES).optional().describe("What was used of this entry alone, for 35 days."),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
  format: z.enum(["json", "csv"]).optional().describe("Instead of Accept: text/csv."),
  site: z.string().optional().describe("For operators: the tenant to act for."),
});

/** Of all tenants together: the ids of entries are each tenant's own. */
export const allUsageQuery = z.strictObject({
  ...usageQuery.omit({ key: true, site: true }).shape,
  group: z.enum(["none", "origin"]).default("none"),
});

/** A page of usage as the API shows it. */
export function usageToBody({ span, rows, batches, cursor }: UsageReport): z.infer<typeof usagePage> {
  const [from, to] = [span.from, span.to].map((time) => new Date(time).toISOString()) as [string, string];
  return { from, to, rows: rows.map(rowToBody), batches, cursor };
}

function rowToBody({ period, origin, key, counts }: UsageRow): z.infer<typeof row> {
  const bypasses = countsBy(BYPASS_REASONS, (reason) => counts[`bypass_${reason}`]);
  const refusals = countsBy(REFUSAL_REASONS, (reason) => counts[`refused_${reason}`]);
  return {
    period: new Date(period).toISOString(),
    ...(origin !== undefined && { origin }),
    ...(key !== undefined && { key }),
    requests: requestsOf({ counts }),
    bypasses,
    refusals,
    ...(Object.fromEntries(PLAIN.map((name) => [name, counts[name]])) as Record<(typeof PLAIN)[number], number>),
  };
}

function countsBy<Reason extends string>(
  reasons: readonly Reason[],
  count: (reason: Reason) => number,
): Record<Reason, number> {
  return Object.fromEntries(reasons.map((reason) => [reason, count(reason)])) as Record<Reason, number>;
}

/** Downloads that were asked for, whatever became of them. A link of ours whose copy is gone was counted as a hit. */
export function requestsOf({ counts }: Pick<UsageRow, "counts">): number {
  const sum = (names: readonly (keyof typeof counts)[]) => names.reduce((total, name) => total + counts[name], 0);
  const bypasses = BYPASS_REASONS.filter((reason) => reason !== "lost").map((reason) => `bypass_${reason}` as const);
  return counts.hits + counts.misses + sum(bypasses) + sum(REFUSAL_REASONS.map((name) => `refused_${name}` as const));
}
