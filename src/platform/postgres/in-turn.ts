import { eq, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { TenantId } from "../../core/tenant.ts";
import type { Database } from "./database.ts";
import { tenants } from "./schema.ts";

/**
 * Has changes of one tenant's keys wait for each other: the first statement of a batch, which is one transaction. A
 * statement sees what was committed before it began (READ COMMITTED, Postgres's and Neon's default), so that one behind
 * the lock counts what the call before it added. The lock inside that very statement would come too late for its count.
 * Only locks: new rows that refer to the tenant, such as its entries, do not wait for it.
 */
export function takeTurn(db: Database, tenant: TenantId) {
  return db.select({ id: tenants.id }).from(tenants).where(eq(tenants.id, tenant)).for("no key update");
}

/**
 * The moment of creation of a tenant's next row in this table: now, and after each that is there, so that the order is
 * certain. Only behind {@link takeTurn}.
 */
export function nextMoment(table: PgTable, tenant: TenantId): SQL {
  return sql`greatest(now(), (select max(created_at) + interval '1 ms' from ${table} where tenant_id = ${tenant}))`;
}
