import { eq, sql } from "drizzle-orm";
import type { Billing, Subscription } from "../../core/billing/subscription.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { BillingLedger, StoredBilling } from "../../ports/billing.ts";
import { applyBilling } from "./billing-apply.ts";
import type { Database } from "./database.ts";
import { tenants } from "./schema.ts";
import { billing } from "./schema-billing.ts";

/** Who pays, for what, in Postgres. Has no time budget. */
export function postgresBilling(db: Database): BillingLedger {
  const find = async (tenant: TenantId) => {
    const [row] = await db.select().from(billing).where(eq(billing.tenantId, tenant));
    return row ? storedBilling(row) : null;
  };
  return {
    find,

    async findByCustomer(customer) {
      const [row] = await db.select().from(billing).where(eq(billing.customer, customer));
      return row ? storedBilling(row) : null;
    },

    async bind(tenant, customer) {
      await db.execute(sql`
        insert into ${billing} (tenant_id, customer) select id, ${customer} from ${tenants} where id = ${tenant}
        on conflict (tenant_id) do nothing
      `);
      return await find(tenant);
    },

    apply: async (change) => await applyBilling(db, change),
  };
}

function storedBilling(row: typeof billing.$inferSelect): StoredBilling {
  const { tenantId, customer, payingSince, heardAt, version } = row;
  return {
    ...{ tenant: tenantId as TenantId, customer, version, subscription: subscriptionOf(row) },
    payingSince: payingSince?.getTime() ?? null,
    heardAt: heardAt?.getTime() ?? null,
  } satisfies Billing & StoredBilling;
}

function subscriptionOf(row: typeof billing.$inferSelect): Subscription | null {
  const { subscription: id, state, plan, periodEnd, endsAt } = row;
  if (id === null || state === null) return null;
  return { id, state, plan, periodEnd: periodEnd?.getTime() ?? null, endsAt: endsAt?.getTime() ?? null };
}
