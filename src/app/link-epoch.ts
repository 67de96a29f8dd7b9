import type { TenantId } from "../core/tenant.ts";
import { withinBudget } from "../ports/time-budget.ts";
import type { KnownWithdrawals } from "../ports/withdrawals.ts";

/** How long a hit waits to learn the epoch of its link, in ms. It is asked for while the copy is looked up. */
const EPOCH_BUDGET_MS = 50;
/** The same, in ms, where none was heard of for minutes: the log may be on the other side of the world. */
const FAR_BUDGET_MS = 300;
/** The same, in ms, where the other answer is an error. */
const PATIENCE_MS = 1000;

export type LinkEpochParts = { readonly withdrawals: KnownWithdrawals };

/** Has the epoch asked for, so that a hit finds it there. */
export function prepareLinkEpoch(tenant: TenantId, { withdrawals }: LinkEpochParts): void {
  if (!withdrawals.known(tenant)) withdrawals.find(tenant).catch(() => {});
}

/**
 * The epoch of the links that are made now. Where nobody says in time it is the last that was heard of: one that is behind
 * has a link end too early, and never too late. Rejects where none was. Then a client with `nowhereElse` to go has waited
 * for longer.
 */
export async function linkEpoch(
  tenant: TenantId,
  { withdrawals }: LinkEpochParts,
  { nowhereElse = false } = {},
): Promise<number> {
  const known = withdrawals.known(tenant);
  if (known) return known.epoch;
  const last = withdrawals.lastKnown(tenant);
  const budget = last ? EPOCH_BUDGET_MS : nowhereElse ? PATIENCE_MS : FAR_BUDGET_MS;
  try {
    return (await withinBudget("withdrawals", budget, withdrawals.find(tenant))).epoch;
  } catch (error) {
    if (!last) throw error;
    return last.epoch;
  }
}
