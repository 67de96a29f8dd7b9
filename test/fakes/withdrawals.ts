import type { TenantId } from "../../src/core/tenant.ts";
import {
  NOTHING_WITHDRAWN,
  notePurges,
  notePurging,
  revokeLinks,
  type Withdrawals,
} from "../../src/core/withdrawals.ts";
import type { KnownWithdrawals, WithdrawalLog } from "../../src/ports/withdrawals.ts";

/** A log in a map. `reads`: whom it was asked about, one after the other. */
export type FakeWithdrawals = WithdrawalLog & {
  readonly kept: Map<TenantId, Withdrawals>;
  readonly reads: TenantId[];
};

export function fakeWithdrawals(): FakeWithdrawals {
  const kept = new Map<TenantId, Withdrawals>();
  const reads: TenantId[] = [];
  const now = (tenant: TenantId) => kept.get(tenant) ?? NOTHING_WITHDRAWN;
  return {
    kept,
    reads,
    async read(tenant) {
      reads.push(tenant);
      return now(tenant);
    },
    async revokeLinks(tenant) {
      const next = revokeLinks(now(tenant));
      kept.set(tenant, next);
      return next.epoch;
    },
    async notePurging(tenant, at) {
      kept.set(tenant, notePurging(now(tenant), at));
    },
    async notePurges(tenant, shards) {
      if (shards.length > 0) kept.set(tenant, notePurges(now(tenant), shards));
    },
  };
}

/** An isolate that remembers nothing, and so is never behind. `forgotten`: which tenants it was told to forget. */
export type FakeKnownWithdrawals = KnownWithdrawals & { readonly forgotten: TenantId[] };

export function fakeKnownWithdrawals(log: WithdrawalLog): FakeKnownWithdrawals {
  const forgotten: TenantId[] = [];
  return {
    forgotten,
    known: () => null,
    lastKnown: () => null,
    find: (tenant) => log.read(tenant),
    forget: (tenant) => void forgotten.push(tenant),
  };
}
