import type { AuditBy, AuditDetail } from "../../core/audit.ts";
import { type BillingEvent, type BillingVerdict, judgeBilling } from "../../core/billing/judge-billing.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { limitsOf, planOf } from "../../core/plans/plans.ts";
import type { StoredAccount } from "../../ports/accounts.ts";
import type { BillingChange, StoredBilling } from "../../ports/billing.ts";
import { describeAccount, restand } from "../plans/accounts.ts";
import { reach } from "../reach.ts";
import type { BillingParts } from "./billing.ts";

/** How often it is decided anew when something changes meanwhile: those who call at once take turns. */
const TRIES = 5;

/**
 * What became of an event: `applied`, with the plan that the tenant has now; `again`: it was heard before; `older`: newer
 * ones were; `unknown`: nobody here is called so.
 */
export type Heard = { readonly outcome: "applied" | "again" | "older" | "unknown"; readonly plan: string | null };

/**
 * Hears once that something has become of a customer's subscription: what is known of it, the tenant's plan and the row of
 * the audit log are written together. Throws 400 for a plan that there is not, 503 when something cannot be reached or
 * changes all the time: then it has to be told again.
 */
export async function hearBilling(
  customer: string,
  event: BillingEvent,
  by: AuditBy,
  parts: BillingParts,
): Promise<Heard> {
  const { billing: ledger, report, clock } = parts;
  const { plan } = event.subscription;
  if (plan !== null && !planOf(plan)) throw new SnapbyteError("INVALID_FIELD", "plan must be the id of a plan.");
  for (let tries = 0; tries < TRIES; tries += 1) {
    const before = await reach("billing", ledger.findByCustomer(customer), report);
    if (!before) return { outcome: "unknown", plan: null };
    const account = await describeAccount(before.tenant, parts);
    const verdict = judgeBilling(event, before, account);
    const change = changeOf(verdict, { event, before, account, by, now: clock.now() });
    const done = await reach("billing", ledger.apply(change), report);
    if (done === "outrun") continue;
    if (done === "again") return { outcome: "again", plan: account.plan };
    if (!change.news?.plan) return { outcome: verdict.is === "older" ? "older" : "applied", plan: account.plan };
    return { outcome: "applied", plan: (await restand(before.tenant, parts)).plan };
  }
  throw new SnapbyteError("UNAVAILABLE");
}

type Case = {
  readonly event: BillingEvent;
  readonly before: StoredBilling;
  readonly account: StoredAccount;
  readonly by: AuditBy;
  readonly now: number;
};

function changeOf(verdict: BillingVerdict, { event, before, account, by, now }: Case): BillingChange {
  const { tenant, version } = before;
  const change = { tenant, event, by: { version, plan: account.plan }, now };
  if (verdict.is === "older") return { ...change, news: null };
  const { billing, plan: id } = verdict;
  const plan = id === null ? null : { id, maxObjectBytes: limitsOf(id, account.own).maxObjectBytes };
  const [action, detail] = told(verdict, event, account);
  return { ...change, news: { billing, plan, audit: { tenant, ...by, action, detail } } };
}

/** As the audit log has it: what was bought, and what becomes of the plan. */
function told(
  { plan, kept }: Extract<BillingVerdict, { is: "news" }>,
  { id, subscription }: BillingEvent,
  account: StoredAccount,
): [action: string, detail: AuditDetail] {
  const facts = { event: id, subscription: subscription.state, bought: subscription.plan };
  if (plan !== null) return ["billing.plan", { ...facts, before: account.plan, plan }];
  if (kept !== null) return ["billing.plan_kept", { ...facts, plan: account.plan, why: kept }];
  return ["billing.subscription", facts];
}
