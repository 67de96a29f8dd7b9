import { SnapbyteError } from "../../core/errors.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { BillingLedger, StoredBilling } from "../../ports/billing.ts";
import { type AccountParts, describeAccount } from "../plans/accounts.ts";
import { reach } from "../reach.ts";

export type BillingParts = AccountParts & { readonly billing: BillingLedger };

/** What whoever takes the money knows of a tenant; `null`: nothing. Throws 404 when there is no such tenant. */
export async function describeBilling(tenant: TenantId, parts: BillingParts): Promise<StoredBilling | null> {
  await describeAccount(tenant, parts);
  return await reach("billing", parts.billing.find(tenant), parts.report);
}

/**
 * Writes down by what name a tenant is known to whoever takes the money. Where two were made at once the first one stays,
 * and is what both get. Throws 404 when there is no such tenant.
 */
export async function bindCustomer(tenant: TenantId, customer: string, parts: BillingParts): Promise<StoredBilling> {
  const bound = await reach("billing", parts.billing.bind(tenant, customer), parts.report);
  if (!bound) throw new SnapbyteError("NOT_FOUND");
  return bound;
}
