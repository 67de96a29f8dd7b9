import type { Scope } from "../core/people/scopes.ts";
import type { TenantId } from "../core/tenant.ts";

/** An API key as it may be shown at any time. Moments in ms since the epoch. */
export type StoredApiKey = {
  readonly id: string;
  readonly name: string;
  /** The beginning of the key; `null`: it is from before that was kept. */
  readonly prefix: string | null;
  readonly scopes: readonly Scope[];
  readonly createdAt: number;
  /** About when it was used last; `null`: never since that is kept. */
  readonly lastUsedAt: number | null;
  /** `null`: never. */
  readonly expiresAt: number | null;
};

export type NewApiKey = Pick<StoredApiKey, "id" | "name" | "scopes" | "expiresAt"> & {
  readonly prefix: string;
  readonly hash: string;
};

/**
 * The API keys of tenants. Each method is the given tenant's own: another tenant's id is as good as none. Revoked keys,
 * and those that have ended at `now`, are as if they were not there.
 */
export type KeySettings = {
  /** In the order of creation. */
  list(tenant: TenantId, now: number): Promise<readonly StoredApiKey[]>;
  find(tenant: TenantId, id: string, now: number): Promise<StoredApiKey | null>;
  /** `null`: the tenant has `limit` of them already. Two calls at once cannot exceed the limit; `null`: there is none. */
  add(tenant: TenantId, key: NewApiKey, limit: number | null, now: number): Promise<StoredApiKey | null>;
  /**
   * Puts `key` beside the one of id `old`, which ends at `oldEndsAt`, or earlier where it would. `null`: there is no such
   * key. Both, or nothing.
   */
  rotate(
    tenant: TenantId,
    old: string,
    key: NewApiKey,
    times: { readonly oldEndsAt: number; readonly now: number },
  ): Promise<StoredApiKey | null>;
  /** Returns the revoked key's hash; `null`: there is no such key. */
  revoke(tenant: TenantId, id: string, now: number): Promise<string | null>;
};
