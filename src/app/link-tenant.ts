import type { Tenant, TenantId } from "../core/tenant.ts";
import type { TenantDirectory } from "../ports/directory.ts";
import { withinBudget } from "../ports/time-budget.ts";
import type { Report } from "./in-background.ts";

/** How long the tenant's settings may take, in ms, before the copy is served as to somebody who has said nothing. */
const TENANT_BUDGET_MS = 90;

export type LinkTenantParts = { readonly directory: Pick<TenantDirectory, "find">; readonly report: Report };

/** Whose copy a link leads to; `null`: nobody could say in time. Never rejects. */
export async function linkTenant(
  { key }: { readonly key: { readonly tenant: TenantId } },
  { directory, report }: LinkTenantParts,
): Promise<Tenant | null> {
  try {
    const found = directory.find({ by: "id", value: key.tenant });
    return await withinBudget("the tenant directory", TENANT_BUDGET_MS, found);
  } catch (error) {
    report("tenants", error);
    return null;
  }
}
