import { entryKey } from "../../core/entry-key.ts";
import { SnapbyteError } from "../../core/errors.ts";
import type { TenantId } from "../../core/tenant.ts";
import { detailStart, type UsageGroup, type UsagePeriod, type UsageSpan, usageSpan } from "../../core/usage/report.ts";
import type { Clock } from "../../ports/clock.ts";
import type { UsageArrivals, UsageLedger, UsagePage } from "../../ports/usage-ledger.ts";
import type { Report } from "../in-background.ts";
import { reach } from "../reach.ts";

/** What is asked of usage; moments in ms since the epoch, `null`: as usual for such periods. */
export type UsageWish = {
  readonly from: number | null;
  readonly to: number | null;
  readonly by: UsagePeriod;
  readonly group: UsageGroup;
  /** Of this entry alone, as its tenant names it; `null`: of all. */
  readonly key: string | null;
  readonly cursor: string | null;
  readonly limit: number;
};

export type UsageReport = UsagePage & { readonly span: UsageSpan; readonly batches: UsageArrivals };

/** How long what an isolate has sent may be on its way, in ms, before its absence is told of. */
export const SETTLED_AFTER_MS = 10 * 60_000;

type ReportUsageParts = { readonly usageLedger: UsageLedger; readonly clock: Clock; readonly report: Report };

/**
 * What a tenant has used, or all of them together (`null`), whose keys are each their own: `key` counts for nothing then.
 * Throws 400 for a span that holds nothing, or of which the detail that is asked for is forgotten; 503 when the ledger is not to be reached.
 */
export async function reportUsage(
  tenant: TenantId | null,
  wish: UsageWish,
  parts: ReportUsageParts,
): Promise<UsageReport> {
  const { usageLedger, clock, report } = parts;
  const now = clock.now();
  const span = usageSpan(wish, now);
  const { from, to, by } = span;
  if (from >= to) throw new SnapbyteError("INVALID_FIELD", "from: must be before to.");
  const { group, key, cursor, limit } = wish;
  if ((by === "hour" || group === "key" || key !== null) && from < detailStart(now)) {
    const first = new Date(detailStart(now)).toISOString();
    throw new SnapbyteError("INVALID_FIELD", `from: hours and keys are known since ${first}.`);
  }
  const entry = tenant === null || key === null ? null : entryKey(tenant, { by: "custom", key }).id;
  const asked = Promise.all([
    usageLedger.report(tenant, { ...span, group, entry, cursor, limit }),
    usageLedger.arrivals({ from, to, settled: now - SETTLED_AFTER_MS }),
  ]);
  const [page, batches] = await reach("usage", asked, report);
  return { ...page, span, batches };
}
