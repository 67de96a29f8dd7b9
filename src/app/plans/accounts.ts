import { SnapbyteError } from "../../core/errors.ts";
import { judgeStanding } from "../../core/plans/judge-standing.ts";
import type { OwnLimits } from "../../core/plans/limits.ts";
import { FIRST_PLAN, limitsOf, planOf } from "../../core/plans/plans.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { Accounts, StoredAccount } from "../../ports/accounts.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MonthCounters } from "../../ports/month-counters.ts";
import { reach } from "../reach.ts";
import { type ChangeParts, change } from "../settings/change.ts";

export type AccountParts = ChangeParts & {
  readonly accounts: Accounts;
  readonly counters: MonthCounters;
  readonly newId: () => string;
  readonly clock: Clock;
};

export type AccountWish = { readonly name: string; readonly site: string; readonly plan: string | null };
/** What is not named, or `undefined`, stays. */
export type AccountOrder = {
  readonly name?: string | undefined;
  readonly plan?: string | undefined;
  readonly own?: OwnLimits | undefined;
};

/** A page of all tenants, in the order of creation. */
export async function listAccounts(
  page: Parameters<Accounts["list"]>[0],
  { accounts, report }: AccountParts,
): Promise<readonly StoredAccount[]> {
  return await reach("accounts", accounts.list(page), report);
}

/** Throws 404 when there is no such tenant. */
export async function describeAccount(
  tenant: TenantId,
  { accounts, report }: Pick<AccountParts, "accounts" | "report">,
): Promise<StoredAccount> {
  return known(await reach("accounts", accounts.find(tenant), report));
}

/** Makes a tenant. Throws 400 for a plan that there is not, 409 when its site is taken. */
export async function addAccount(wish: AccountWish, parts: AccountParts): Promise<StoredAccount> {
  const { name, site } = wish;
  const plan = checkPlan(wish.plan ?? FIRST_PLAN);
  const { maxObjectBytes } = limitsOf(plan, {});
  const adding = parts.accounts.add({ id: parts.newId() as TenantId, name, site, plan, maxObjectBytes });
  const added = await reach("accounts", adding, parts.report);
  if (!added) throw new SnapbyteError("ALREADY_EXISTS", "There is a tenant of this site already.");
  return added;
}

/** Changes what is named; the tenant's standing is judged anew. Throws 400 for a plan that there is not, 404. */
export async function changeAccount(
  tenant: TenantId,
  order: AccountOrder,
  parts: AccountParts,
): Promise<StoredAccount> {
  const account = await describeAccount(tenant, parts);
  const { name = account.name, plan = account.plan, own = account.own } = order;
  const { maxObjectBytes } = limitsOf(checkPlan(plan), own);
  return await settle(tenant, { name, plan, own, maxObjectBytes }, parts);
}

/** From here on the cache stands aside for the tenant's downloads, within two minutes everywhere. Throws 404. */
export async function suspendAccount(tenant: TenantId, reason: string, parts: AccountParts): Promise<StoredAccount> {
  return await settle(tenant, { suspended: { at: parts.clock.now(), reason } }, parts);
}

/** Ends a suspension; a tenant that is over a limit still is. Throws 404. */
export async function resumeAccount(tenant: TenantId, parts: AccountParts): Promise<StoredAccount> {
  return await settle(tenant, { suspended: null }, parts);
}

/** Changes an account, and lets its standing follow at once. */
async function settle(
  tenant: TenantId,
  changes: Parameters<Accounts["change"]>[1],
  parts: AccountParts,
): Promise<StoredAccount> {
  await reach("accounts", parts.accounts.change(tenant, changes), parts.report);
  return await restand(tenant, parts);
}

/** Has the standing of an account follow what was changed of it, here and wherever it is remembered. Throws 404. */
export async function restand(tenant: TenantId, parts: AccountParts): Promise<StoredAccount> {
  const { accounts, counters, clock, report } = parts;
  const account = await describeAccount(tenant, parts);
  const now = clock.now();
  const used = await reach("counters", counters.of([tenant], now), report);
  const judged = { plan: account.plan, own: account.own, suspended: account.suspended !== null };
  const standing = judgeStanding(judged, used.get(tenant) ?? NOTHING, now);
  await change(tenant, accounts.judge(tenant, standing), parts);
  return { ...account, standing };
}

/** What who is not counted has used. */
export const NOTHING = { requests: 0, deliveredBytes: 0, storedBytes: 0 };

function checkPlan(id: string): string {
  if (!planOf(id)) throw new SnapbyteError("INVALID_FIELD", "plan must be the id of a plan.");
  return id;
}

function known(account: StoredAccount | null): StoredAccount {
  if (!account) throw new SnapbyteError("NOT_FOUND");
  return account;
}
