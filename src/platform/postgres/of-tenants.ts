import { type SQL, sql } from "drizzle-orm";
import type { TenantId } from "../../core/tenant.ts";

/** A condition on `tenant_id`: it is one of these. */
export function ofTenants(tenants: readonly TenantId[]): SQL {
  const [only] = tenants;
  if (tenants.length === 1) return sql`tenant_id = ${only}`;
  return sql`tenant_id in (select jsonb_array_elements_text(${JSON.stringify(tenants)}::jsonb))`;
}
