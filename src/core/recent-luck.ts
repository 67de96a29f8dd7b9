import type { TenantId } from "./tenant.ts";

/** After so many look-ups in a row that found nothing the next one is expected to find nothing either. */
export const UNLUCKY_AFTER = 20;
/** Tenants that are told apart. Beyond that all of them begin anew. */
const TENANTS = 1_000;

/**
 * What a tenant's look-ups found in the index lately. Where it was nothing again and again (its cache is new, or its clients
 * ask for what cannot be kept) whoever looks need not wait for the index before the ledger is asked. One find ends that: of
 * a tenant with copies at most one look-up in twenty asks the ledger in vain.
 */
export class RecentLuck {
  readonly #inVain = new Map<TenantId, number>();

  /** Whether the index most likely knows nothing of what this tenant's clients ask for. */
  expectsNothing(tenant: TenantId): boolean {
    return (this.#inVain.get(tenant) ?? 0) >= UNLUCKY_AFTER;
  }

  /** What a look-up in the index came to. */
  note(tenant: TenantId, found: boolean): void {
    const inVain = this.#inVain.get(tenant);
    if (found) {
      if (inVain !== undefined) this.#inVain.delete(tenant);
      return;
    }
    if (inVain === undefined && this.#inVain.size >= TENANTS) this.#inVain.clear();
    this.#inVain.set(tenant, Math.min((inVain ?? 0) + 1, UNLUCKY_AFTER));
  }
}
