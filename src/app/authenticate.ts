import { bearerApiKey, type Caller, hashApiKey, looksLikeOperators } from "../core/api-key.ts";
import { SnapbyteError } from "../core/errors.ts";
import type { Tenant } from "../core/tenant.ts";
import type { ApiKeys, TenantDirectory } from "../ports/directory.ts";
import { withinBudget } from "../ports/time-budget.ts";
import { admitNetwork } from "./admit.ts";
import { LEDGER_BUDGET_MS } from "./ask-ledger.ts";
import { findTenant, type TenantHint } from "./find-tenant.ts";
import type { Report } from "./in-background.ts";
import { reach } from "./reach.ts";

/** How long an operator who asks how a download went waits to be known, in ms. */
export const OPERATOR_BUDGET_MS = 2_000;

export type AuthenticateParts = {
  readonly keys: ApiKeys;
  readonly directory: TenantDirectory;
  readonly defaultSite: string;
  readonly report: Report;
};

/**
 * The tenant that a management call is about: the one whose API key it shows; for an operator's key the one that the
 * call names, from wherever it comes. Throws 401 without a key that opens it, 403 outside of the networks that the tenant
 * allows, 503 when nobody could say.
 */
export async function managedTenant(
  authorization: string | null,
  hint: TenantHint,
  parts: AuthenticateParts,
): Promise<Tenant> {
  return (await managed(authorization, hint, parts)).tenant;
}

/** As {@link managedTenant}, and who calls: the tenant itself, or an operator for it. */
export async function managed(
  authorization: string | null,
  hint: TenantHint,
  { keys, directory, defaultSite, report }: AuthenticateParts,
): Promise<{ readonly tenant: Tenant; readonly role: Caller["role"] }> {
  const caller = await reach("accounts", callerOf(authorization, keys), report);
  if (!caller) throw new SnapbyteError("UNAUTHORIZED");
  const { role } = caller;
  if (caller.role === "operator") return { tenant: await findTenant(hint, defaultSite, directory, report), role };
  const tenant = await reach("accounts", directory.find({ by: "id", value: caller.tenant }), report);
  if (!tenant || (hint.site !== null && hint.site !== tenant.site)) throw new SnapbyteError("UNAUTHORIZED");
  admitNetwork(tenant.managementNetworks, hint.address);
  return { tenant, role };
}

/** Whether a download comes from a caller that we know. Who cannot be known in time is a stranger; never rejects. */
export async function isTrusted(
  authorization: string | null,
  tenant: Tenant,
  { keys, report }: AuthenticateParts,
): Promise<boolean> {
  if (bearerApiKey(authorization) === null) return false;
  try {
    const caller = await withinBudget("api keys", LEDGER_BUDGET_MS, callerOf(authorization, keys));
    return caller?.role === "operator" || caller?.tenant === tenant.id;
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
    const caller = await withinBudget("api keys", OPERATOR_BUDGET_MS, callerOf(authorization, keys));
    return caller?.role === "operator";
  } catch (error) {
    report("api keys", error);
    return false;
  }
}

async function callerOf(authorization: string | null, keys: ApiKeys): Promise<Caller | null> {
  const key = bearerApiKey(authorization);
  return key === null ? null : await keys.find(await hashApiKey(key));
}
