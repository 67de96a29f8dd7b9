import type { TenantId } from "../../core/tenant.ts";
import type { ApiKeys } from "../../ports/directory.ts";
import type { DatabaseSettings } from "./database.ts";
import { neonStatement } from "./neon-statement.ts";

const OWNER = "select tenant_id from api_keys where hash = $1 and revoked_at is null";

/** The truth about API keys. Fails closed: whoever cannot be looked up is nobody. */
export function postgresApiKeys(settings: DatabaseSettings): ApiKeys {
  const owner = neonStatement(settings, OWNER);
  return {
    async find(hash) {
      const [row] = await owner(hash);
      if (!row) return null;
      const [tenant] = row;
      return tenant == null ? { role: "operator" } : { role: "tenant", tenant: tenant as TenantId };
    },
  };
}
