import type { Caller } from "../core/people/caller.ts";
import type { Tenant, TenantName } from "../core/tenant.ts";

/** Who our tenants are. */
export type TenantDirectory = {
  find(name: TenantName): Promise<Tenant | null>;
  /**
   * What is remembered here so freshly that {@link find} would ask nobody, without a wait; `undefined`: nothing is. A
   * directory that never remembers has none.
   */
  readonly atHand?: (name: TenantName) => Tenant | null | undefined;
  /**
   * After a change of the tenants of these names: what is remembered of them is asked for again, here at once and
   * elsewhere within two minutes. Never rejects: the change stands, and what could not be dropped ends by itself.
   */
  forget(names: readonly TenantName[]): Promise<void>;
};

/** Whose an API key is, by its SHA-256 in hex. */
export type ApiKeys = {
  /** `null`: nobody's, revoked, or ended. */
  find(hash: string): Promise<Caller | null>;
  /** Writes down that the key was used at about `now` (ms since the epoch). */
  used(hash: string, now: number): Promise<void>;
};
