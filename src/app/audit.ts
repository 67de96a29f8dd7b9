import type { AuditBy, AuditDetail } from "../core/audit.ts";
import type { TenantId } from "../core/tenant.ts";
import type { AuditLog, AuditPage, AuditRecord } from "../ports/audit-log.ts";
import type { Clock } from "../ports/clock.ts";
import type { Report } from "./in-background.ts";
import { reach } from "./reach.ts";

export type AuditParts = { readonly audit: AuditLog; readonly clock: Clock; readonly report: Report };

/** Writes down what somebody did. Never rejects: what was done is done, and what could not be written is reported. */
export async function recordAudit(
  tenant: TenantId,
  by: AuditBy,
  action: string,
  detail: AuditDetail,
  parts: AuditParts,
): Promise<void> {
  try {
    await parts.audit.record({ tenant, ...by, action, detail }, parts.clock.now());
  } catch (error) {
    parts.report("audit", error);
  }
}

/** What was done for a tenant, the newest first. */
export async function listAudit(
  tenant: TenantId,
  page: AuditPage,
  parts: Pick<AuditParts, "audit" | "report">,
): Promise<readonly AuditRecord[]> {
  return await reach("audit", parts.audit.list(tenant, page), parts.report);
}
