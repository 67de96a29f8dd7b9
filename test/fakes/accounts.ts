import type { Counters } from "../../src/core/plans/judge-standing.ts";
import { sameStanding } from "../../src/core/plans/judge-standing.ts";
import type { TenantId } from "../../src/core/tenant.ts";
import type { Accounts, StoredAccount } from "../../src/ports/accounts.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { MonthCounters } from "../../src/ports/month-counters.ts";

type Row = StoredAccount & { readonly maxObjectBytes: number | null };

/** Accounts in a list, in the order of creation. */
export type FakeAccounts = Accounts & { readonly rows: Row[] };

export function fakeAccounts(clock: Clock): FakeAccounts {
  const rows: Row[] = [];
  const shown = ({ maxObjectBytes: _, ...account }: Row): StoredAccount => account;
  const at = (tenant: TenantId) => rows.findIndex(({ id }) => id === tenant);
  const change = (tenant: TenantId, changes: Partial<Row>): StoredAccount | null => {
    const row = rows[at(tenant)];
    if (!row) return null;
    rows[at(tenant)] = { ...row, ...changes };
    return shown({ ...row, ...changes });
  };
  return {
    rows,
    async list({ after, limit, search }) {
      const from = after === null ? 0 : rows.findIndex(({ id }) => id === after) + 1;
      const found = rows.slice(from).filter((row) => search === null || isFound(row, search.toLowerCase()));
      return found.slice(0, limit).map(shown);
    },
    async find(tenant) {
      const row = rows[at(tenant)];
      return row ? shown(row) : null;
    },
    async add(account) {
      if (rows.some(({ id, site }) => id === account.id || site === account.site)) return null;
      const createdAt = Math.max(clock.now(), ...rows.map((row) => row.createdAt + 1));
      rows.push({ ...account, own: {}, suspended: null, standing: "good", createdAt });
      return await this.find(account.id);
    },
    change: async (tenant, changes) => change(tenant, changes),
    async judge(tenant, standing) {
      const row = rows[at(tenant)];
      if (!row || sameStanding(row.standing, standing)) return false;
      change(tenant, { standing });
      return true;
    },
    async judged({ after, limit }) {
      const page = rows.toSorted((one, other) => (one.id < other.id ? -1 : 1)).filter(({ id }) => id > (after ?? ""));
      return page.slice(0, limit).map(({ id, plan, own, suspended, standing }) => {
        return { id, plan, own, suspended: suspended !== null, standing };
      });
    },
  };
}

function isFound({ id, site, name }: Row, search: string): boolean {
  return [id, site, name].some((text) => text.toLowerCase().includes(search));
}

/** Counters by tenant, which may be set at any time. */
export type FakeMonthCounters = MonthCounters & { readonly used: Map<TenantId, Counters> };

export function fakeMonthCounters(): FakeMonthCounters {
  const used = new Map<TenantId, Counters>();
  return { used, of: async (tenants) => new Map([...used].filter(([tenant]) => tenants.includes(tenant))) };
}
