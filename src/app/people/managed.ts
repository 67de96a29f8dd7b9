import { SnapbyteError } from "../../core/errors.ts";
import { holds, type Scope } from "../../core/people/scopes.ts";
import { isRefusedAside } from "../../core/plans/refusal.ts";
import { type Aside, spellOver } from "../../core/plans/standing.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { TenantDirectory } from "../../ports/directory.ts";
import type { RateLimit } from "../../ports/rate-limit.ts";
import { admitNetwork } from "../admit.ts";
import { findTenant, type TenantHint } from "../find-tenant.ts";
import { reach } from "../reach.ts";
import { admitOften } from "./admit-often.ts";
import { type IdentifyParts, type Identity, identify } from "./identify.ts";

export type ManagedParts = IdentifyParts & {
  readonly directory: TenantDirectory;
  readonly defaultSite: string;
  /** How often all callers of a tenant together may call. */
  readonly tenantLimit: RateLimit;
};

/** The tenant that a management call is about, and who calls. */
export type Managed = { readonly tenant: Tenant; readonly identity: Identity };

/**
 * The tenant that a management call is about: the one whose API key it shows, or in which the person is who is signed in;
 * for operators the one that the call names, from wherever it comes. Throws 401 for nobody and for a key that does not open
 * the tenant named, 404 where a person names another, 403 outside of the networks that the tenant allows and for who may not do what asks for `needed`, 402 for what the
 * tenant's plan has no room for, 429 for too many calls, 503 when nobody could say.
 */
export async function managed(
  authorization: string | null,
  hint: TenantHint,
  needed: Scope,
  parts: ManagedParts,
): Promise<Managed> {
  const identity = await identify(authorization, hint.address, parts);
  const tenant = await tenantOf(identity, hint, parts);
  if (!identity.isOperator) {
    admitNetwork(tenant.managementNetworks, identity.address);
    await admitOften(parts.tenantLimit, `tenant:${tenant.id}`, parts);
  }
  admitScope(identity, needed);
  if (!identity.isOperator && tenant.standing !== "good" && isRefusedAside(tenant.standing, needed)) {
    throw refusal(tenant.standing);
  }
  return { tenant, identity };
}

/** Throws 403, naming the scope that is lacking. */
export function admitScope({ scopes }: Pick<Identity, "scopes">, needed: Scope): void {
  if (!holds(scopes, needed)) {
    throw new SnapbyteError("INSUFFICIENT_SCOPE", `This call needs the scope ${needed}, which this caller has not.`);
  }
}

/** One that another has and one that nobody has are told alike. */
async function tenantOf(
  { isOperator, tenant: id, who }: Identity,
  hint: TenantHint,
  parts: ManagedParts,
): Promise<Tenant> {
  const { directory, defaultSite, report } = parts;
  if (id === null) {
    if (isOperator) return await findTenant(hint, defaultSite, directory, report);
    throw new SnapbyteError("UNKNOWN_TENANT");
  }
  const tenant = await reach("accounts", directory.find({ by: "id", value: id }), report);
  // The key of a tenant that is gone opens nothing.
  if (!tenant) throw new SnapbyteError(isOperator ? "UNKNOWN_TENANT" : "UNAUTHORIZED");
  if (hint.site !== null && hint.site !== tenant.site) {
    throw new SnapbyteError(who.by === "key" && !isOperator ? "UNAUTHORIZED" : "UNKNOWN_TENANT");
  }
  return tenant;
}

/** What a tenant that stands aside is told. */
export function refusal({ over, allowed, until }: Aside): SnapbyteError {
  if (over === "suspended") return new SnapbyteError("TENANT_SUSPENDED");
  return new SnapbyteError("PLAN_LIMIT", "The plan's limit is passed: nothing more is taken in until it is not.", {
    limit: { name: spellOver(over), allowed, until },
  });
}
