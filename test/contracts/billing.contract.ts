import { describe, expect, test } from "vitest";
import type { Billing } from "../../src/core/billing/subscription.ts";
import type { TenantId } from "../../src/core/tenant.ts";
import type { Accounts } from "../../src/ports/accounts.ts";
import type { AuditLog } from "../../src/ports/audit-log.ts";
import type { BillingChange, BillingLedger, StoredBilling } from "../../src/ports/billing.ts";
import { NOON, SECOND } from "../core/samples.ts";
import { newTenant } from "./keys.ts";

export type BillingWorld = { readonly billing: BillingLedger; readonly accounts: Accounts; readonly audit: AuditLog };

export async function boundTenant({ billing, accounts }: Omit<BillingWorld, "audit">): Promise<StoredBilling> {
  const id = newTenant();
  await accounts.add({ id, name: "A", site: `site-${id}`, plan: "free", maxObjectBytes: 1e9 });
  const bound = await billing.bind(id, `cus_${id}`);
  if (!bound) throw new Error("it was not bound");
  return bound;
}

export function paidBilling(customer: string, heardAt = NOON): Billing {
  const subscription = { id: "sub_1", state: "active", plan: "pro", periodEnd: NOON + 9e8, endsAt: null } as const;
  return { customer, subscription, payingSince: NOON, heardAt };
}

export function changeOf(
  { tenant, customer, version }: StoredBilling,
  more: Partial<BillingChange> = {},
): BillingChange {
  const audit = {
    tenant,
    actor: "schedule",
    action: "billing.plan",
    detail: { plan: "pro" },
    address: null,
    requestId: "r",
  };
  return {
    ...{ tenant, by: { version, plan: "free" }, now: NOON + SECOND },
    event: { id: `evt_${crypto.randomUUID()}`, kind: "customer.subscription.created", at: NOON },
    news: {
      billing: paidBilling(customer),
      plan: { id: "pro", maxObjectBytes: 100e9 },
      audit: { ...audit, actor: "schedule" },
    },
    ...more,
  };
}

export function billingContract(name: string, make: () => Promise<BillingWorld>): void {
  const logged = async ({ audit }: BillingWorld, tenant: TenantId) =>
    await audit.list(tenant, { before: null, limit: 10 });

  describe(`BillingLedger: ${name}`, () => {
    test("knows nothing of who has never been about to pay", async () => {
      const { billing } = await make();
      expect(await billing.find(newTenant())).toBeNull();
      expect(await billing.findByCustomer("cus_nobody")).toBeNull();
      expect(await billing.bind(newTenant(), "cus_nobody")).toBeNull();
    });

    test("keeps the first name that a tenant is known by, and finds it by that", async () => {
      const world = await make();
      const bound = await boundTenant(world);
      expect(bound).toMatchObject({ subscription: null, payingSince: null, heardAt: null, version: 0 });
      expect(await world.billing.bind(bound.tenant, "cus_second")).toEqual(bound);
      expect(await world.billing.findByCustomer(bound.customer)).toEqual(bound);
      expect(await world.billing.findByCustomer("cus_second")).toBeNull();
    });

    test("has no two tenants of one name", async () => {
      const world = await make();
      const [one, other] = [await boundTenant(world), newTenant()];
      await world.accounts.add({ id: other, name: "B", site: `site-${other}`, plan: "free", maxObjectBytes: null });
      await expect(world.billing.bind(other, one.customer)).rejects.toThrow();
    });

    test("applies an event whole: what is paid, the plan, and the row of the log", async () => {
      const world = await make();
      const bound = await boundTenant(world);
      expect(await world.billing.apply(changeOf(bound))).toBe("applied");
      const known = { ...bound, ...paidBilling(bound.customer), version: 1 };
      expect(await world.billing.find(bound.tenant)).toEqual(known);
      expect(await world.accounts.find(bound.tenant)).toMatchObject({ plan: "pro" });
      const record = {
        action: "billing.plan",
        actor: "schedule",
        at: NOON + SECOND,
        detail: { plan: "pro" },
        address: null,
      };
      expect(await logged(world, bound.tenant)).toMatchObject([{ ...record, requestId: "r" }]);
    });

    test("applies an event once, however often it comes", async () => {
      const world = await make();
      const bound = await boundTenant(world);
      const change = changeOf(bound);
      expect(await world.billing.apply(change)).toBe("applied");
      expect(await world.billing.apply(change)).toBe("outrun");
      const again = { ...change, by: { version: 1, plan: "pro" } };
      expect(await world.billing.apply(again)).toBe("again");
      expect(await logged(world, bound.tenant)).toHaveLength(1);
      expect(await world.billing.find(bound.tenant)).toMatchObject({ version: 1 });
    });

    test("applies one of two copies that come at once", async () => {
      const world = await make();
      const bound = await boundTenant(world);
      const change = changeOf(bound);
      const outcomes = await Promise.all([1, 2, 3].map(() => world.billing.apply(change)));
      expect(outcomes.filter((outcome) => outcome === "applied")).toHaveLength(1);
      expect(await logged(world, bound.tenant)).toHaveLength(1);
    });

    test("does nothing where something has changed since it was decided", async () => {
      const world = await make();
      const bound = await boundTenant(world);
      expect(await world.billing.apply(changeOf(bound, { by: { version: 7, plan: "free" } }))).toBe("outrun");
      expect(await world.billing.apply(changeOf(bound, { by: { version: 0, plan: "scale" } }))).toBe("outrun");
      expect(await world.billing.find(bound.tenant)).toEqual(bound);
      expect(await world.accounts.find(bound.tenant)).toMatchObject({ plan: "free" });
      expect(await logged(world, bound.tenant)).toEqual([]);
    });

    test("notes an event that changes nothing, and leaves a plan that stays", async () => {
      const world = await make();
      const bound = await boundTenant(world);
      const silent = changeOf(bound, { news: null });
      expect(await world.billing.apply(silent)).toBe("applied");
      expect(await world.billing.apply(silent)).toBe("again");
      expect(await world.billing.find(bound.tenant)).toEqual(bound);
      const { news } = changeOf(bound);
      expect(await world.billing.apply(changeOf(bound, { news: news && { ...news, plan: null } }))).toBe("applied");
      expect(await world.accounts.find(bound.tenant)).toMatchObject({ plan: "free" });
      expect(await world.billing.find(bound.tenant)).toMatchObject({ subscription: { plan: "pro" } });
    });

    test("keeps what is not known, and that nothing is bought any more", async () => {
      const world = await make();
      const bound = await boundTenant(world);
      const subscription = { id: "sub_1", state: "ended", plan: null, periodEnd: null, endsAt: NOON } as const;
      const over = { ...paidBilling(bound.customer), subscription, payingSince: null };
      const { news } = changeOf(bound);
      await world.billing.apply(changeOf(bound, { news: news && { ...news, billing: over, plan: null } }));
      expect(await world.billing.find(bound.tenant)).toEqual({ ...bound, ...over, version: 1 });
    });

    test("leaves other tenants as they are", async () => {
      const world = await make();
      const [one, other] = [await boundTenant(world), await boundTenant(world)];
      await world.billing.apply(changeOf(one));
      expect(await world.billing.find(other.tenant)).toEqual(other);
      expect(await world.accounts.find(other.tenant)).toMatchObject({ plan: "free" });
      expect(await logged(world, other.tenant)).toEqual([]);
    });
  });
}
