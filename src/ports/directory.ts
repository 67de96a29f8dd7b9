import type { Caller } from "../core/api-key.ts";
import type { Tenant, TenantName } from "../core/tenant.ts";

/** Who our tenants are. */
export type TenantDirectory = {
  find(name: TenantName): Promise<Tenant | null>;
};

/** Whose an API key is, by its SHA-256 in hex. `null`: nobody's, or revoked. */
export type ApiKeys = {
  find(hash: string): Promise<Caller | null>;
};
