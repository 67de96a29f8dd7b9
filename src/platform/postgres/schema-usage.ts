import { bigint, boolean, date, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { COUNTERS, type Counter } from "../../core/usage/counters.ts";
import { moment } from "./columns.ts";
import { tenantId } from "./schema.ts";

const number = (name: string) => bigint(name, { mode: "number" });

/** One column for each counter. One that never counted is null, and takes no room in a row. */
const counters = () =>
  Object.fromEntries(COUNTERS.map((name) => [name, number(name)])) as Record<Counter, ReturnType<typeof number>>;

/** A line of the allow-list, which may be gone by now; 0: by none that is known. */
const ruleId = () => integer("rule_id").notNull();

/** What was counted hour by hour and entry by entry, for some weeks. */
export const usageHours = pgTable(
  "usage_hours",
  {
    tenantId: tenantId(),
    hour: moment("hour").notNull(),
    /** EntryKey.id; empty: of no entry. */
    entryId: text("entry_id").notNull(),
    ruleId: ruleId(),
    ...counters(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.hour, table.entryId, table.ruleId] }),
    index("usage_hours_by_age").on(table.hour),
  ],
);

/** Sums of hours, for good. */
export const usageDays = pgTable(
  "usage_days",
  { tenantId: tenantId(), day: date("day").notNull(), ruleId: ruleId(), ...counters() },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.day, table.ruleId] }),
    // For what is asked of all tenants together.
    index("usage_days_by_day").on(table.day),
  ],
);

/** Sums of days, for good; each under its first day. */
export const usageMonths = pgTable(
  "usage_months",
  { tenantId: tenantId(), month: date("month").notNull(), ruleId: ruleId(), ...counters() },
  (table) => [primaryKey({ columns: [table.tenantId, table.month, table.ruleId] })],
);

/** Days to whose hours something was added that is not in their sum yet. Only ever added to, so that nobody waits here. */
export const usageChanges = pgTable(
  "usage_changes",
  {
    id: number("id").primaryKey().generatedAlwaysAsIdentity(),
    tenantId: text("tenant_id").notNull(),
    day: date("day").notNull(),
    /** It is being summed. */
    taken: boolean().notNull().default(false),
    at: moment("at").notNull().defaultNow(),
  },
  (table) => [index("usage_changes_by_day").on(table.tenantId, table.day)],
);

/** Batches that were added, for as long as one of them may come again. */
export const usageBatches = pgTable(
  "usage_batches",
  { id: uuid().primaryKey(), at: moment("at").notNull() },
  (table) => [index("usage_batches_by_age").on(table.at)],
);

/** Who sent batches. They number them: as many as their highest number says must have come. */
export const usageIsolates = pgTable(
  "usage_isolates",
  {
    id: uuid().primaryKey(),
    firstAt: moment("first_at").notNull(),
    lastAt: moment("last_at").notNull(),
    batches: number("batches").notNull(),
    lastSequence: number("last_sequence").notNull(),
  },
  (table) => [index("usage_isolates_by_age").on(table.lastAt)],
);
