import { sql } from "drizzle-orm";
import type { UsageLedger } from "../../ports/usage-ledger.ts";
import type { Database } from "./database.ts";
import { addUsage } from "./usage-add.ts";
import { usageDays } from "./usage-days.ts";
import { reportUsage } from "./usage-report.ts";
import { rollUpUsage } from "./usage-roll-up.ts";

/** Rows that one run removes of a table: a statement has ten seconds. */
const SWEEP_ROWS = 50_000;

/** What was counted, in Postgres. Has no time budget. */
export function postgresUsage(db: Database): UsageLedger {
  /** The oldest rows, found by the index of their age. */
  const drop = (table: string, column: string, before: number) =>
    db.execute(sql`
      delete from ${sql.raw(table)} where ctid in (
        select ctid from ${sql.raw(table)} where ${sql.raw(column)} < ${new Date(before).toISOString()}::timestamptz
        order by ${sql.raw(column)} limit ${SWEEP_ROWS}
      )
    `);

  return {
    add: async (batches) => await addUsage(db, batches),
    rollUp: async () => await rollUpUsage(db),
    async unsummedSince() {
      // Not the least of all: who stands still is asked all the same, and ids follow the clock.
      const { rows } = await db.execute<{ at: string }>(sql`
        select extract(epoch from at) * 1000 as at from usage_changes order by id limit 1
      `);
      return rows[0] ? Math.floor(Number(rows[0].at)) : null;
    },
    report: async (tenant, question) => await reportUsage(db, tenant, question),
    days: async (tenants, question) => await usageDays(db, tenants, question),

    async sweep({ hours, batches }) {
      await drop("usage_hours", "hour", hours);
      await drop("usage_isolates", "last_at", hours);
      await drop("usage_batches", "at", batches);
    },

    async arrivals({ from, to, settled }) {
      const [first, end, quiet] = [from, to, settled].map((time) => new Date(time).toISOString());
      const { rows } = await db.execute<{ added: string; missing: string }>(sql`
        select coalesce(sum(batches), 0) as added,
          coalesce(sum(last_sequence - batches) filter (where last_at < ${quiet}::timestamptz), 0) as missing
        from usage_isolates
        where last_at >= ${first}::timestamptz and first_at < ${end}::timestamptz
      `);
      return { added: Number(rows[0]?.added ?? 0), missing: Number(rows[0]?.missing ?? 0) };
    },
  };
}
