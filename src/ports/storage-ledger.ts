import type { TenantId } from "../core/tenant.ts";

/** What lay here on a day (`YYYY-MM-DD`, UTC). */
export type StorageDay = {
  readonly tenant: TenantId;
  readonly day: string;
  /** Bytes times hours, less what is less than one. */
  readonly byteHours: bigint;
  /** At its end, or when it was looked at last. */
  readonly storedBytes: number;
};

/** How much tenants' copies have taken of the store, and for how long. Has no time budget. */
export type StorageLedger = {
  /**
   * Writes down what all tenants have stored at `now` (ms since the epoch), unless somebody looked less than `every` ms
   * ago. The time since a tenant was looked at last counts with what lay here then, however many looks were missed, as
   * far back as {@link MOST_DAYS_BACK}. Twice at once adds nothing twice. Returns how many days were written.
   */
  sample(now: number, every: number): Promise<number>;
  /** Days of these tenants from `from` on and before `to`, by tenant and day. */
  days(
    tenants: readonly TenantId[],
    span: { readonly from: string; readonly to: string },
  ): Promise<readonly StorageDay[]>;
};

/** Days, today included, for which missed looks are made up for. */
export const MOST_DAYS_BACK = 35;
