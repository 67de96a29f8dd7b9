import { type Meter, reportSpan, type UsageReport } from "../../core/billing/meters.ts";
import type { BillingReports } from "../../ports/billing.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Report } from "../in-background.ts";
import { reach } from "../reach.ts";

/** Reports that are given at once: who sends them waits for each. The rest follows in the next hour. */
const MAX_REPORTS = 200;

export type ReportParts = { readonly reports: BillingReports; readonly clock: Clock; readonly report: Report };

/** What has to be told of usage, and how many reports are past telling. Throws 503. */
export async function claimReports(
  meters: readonly Meter[],
  { reports, clock, report }: ReportParts,
): Promise<{ readonly due: readonly UsageReport[]; readonly held: number }> {
  const now = clock.now();
  const claiming = reports.claim({ meters, span: reportSpan(now), limit: MAX_REPORTS, now });
  return await reach("billing", claiming, report);
}

/** Writes down which have arrived, and which have not for certain. Throws 503. */
export async function settleReports(
  identifiers: Parameters<BillingReports["settle"]>[0],
  { reports, clock, report }: ReportParts,
): Promise<void> {
  await reach("billing", reports.settle(identifiers, clock.now()), report);
}
