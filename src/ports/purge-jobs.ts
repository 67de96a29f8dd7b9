import type { PurgeJob, PurgeJobName } from "../core/purge/purge-job.ts";

/** Purges of more than one call may do. What is noted of a job that is not there (any more) changes nothing. */
export type PurgeJobs = {
  /** Begins a job that was not there before; `now`: ms since the epoch. */
  begin(job: Pick<PurgeJob, "tenant" | "id" | "selection" | "soft">, now: number): Promise<void>;
  find(job: PurgeJobName): Promise<PurgeJob | null>;
  /** At least so many were purged: a smaller number than before changes nothing. */
  count(job: PurgeJobName, purged: number): Promise<void>;
  /** The job has ended. `false`: it had before, or is not there. */
  finish(job: PurgeJobName, now: number): Promise<boolean>;
  /** Forgets jobs that were begun before this moment, ms since the epoch, and returns those that had not ended. */
  dropOld(before: number): Promise<readonly PurgeJob[]>;
};
