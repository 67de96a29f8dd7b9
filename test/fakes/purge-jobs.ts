import type { PurgeJob, PurgeJobName } from "../../src/core/purge/purge-job.ts";
import type { PurgeJobs } from "../../src/ports/purge-jobs.ts";

/** Jobs in a map, by id. */
export type FakePurgeJobs = PurgeJobs & { readonly rows: Map<string, PurgeJob> };

export function fakePurgeJobs(): FakePurgeJobs {
  const rows = new Map<string, PurgeJob>();
  const at = ({ tenant, id }: PurgeJobName) => {
    const row = rows.get(id);
    return row?.tenant === tenant ? row : null;
  };
  return {
    rows,
    async begin({ tenant, id, selection, soft }, now) {
      if (rows.has(id)) throw new Error(`${id} was begun before`);
      rows.set(id, { tenant, id, selection, soft, purged: 0, createdAt: now, finishedAt: null });
    },
    find: async (job) => at(job),
    async count(job, purged) {
      const row = at(job);
      if (row) rows.set(row.id, { ...row, purged: Math.max(row.purged, purged) });
    },
    async finish(job, now) {
      const row = at(job);
      if (row?.finishedAt !== null) return false;
      rows.set(row.id, { ...row, finishedAt: now });
      return true;
    },
    async dropOld(before) {
      const old = [...rows.values()].filter(({ createdAt }) => createdAt < before);
      for (const { id } of old) rows.delete(id);
      return old.filter(({ finishedAt }) => finishedAt === null);
    },
  };
}
