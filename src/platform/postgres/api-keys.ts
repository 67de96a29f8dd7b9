import { readScopes } from "../../core/people/scopes.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { ApiKeys } from "../../ports/directory.ts";
import type { DatabaseSettings } from "./database.ts";
import { neonStatement } from "./neon-statement.ts";

/** A key that was neither revoked nor has ended, by the database's clock. */
const FIND = `select json_build_object(
    'id', id, 'name', name, 'tenant', tenant_id, 'scopes', scopes,
    'expiresAt', floor(extract(epoch from expires_at) * 1000)
  ) from api_keys where hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())`;

/** Several isolates do this in any order: the latest stays. */
const USED = "update api_keys set last_used_at = greatest(last_used_at, $2::timestamptz) where hash = $1";

/**
 * The truth about API keys, without driver and query builder, which the first download with a key would have to load.
 * Fails closed: whoever cannot be looked up is nobody.
 */
export function postgresApiKeys(settings: DatabaseSettings): ApiKeys {
  const found = neonStatement(settings, FIND);
  const use = neonStatement(settings, USED);
  return {
    async find(hash) {
      const [row] = await found(hash);
      if (!row?.[0]) return null;
      const { id, name, tenant, scopes, expiresAt } = JSON.parse(row[0]) as KeyRow;
      const shown = { key: { id, name }, expiresAt };
      if (tenant === null) return { role: "operator", ...shown };
      return { role: "tenant", tenant, scopes: readScopes(scopes), ...shown };
    },

    async used(hash, now) {
      await use(hash, new Date(now).toISOString());
    },
  };
}

type KeyRow = {
  readonly id: string;
  readonly name: string;
  readonly tenant: TenantId | null;
  readonly scopes: readonly string[] | null;
  /** ms since the epoch. */
  readonly expiresAt: number | null;
};
