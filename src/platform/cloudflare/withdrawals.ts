import type { WithdrawalLog } from "../../ports/withdrawals.ts";

/** What the log of a tenant answers to: the port itself, called over RPC. */
export type WithdrawalsNamespace = DurableObjectNamespace<WithdrawalLog & Rpc.DurableObjectBranded>;

/**
 * What tenants have withdrawn, kept by a Durable Object for each, which takes about 1,000 requests a second
 * (https://developers.cloudflare.com/durable-objects/platform/limits/): isolates remember its answers for a second. It
 * lives where the tenant was first asked for, up to 300 ms away from others. A call that does not reach it rejects, and
 * whoever asked decides what to do without. No time budget.
 */
export function durableWithdrawals(namespace: WithdrawalsNamespace): WithdrawalLog {
  return {
    read: async (tenant) => await namespace.getByName(tenant).read(tenant),
    revokeLinks: async (tenant) => await namespace.getByName(tenant).revokeLinks(tenant),
    notePurges: async (tenant, shards) => await namespace.getByName(tenant).notePurges(tenant, shards),
    notePurging: async (tenant, at) => await namespace.getByName(tenant).notePurging(tenant, at),
  };
}
