import { MEASURES, type UsageReport } from "../../src/core/billing/meters.ts";
import type { TenantId } from "../../src/core/tenant.ts";
import type { Counter } from "../../src/core/usage/counters.ts";
import type { BillingLedger, BillingReports, StoredBilling } from "../../src/ports/billing.ts";
import type { FakeAccounts } from "./accounts.ts";
import type { FakeAuditLog } from "./audit-log.ts";

export type FakeBilling = BillingLedger & {
  readonly rows: Map<TenantId, StoredBilling>;
  /** Ids of what was heard. */
  readonly heard: Set<string>;
};

/** Who pays, in maps. A change is whole, as it is decided at once. */
export function fakeBilling({ accounts, audit }: { accounts: FakeAccounts; audit: FakeAuditLog }): FakeBilling {
  const rows = new Map<TenantId, StoredBilling>();
  const heard = new Set<string>();
  return {
    ...{ rows, heard },
    find: async (tenant) => rows.get(tenant) ?? null,
    findByCustomer: async (customer) => [...rows.values()].find((row) => row.customer === customer) ?? null,
    async bind(tenant, customer) {
      if (!(await accounts.find(tenant))) return null;
      if ([...rows.values()].some((row) => row.customer === customer && row.tenant !== tenant)) {
        throw new Error("another tenant is called so");
      }
      const fresh = { tenant, customer, subscription: null, payingSince: null, heardAt: null, version: 0 };
      const row = rows.get(tenant) ?? fresh;
      rows.set(tenant, row);
      return row;
    },
    async apply({ tenant, event, by, news, now }) {
      const account = await accounts.find(tenant);
      // From here on nobody comes in between.
      const row = rows.get(tenant);
      if (row?.version !== by.version || account?.plan !== by.plan) return "outrun";
      if (heard.has(event.id)) return "again";
      heard.add(event.id);
      if (!news) return "applied";
      rows.set(tenant, { ...row, ...news.billing, version: row.version + 1 });
      if (news.plan) {
        await accounts.change(tenant, { plan: news.plan.id, maxObjectBytes: news.plan.maxObjectBytes });
      }
      await audit.record(news.audit, now);
      return "applied";
    },
  };
}

type Told = UsageReport & { readonly tenant: TenantId; triedAt: number | null; sentAt: number | null };
type Day = { readonly tenant: TenantId; readonly day: string; readonly counts: Partial<Record<Counter, number>> };

export type FakeBillingReports = BillingReports & { readonly days: Day[]; readonly told: Told[] };

/** What was told of usage, in a list; `days` is what was used. */
export function fakeBillingReports({
  accounts,
  billing,
}: {
  accounts: FakeAccounts;
  billing: FakeBilling;
}): FakeBillingReports {
  const days: Day[] = [];
  const told: Told[] = [];
  const isCounted = async ({ tenant, day }: Day) => {
    const { subscription = null, payingSince = null } = billing.rows.get(tenant) ?? {};
    const isHad = (await accounts.find(tenant))?.plan === subscription?.plan;
    return isHad && payingSince !== null && day > new Date(payingSince).toISOString().slice(0, 10);
  };
  return {
    ...{ days, told },
    async claim({ meters, span, limit, now }) {
      let made = 0;
      const keys = new Set<string>();
      for (const one of days.toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
        if (one.day < span.from || one.day >= span.to || !(await isCounted(one))) continue;
        for (const meter of meters) {
          const { counters, unit } = MEASURES[meter];
          const same = days.filter(({ tenant, day }) => tenant === one.tenant && day === one.day);
          const used = same
            .flatMap(({ counts }) => counters.map((name) => counts[name] ?? 0))
            .reduce((a, b) => a + b, 0);
          const before = told.filter(
            ({ tenant, day, meter: of }) => tenant === one.tenant && day === one.day && of === meter,
          );
          const value = Math.floor(used / unit) - before.reduce((sum, { value }) => sum + value, 0);
          const identifier = `${one.tenant}:${meter}:${one.day}:${before.length + 1}`;
          if (value <= 0 || made >= limit || keys.has(`${one.tenant}:${meter}:${one.day}`)) continue;
          keys.add(`${one.tenant}:${meter}:${one.day}`);
          made += 1;
          const customer = billing.rows.get(one.tenant)?.customer ?? "";
          told.push({
            identifier,
            customer,
            meter,
            day: one.day,
            value,
            tenant: one.tenant,
            triedAt: null,
            sentAt: null,
          });
        }
      }
      const open = told.filter(({ sentAt }) => sentAt === null);
      const isHeld = ({ day, triedAt }: Told) => day < span.from || (triedAt !== null && triedAt < span.triedSince);
      const due = open
        .filter((row) => !isHeld(row) && meters.includes(row.meter))
        .toSorted((a, b) => (`${a.day} ${a.identifier}` < `${b.day} ${b.identifier}` ? -1 : 1))
        .slice(0, limit);
      for (const row of due) row.triedAt ??= now;
      return {
        due: due.map(({ tenant: _, triedAt: __, sentAt: ___, ...row }) => row),
        held: open.filter(isHeld).length,
      };
    },
    async settle({ sent, refused }, now) {
      for (const row of told.filter(({ sentAt }) => sentAt === null)) {
        if (sent.includes(row.identifier)) row.sentAt = now;
        else if (refused.includes(row.identifier)) row.triedAt = null;
      }
    },
  };
}
