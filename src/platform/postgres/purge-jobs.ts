import { and, eq, isNull, lt, sql } from "drizzle-orm";
import type { PurgeJob, PurgeJobName } from "../../core/purge/purge-job.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { PurgeJobs } from "../../ports/purge-jobs.ts";
import type { Database } from "./database.ts";
import { purgeJobs } from "./schema.ts";

/** Large purges in Postgres. Every method is one statement that may be repeated, but for `begin`. Has no time budget. */
export function postgresPurgeJobs(db: Database): PurgeJobs {
  return {
    async begin({ tenant, id, selection, soft }, now) {
      await db.insert(purgeJobs).values({ id, tenantId: tenant, selection, soft, createdAt: new Date(now) });
    },

    async find(job) {
      const [row] = await db.select().from(purgeJobs).where(isJob(job));
      return row ? jobOf(row) : null;
    },

    async count(job, purged) {
      await db
        .update(purgeJobs)
        .set({ purged: sql`greatest(${purgeJobs.purged}, ${purged}::int)` })
        .where(isJob(job));
    },

    async finish(job, now) {
      const isOpen = and(isJob(job), isNull(purgeJobs.finishedAt));
      return (
        (
          await db
            .update(purgeJobs)
            .set({ finishedAt: new Date(now) })
            .where(isOpen)
        ).rowCount > 0
      );
    },

    async dropOld(before) {
      const rows = await db
        .delete(purgeJobs)
        .where(lt(purgeJobs.createdAt, new Date(before)))
        .returning();
      return rows.filter(({ finishedAt }) => finishedAt === null).map(jobOf);
    },
  };
}

function isJob({ tenant, id }: PurgeJobName) {
  return and(eq(purgeJobs.id, id), eq(purgeJobs.tenantId, tenant));
}

function jobOf({ tenantId, createdAt, finishedAt, ...row }: typeof purgeJobs.$inferSelect): PurgeJob {
  return {
    ...row,
    tenant: tenantId as TenantId,
    createdAt: createdAt.getTime(),
    finishedAt: finishedAt?.getTime() ?? null,
  };
}
