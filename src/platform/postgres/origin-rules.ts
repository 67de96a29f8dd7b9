import { and, asc, eq, sql } from "drizzle-orm";
import type { TenantId } from "../../core/tenant.ts";
import type { OriginRuleChanges, StoredOriginRule, TenantSettings } from "../../ports/tenant-settings.ts";
import type { Database } from "./database.ts";
import { originRules } from "./schema.ts";

/** The greatest value of an `integer`: https://www.postgresql.org/docs/current/datatype-numeric.html */
const MAX_ID = 2 ** 31 - 1;

type OriginRuleSettings = Pick<
  TenantSettings,
  "originRules" | "addOriginRule" | "changeOriginRule" | "removeOriginRule"
>;

/** A tenant's allow-list. */
export function originRuleSettings(db: Database): OriginRuleSettings {
  const isRule = (tenant: TenantId, id: number) => and(eq(originRules.tenantId, tenant), eq(originRules.id, id));

  return {
    async originRules(tenant) {
      const rows = await db
        .select()
        .from(originRules)
        .where(eq(originRules.tenantId, tenant))
        .orderBy(asc(originRules.id));
      return rows.map(storedRule);
    },

    async addOriginRule(tenantId, { scheme, host, port, pathPrefix, access, obeyPrivate, tags, prices = null }) {
      const [row] = await db
        .insert(originRules)
        .values({ tenantId, scheme, host, port, pathPrefix, access, obeyPrivate, tags: [...tags], prices })
        .onConflictDoNothing()
        .returning();
      return row ? storedRule(row) : null;
    },

    async changeOriginRule(tenant, id, changes) {
      if (!isId(id)) return null;
      const columns = columnsOf(changes);
      const [row] =
        Object.keys(columns).length === 0
          ? await db.select().from(originRules).where(isRule(tenant, id))
          : await db.update(originRules).set(columns).where(isRule(tenant, id)).returning();
      return row ? storedRule(row) : null;
    },

    async removeOriginRule(tenant, id) {
      if (!isId(id)) return false;
      const { rowCount } = await db.execute(sql`
        with gone as (
          delete from origin_rules where tenant_id = ${tenant} and id = ${id} returning tenant_id, id, host, prices
        )
        insert into removed_origins (tenant_id, rule_id, host, prices) select * from gone
      `);
      return rowCount > 0;
    },
  };
}

/** Postgres raises an error for a number that no id can be, where the answer is that there is no such rule. */
function isId(id: number): boolean {
  return Number.isInteger(id) && id > 0 && id <= MAX_ID;
}

/** These four and nothing else: what a rule allows is not its to change. */
function columnsOf({ access, obeyPrivate, tags, prices }: OriginRuleChanges) {
  return {
    ...(access !== undefined && { access }),
    ...(obeyPrivate !== undefined && { obeyPrivate }),
    ...(tags !== undefined && { tags: [...tags] }),
    ...(prices !== undefined && { prices }),
  };
}

function storedRule({ tenantId: _, createdAt, ...rule }: typeof originRules.$inferSelect): StoredOriginRule {
  return { ...rule, createdAt: createdAt.getTime() };
}
