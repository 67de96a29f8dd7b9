import * as z from "zod";
import { limitsOf, planOf } from "../../core/plans/plans.ts";
import type { StoredAccount } from "../../ports/accounts.ts";
import { limitsBody, limitsToBody, ownLimits, ownToBody, standingBody, standingToBody } from "./limits.ts";

const name = z.string().trim().min(1).max(100);
const plan = z.string().max(32).describe("The id of a plan.");

export const tenantBody = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    site: z.string(),
    plan,
    own_limits: ownLimits,
    suspended: z.strictObject({ at: z.iso.datetime(), reason: z.string() }).nullable(),
    standing: standingBody,
    created_at: z.iso.datetime(),
  })
  .meta({ id: "Tenant" });

export const tenantPage = z
  .strictObject({
    tenants: z.array(tenantBody),
    cursor: z.string().nullable().describe("Give it back to get the next page; null on the last."),
  })
  .meta({ id: "TenantPage" });

export const tenantQuery = z.strictObject({
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  search: z.string().max(100).optional().describe("In its name, site or id."),
});

export const newTenant = z
  .strictObject({
    name,
    site: z
      .string()
      .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "must be 1 to 63 of a-z, 0-9 and -, as in a host name")
      .describe("The value of ?site= in links; it never changes."),
    plan: plan.optional().describe("For operators; otherwise the first of the plans."),
  })
  .meta({ id: "NewTenant" });

export const tenantChange = z
  .strictObject({ name, plan, own_limits: ownLimits })
  .partial()
  .meta({ id: "TenantChange" });

export const suspension = z
  .strictObject({ reason: z.string().trim().min(1).max(500).describe("Shown to the tenant.") })
  .meta({ id: "Suspension" });

export const planBody = z
  .strictObject({
    plan: z.strictObject({
      id: z.string(),
      name: z.string(),
      price_cents: z.number().int().nullable().describe("US cents a month; null: as agreed."),
      hard: z.boolean().describe("Whether the cache stands aside over a limit; else what is more is charged."),
    }),
    limits: limitsBody,
    standing: standingBody,
    suspended: z.strictObject({ at: z.iso.datetime(), reason: z.string() }).nullable(),
  })
  .meta({ id: "PlanState" });

const suspendedToBody = (suspended: StoredAccount["suspended"]) =>
  suspended && { at: new Date(suspended.at).toISOString(), reason: suspended.reason };

/** A tenant as operators see it. */
export function tenantToBody(account: StoredAccount): z.infer<typeof tenantBody> {
  const { id, name, site, plan, own, suspended, standing, createdAt } = account;
  return {
    ...{ id, name, site, plan, own_limits: ownToBody(own), suspended: suspendedToBody(suspended) },
    ...{ standing: standingToBody(standing), created_at: new Date(createdAt).toISOString() },
  };
}

/** What a tenant has, as it sees it itself. */
export function planToBody({ plan, own, suspended, standing }: StoredAccount): z.infer<typeof planBody> {
  const { name = plan, priceCents = null, hard = false } = planOf(plan) ?? {};
  return {
    plan: { id: plan, name, price_cents: priceCents, hard },
    limits: limitsToBody(limitsOf(plan, own)),
    ...{ standing: standingToBody(standing), suspended: suspendedToBody(suspended) },
  };
}
