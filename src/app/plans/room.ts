import { SnapbyteError } from "../../core/errors.ts";
import type { Counted } from "../../core/plans/limits.ts";
import { limitsOf } from "../../core/plans/plans.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { Accounts } from "../../ports/accounts.ts";
import type { Report } from "../in-background.ts";
import { reach } from "../reach.ts";

/**
 * Throws 402 where the tenant's plan has no room for one more beside the `used` that there are. Two calls at once may both
 * find room for one: what must never be more has a limit of its own.
 */
export async function admitOneMore(
  tenant: TenantId,
  what: Counted,
  used: number,
  { accounts, report }: { readonly accounts: Pick<Accounts, "find">; readonly report: Report },
): Promise<void> {
  const account = await reach("accounts", accounts.find(tenant), report);
  const allowed = account && limitsOf(account.plan, account.own)[what];
  if (allowed === null || used < allowed) return;
  throw new SnapbyteError("PLAN_LIMIT", `The plan has room for ${allowed} ${what}.`, {
    limit: { name: what, allowed, until: null },
  });
}
