import { sql } from "drizzle-orm";
import { bigint, date, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import type { Meter } from "../../core/billing/meters.ts";
import type { SubscriptionState } from "../../core/billing/subscription.ts";
import { moment } from "./columns.ts";
import { tenants } from "./schema.ts";

const references = () => tenants.id;

/** Tenants that have ever been about to pay. */
export const billing = pgTable("billing", {
  tenantId: text("tenant_id").primaryKey().references(references, { onDelete: "cascade" }),
  /** What the tenant is called by whoever takes the money. */
  customer: text().notNull().unique(),
  /** Null together: there has been no subscription. */
  subscription: text(),
  state: text().$type<SubscriptionState>(),
  /** What the subscription stands for; the tenant may have another. */
  plan: text(),
  periodEnd: moment("period_end"),
  endsAt: moment("ends_at"),
  payingSince: moment("paying_since"),
  /** When the newest of what was applied happened. */
  heardAt: moment("heard_at"),
  /** Counts what was applied. */
  version: integer().notNull().default(0),
});

/** What was heard of subscriptions: each counts once. */
export const billingEvents = pgTable(
  "billing_events",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id").notNull().references(references, { onDelete: "cascade" }),
    kind: text().notNull(),
    /** When it happened, and when it was heard here. */
    at: moment("at").notNull(),
    heardAt: moment("heard_at").notNull(),
  },
  (table) => [index("billing_events_by_tenant").on(table.tenantId, table.at)],
);

/** What was told of a day's usage: the first report, and what came to the day later. Their sum is all that was told. */
export const billingReports = pgTable(
  "billing_reports",
  {
    /** `tenant:meter:day:number` */
    identifier: text().primaryKey(),
    tenantId: text("tenant_id").notNull().references(references, { onDelete: "cascade" }),
    customer: text().notNull(),
    meter: text().$type<Meter>().notNull(),
    day: date("day").notNull(),
    number: integer().notNull(),
    value: bigint({ mode: "number" }).notNull(),
    madeAt: moment("made_at").notNull(),
    /** When somebody began to send it first; null: nobody has, or it was refused. */
    triedAt: moment("tried_at"),
    /** When it was known to have arrived. */
    sentAt: moment("sent_at"),
  },
  (table) => [
    index("billing_reports_by_day").on(table.tenantId, table.meter, table.day),
    index("billing_reports_unsent").on(table.madeAt).where(sql`${table.sentAt} is null`),
  ],
);
