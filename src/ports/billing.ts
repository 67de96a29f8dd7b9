import type { AuditEvent } from "../core/audit.ts";
import type { Meter, ReportSpan, UsageReport } from "../core/billing/meters.ts";
import type { Billing } from "../core/billing/subscription.ts";
import type { TenantId } from "../core/tenant.ts";

/** `version` counts what was applied, so that two who decide at once do not both write. */
export type StoredBilling = Billing & { readonly tenant: TenantId; readonly version: number };

/** What an event changes, all of it or nothing, as long as nothing of what it was decided by has changed meanwhile. */
export type BillingChange = {
  readonly tenant: TenantId;
  readonly event: { readonly id: string; readonly kind: string; readonly at: number };
  /** What was decided by: the version of the billing, and the tenant's plan. */
  readonly by: { readonly version: number; readonly plan: string };
  /** `null`: nothing but that it was heard. */
  readonly news: {
    readonly billing: Billing;
    /** The tenant's plan from now on, and the largest object under it; `null`: as it was. */
    readonly plan: { readonly id: string; readonly maxObjectBytes: number | null } | null;
    readonly audit: AuditEvent;
  } | null;
  /** ms since the epoch. */
  readonly now: number;
};

/** Who pays, for what. Fails closed; has no time budget. */
export type BillingLedger = {
  /** `null`: the tenant is not known to whoever takes the money. */
  find(tenant: TenantId): Promise<StoredBilling | null>;
  findByCustomer(customer: string): Promise<StoredBilling | null>;
  /** Writes down by what name the tenant is known over there; the first one stays. `null`: there is no such tenant. */
  bind(tenant: TenantId, customer: string): Promise<StoredBilling | null>;
  /** `again`: the event was heard before, and nothing is done; `outrun`: something has changed: decide anew. */
  apply(change: BillingChange): Promise<"applied" | "again" | "outrun">;
};

export type ReportQuestion = {
  readonly meters: readonly Meter[];
  readonly span: ReportSpan;
  /** At most so many. */
  readonly limit: number;
  readonly now: number;
};

/** What was told of usage to whoever takes the money. Fails closed; has no time budget. */
export type BillingReports = {
  /**
   * Writes down what was used on days that are over and was not told yet, then gives what has to be sent, the oldest first:
   * what was written down is sent as it is, however often. `held`: reports that nobody knows to have arrived, and that it
   * is too late to send again.
   */
  claim(question: ReportQuestion): Promise<{ readonly due: readonly UsageReport[]; readonly held: number }>;
  /** `sent`: they have arrived; `refused`: for certain they have not, and may be sent at any time. */
  settle(
    identifiers: { readonly sent: readonly string[]; readonly refused: readonly string[] },
    now: number,
  ): Promise<void>;
};
