import type { AuditBy } from "../core/audit.ts";
import type { TenantId } from "../core/tenant.ts";
import { type KnownWithdrawals, WITHDRAWN_AFTER_MS, type WithdrawalLog } from "../ports/withdrawals.ts";
import { type AuditParts, recordAudit } from "./audit.ts";
import { reach } from "./reach.ts";

export type RevokeLinksParts = AuditParts & {
  readonly withdrawals: Pick<WithdrawalLog, "revokeLinks"> & Pick<KnownWithdrawals, "forget">;
  /** Settles after so many ms. */
  readonly pause: (ms: number) => Promise<void>;
};

/**
 * Withdraws every link of a tenant to a copy that was made until now, and returns the epoch of those that come after.
 * When it settles, no isolate goes on with older knowledge: no request that starts later is served by such a link. Links
 * that somebody got while this ran may be withdrawn too. Throws 503 when nobody could be told; then nothing has changed,
 * or the same call again withdraws once more.
 */
export async function revokeLinks(tenant: TenantId, by: AuditBy, parts: RevokeLinksParts): Promise<number> {
  const { withdrawals, pause } = parts;
  try {
    const epoch = await reach("withdrawals", withdrawals.revokeLinks(tenant), parts.report);
    const written = recordAudit(tenant, by, "links.revoke", { epoch }, parts);
    await Promise.all([pause(WITHDRAWN_AFTER_MS), written]);
    return epoch;
  } finally {
    // Also where the answer was lost: it may have been done.
    withdrawals.forget(tenant);
  }
}
