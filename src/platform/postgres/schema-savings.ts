import { bigint, date, index, integer, jsonb, numeric, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { OriginPrices } from "../../core/pricing/origin-prices.ts";
import { moment } from "./columns.ts";
import { tenantId } from "./schema.ts";

/** How much lay here for how long, day by day (UTC), for good. Days on which nothing lay here have no row. */
export const storageDays = pgTable(
  "storage_days",
  {
    tenantId: tenantId(),
    day: date("day").notNull(),
    /** Bytes times seconds: a petabyte for a day is more than a bigint holds. */
    byteSeconds: numeric("byte_seconds").notNull(),
    /** What lay here when it was looked at last, and when that was; of a day that is over, its end. */
    storedBytes: bigint("stored_bytes", { mode: "number" }).notNull(),
    at: moment("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.day] }), index("storage_days_by_age").on(table.at)],
);

/** Lines of the allow-list that are gone, and by what their traffic is put into money all the same. */
export const removedOrigins = pgTable(
  "removed_origins",
  {
    tenantId: tenantId(),
    ruleId: integer("rule_id").notNull(),
    host: text().notNull(),
    prices: jsonb().$type<OriginPrices>(),
    removedAt: moment("removed_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.ruleId] })],
);
