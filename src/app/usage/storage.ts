import type { TenantId } from "../../core/tenant.ts";
import { dayOf, everyStoredDay, type StoredAtEnd } from "../../core/usage/stored-days.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MonthCounters } from "../../ports/month-counters.ts";
import type { StorageLedger } from "../../ports/storage-ledger.ts";
import type { Report } from "../in-background.ts";
import { reach } from "../reach.ts";

/** How often it is looked at what tenants have stored, in ms: a look reads every entry once. */
export const SAMPLE_EVERY_MS = 10 * 60_000;
/** How many days are told of, today included. */
const DAYS = 30;
const DAY_MS = 86_400_000;

export type SampleParts = {
  readonly storageLedger: Pick<StorageLedger, "sample">;
  readonly clock: Clock;
  readonly report: Report;
};

/**
 * Writes down what tenants have stored, when it is time to. Never rejects: what lay here at the last look counts until the
 * next one.
 */
export async function sampleStorage({ storageLedger, clock, report }: SampleParts): Promise<void> {
  try {
    await storageLedger.sample(clock.now(), SAMPLE_EVERY_MS);
  } catch (error) {
    report("storage", error);
  }
}

type ReportStorageParts = {
  readonly storageLedger: Pick<StorageLedger, "days">;
  readonly counters: MonthCounters;
  readonly clock: Clock;
  readonly report: Report;
};

/** Bytes of the copies that lie here: at this moment, and at the end of each of 30 days. */
export type StorageReport = { readonly now: number; readonly days: readonly StoredAtEnd[] };

/** What a tenant has stored. Throws 503 when it cannot be looked at. */
export async function reportStorage(tenant: TenantId, parts: ReportStorageParts): Promise<StorageReport> {
  const { storageLedger, counters, clock, report } = parts;
  const now = clock.now();
  const span = { from: dayOf(now - (DAYS - 1) * DAY_MS), to: dayOf(now + DAY_MS) };
  const asked = Promise.all([storageLedger.days([tenant], span), counters.of([tenant], now)]);
  const [known, used] = await reach("storage", asked, report);
  const { storedBytes = 0 } = used.get(tenant) ?? {};
  return { now: storedBytes, days: everyStoredDay(known, storedBytes, DAYS, now) };
}
