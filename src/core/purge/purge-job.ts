import type { TenantId } from "../tenant.ts";
import type { PurgeSelection } from "./selection.ts";

/** A job is named by its tenant, too: nobody finds another's. */
export type PurgeJobName = { readonly tenant: TenantId; readonly id: string };

/** A purge of more entries than one call may do. Times in ms since the epoch. */
export type PurgeJob = PurgeJobName & {
  readonly selection: PurgeSelection;
  readonly soft: boolean;
  /** Until now; at the least, where a consumer died in between. */
  readonly purged: number;
  readonly createdAt: number;
  /** `null`: it is still at work. */
  readonly finishedAt: number | null;
};

/** How long a job can be asked about, in ms. One that has not ended by then is given up. */
export const PURGE_JOB_AGE_MS = 7 * 24 * 60 * 60_000;

/**
 * By how much the clocks of those who make fences and of those who begin purges may differ, in ms. What was made within
 * this time after a purge began is purged with the rest: a copy too much costs one fill, one too few is old bytes.
 */
export const CLOCK_SKEW_MS = 5_000;
