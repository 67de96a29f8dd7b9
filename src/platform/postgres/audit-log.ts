import { and, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import { type AuditEvent, type AuditFilter, EVERY_RECORD } from "../../core/audit.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { AuditLog } from "../../ports/audit-log.ts";
import type { Database } from "./database.ts";
import { auditLog } from "./schema.ts";

/** With its nulls, though there are none, where the index has them: else Postgres would sort instead of reading it. */
const NEWEST_FIRST = sql`${desc(auditLog.id)} nulls last`;

/** What was changed, in Postgres: one row for each, which nothing here changes or removes. Has no time budget. */
export function postgresAuditLog(db: Database): AuditLog {
  return {
    async record({ tenant, ...event }, now) {
      await db.insert(auditLog).values({ ...event, tenantId: tenant, at: new Date(now) });
    },

    async list(tenant, { before, limit, filter = EVERY_RECORD }) {
      const isBefore = before === null ? undefined : lt(auditLog.id, before);
      const rows = await db
        .select()
        .from(auditLog)
        .where(and(eq(auditLog.tenantId, tenant), isBefore, ...fitting(filter)))
        .orderBy(NEWEST_FIRST)
        .limit(limit);
      return rows.map(({ tenantId, actor, at, who, ...row }) => ({
        ...row,
        ...(who && { who }),
        tenant: tenantId as TenantId,
        actor: actor as AuditEvent["actor"],
        at: at.getTime(),
      }));
    },
  };
}

function fitting({ action, who, since, until }: AuditFilter): (SQL | undefined)[] {
  return [
    action === null ? undefined : isNamed(action),
    who === null ? undefined : sql`${auditLog.who} ->> 'id' = ${who}`,
    since === null ? undefined : gte(auditLog.at, new Date(since)),
    until === null ? undefined : lt(auditLog.at, new Date(until)),
  ];
}

/** With a full stop at its end it is the beginning of a name. */
function isNamed(action: string): SQL {
  return action.endsWith(".") ? sql`starts_with(${auditLog.action}, ${action})` : eq(auditLog.action, action);
}
