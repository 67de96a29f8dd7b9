import { bearerApiKey, hashApiKey, looksLikeOperators } from "../core/api-key.ts";
import type { Caller } from "../core/people/caller.ts";
import { holds } from "../core/people/scopes.ts";
import type { Tenant } from "../core/tenant.ts";
import type { ApiKeys, TenantDirectory } from "../ports/directory.ts";
import { withinBudget } from "../ports/time-budget.ts";
import { LEDGER_BUDGET_MS } from "./ask-ledger.ts";
import type { Report } from "./in-background.ts";

/** How long an operator who asks how a download went waits to be known, in ms. */
export const OPERATOR_BUDGET_MS = 2_000;

export type AuthenticateParts = {
  readonly keys: Pick<ApiKeys, "find">;
  readonly directory: TenantDirectory;
  readonly defaultSite: string;
  readonly report: Report;
};

/** Whether a download comes from a caller that we know. Who cannot be known in time is a stranger; never rejects. */
export async function isTrusted(
  authorization: string | null,
  tenant: Tenant,
  { keys, report }: Pick<AuthenticateParts, "keys" | "report">,
): Promise<boolean> {
  if (bearerApiKey(authorization) === null) return false;
  try {
    const caller = await withinBudget("api keys", LEDGER_BUDGET_MS, keyCaller(authorization, keys));
    if (caller?.role !== "tenant") return caller?.role === "operator";
    return caller.tenant === tenant.id && holds(caller.scopes, "proxy:read");
  } catch (error) {
    report("api keys", error);
    return false;
  }
}

/**
 * Whether a request shows an operator's key. Who cannot be known in time shows none; never rejects. Nobody waits with a key
 * that does not begin as an operator's.
 */
export async function isOperator(
  authorization: string | null,
  { keys, report }: Pick<AuthenticateParts, "keys" | "report">,
): Promise<boolean> {
  if (!looksLikeOperators(bearerApiKey(authorization) ?? "")) return false;
  try {
    const caller = await withinBudget("api keys", OPERATOR_BUDGET_MS, keyCaller(authorization, keys));
    return caller?.role === "operator";
  } catch (error) {
    report("api keys", error);
    return false;
  }
}

/** Whose key a request shows; `null`: nobody's, or none. */
export async function keyCaller(authorization: string | null, keys: Pick<ApiKeys, "find">): Promise<Caller | null> {
  const key = bearerApiKey(authorization);
  return key === null ? null : await keys.find(await hashApiKey(key));
}
