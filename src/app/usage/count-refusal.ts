import { SnapbyteError } from "../../core/errors.ts";
import type { TenantId } from "../../core/tenant.ts";
import { refusalReason } from "../../core/usage/reasons.ts";
import type { UsageSink } from "../../ports/usage-sink.ts";

/** Counts what a tenant's download was refused for; what went wrong on our side is no refusal. */
export function countRefusal(error: unknown, tenant: TenantId, usage: UsageSink): void {
  const reason = error instanceof SnapbyteError ? refusalReason(error.code) : null;
  if (reason !== null) usage.record({ kind: "refusal", tenant, reason });
}
