import { and, asc, eq, gt, ilike, or, sql } from "drizzle-orm";
import { readStanding } from "../../core/plans/standing.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { AccountChanges, Accounts, StoredAccount } from "../../ports/accounts.ts";
import type { Database } from "./database.ts";
import { tenants } from "./schema.ts";

/** Accounts in Postgres: the columns of a tenant that are no setting of its own. Has no time budget. */
export function postgresAccounts(db: Database): Accounts {
  return {
    async list({ after, limit, search }) {
      // Behind the account of that id, in the order of creation.
      const isAfter =
        after === null
          ? undefined
          : sql`(${tenants.createdAt}, ${tenants.id}) > (
        select created_at, id from tenants as last where last.id = ${after}
      )`;
      const like = `%${(search ?? "").replace(/[\\%_]/g, "\\$&")}%`;
      const found = or(ilike(tenants.name, like), ilike(tenants.site, like), ilike(tenants.id, like));
      const rows = await db
        .select()
        .from(tenants)
        .where(and(isAfter, search === null ? undefined : found))
        .orderBy(asc(tenants.createdAt), asc(tenants.id))
        .limit(limit);
      return rows.map(storedAccount);
    },

    async find(tenant) {
      const [row] = await db.select().from(tenants).where(eq(tenants.id, tenant));
      return row ? storedAccount(row) : null;
    },

    async add({ id, name, site, plan, maxObjectBytes }) {
      const values = { id, name, site, plan, planObjectBytes: maxObjectBytes };
      const [row] = await db.insert(tenants).values(values).onConflictDoNothing().returning();
      return row ? storedAccount(row) : null;
    },

    async change(tenant, changes) {
      const columns = columnsOf(changes);
      if (Object.keys(columns).length === 0) return await this.find(tenant);
      const [row] = await db.update(tenants).set(columns).where(eq(tenants.id, tenant)).returning();
      return row ? storedAccount(row) : null;
    },

    async judge(tenant, standing) {
      const aside = standing === "good" ? null : standing;
      const isNews = sql`${tenants.standing} is distinct from ${aside === null ? null : JSON.stringify(aside)}::jsonb`;
      const { rowCount } = await db
        .update(tenants)
        .set({ standing: aside })
        .where(and(eq(tenants.id, tenant), isNews));
      return rowCount > 0;
    },

    async judged({ after, limit }) {
      const rows = await db
        .select()
        .from(tenants)
        .where(after === null ? undefined : gt(tenants.id, after))
        .orderBy(asc(tenants.id))
        .limit(limit);
      return rows.map(({ id, plan, ownLimits, suspendedAt, standing }) => ({
        ...{ id: id as TenantId, plan, own: ownLimits, suspended: suspendedAt !== null },
        standing: readStanding(standing),
      }));
    },
  };
}

function columnsOf({ name, plan, own, maxObjectBytes, suspended }: AccountChanges) {
  return {
    ...(name !== undefined && { name }),
    ...(plan !== undefined && { plan }),
    ...(own !== undefined && { ownLimits: own }),
    ...(maxObjectBytes !== undefined && { planObjectBytes: maxObjectBytes }),
    ...(suspended !== undefined && {
      suspendedAt: suspended === null ? null : new Date(suspended.at),
      suspendedReason: suspended?.reason ?? null,
    }),
  };
}

function storedAccount(row: typeof tenants.$inferSelect): StoredAccount {
  const { id, name, site, plan, ownLimits, suspendedAt, suspendedReason, standing, createdAt } = row;
  return {
    ...{ id: id as TenantId, name, site, plan, own: ownLimits },
    suspended: suspendedAt === null ? null : { at: suspendedAt.getTime(), reason: suspendedReason ?? "" },
    standing: readStanding(standing),
    createdAt: createdAt.getTime(),
  };
}
