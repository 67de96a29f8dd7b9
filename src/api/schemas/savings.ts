import * as z from "zod";
import type { Savings } from "../../app/usage/savings.ts";
import {
  AMOUNT_NAMES,
  type AmountName,
  DAY_NAMES,
  type DayName,
  LINE_NAMES,
  type LineName,
  ledgerJson,
} from "../../core/pricing/ledger-fields.ts";
import { usageQuery } from "./usage.ts";

const dollars = z.string().regex(/^-?\d+\.\d{9}$/);
const text = z.string();

function fields<Name extends string, Schema extends z.ZodType>(names: readonly Name[], schema: Schema) {
  return Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>;
}

const amounts = fields<AmountName, typeof dollars>(AMOUNT_NAMES, dollars);
const counts = fields<Exclude<DayName, AmountName | "day">, typeof text>(
  DAY_NAMES.filter((name) => name !== "day" && !(AMOUNT_NAMES as readonly string[]).includes(name)) as Exclude<
    DayName,
    AmountName | "day"
  >[],
  text.regex(/^\d+$/),
);

const line = z
  .strictObject(fields<LineName, typeof text>(LINE_NAMES, text))
  .describe("Quantity, by how many of it, its price (empty: a difference between tiers), and the price table's id.");

const day = z.strictObject({
  ...{ day: z.iso.date(), ...amounts, ...counts },
  lines: z.array(line).describe("What stands behind the figures: those of a figure add up to it."),
});

export const savingsBody = z
  .strictObject({
    ...{ from: z.iso.date(), to: z.iso.date().describe("The day after the last.") },
    months: z.array(
      z.strictObject({
        month: z.string().describe("Such as 2030-01. Tiers begin with it, whichever days are shown."),
        days: z.array(day).describe("Days with traffic, or with bytes that lay here."),
        total: z.strictObject(amounts).describe("The sum of these days."),
      }),
    ),
  })
  .meta({
    id: "Savings",
    description: "Dollars with nine decimals, hence exact, and whole numbers; all of them are text.",
  });

const { from, to, format, site } = usageQuery.shape;

export const allSavingsQuery = z.strictObject({
  from: from.describe("The first day; without it 30 days are told of."),
  to: to.describe("Days before this one; without it until today."),
  table: z.enum(["days", "lines"]).default("days").describe("Of CSV: a row a day, or what stands behind each figure."),
  format,
});
export const savingsQuery = z.strictObject({ ...allSavingsQuery.shape, site });

export type SavingsQuery = z.infer<typeof allSavingsQuery>;

/** Ledgers as the API shows them. */
export function savingsToBody({ span, months }: Savings): z.infer<typeof savingsBody> {
  const [from, to] = [span.from, span.to].map((time) => new Date(time).toISOString().slice(0, 10)) as [string, string];
  const shown = months.map(ledgerJson).map(({ month, total, days }) => ({
    ...{ month, total: { ...total } },
    days: days.map(({ lines, ...of }) => ({ ...of, lines: lines.map((each) => ({ ...each })) })),
  }));
  return { from, to, months: shown };
}
