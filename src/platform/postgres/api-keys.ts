import { and, eq, isNull } from "drizzle-orm";
import type { TenantId } from "../../core/tenant.ts";
import type { ApiKeys } from "../../ports/directory.ts";
import type { Database } from "./database.ts";
import { apiKeys } from "./schema.ts";

/** The truth about API keys. Fails closed: whoever cannot be looked up is nobody. */
export function postgresApiKeys(db: Database): ApiKeys {
  return {
    async find(hash) {
      const [row] = await db
        .select({ tenant: apiKeys.tenantId })
        .from(apiKeys)
        .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)));
      if (!row) return null;
      return row.tenant === null ? { role: "operator" } : { role: "tenant", tenant: row.tenant as TenantId };
    },
  };
}
