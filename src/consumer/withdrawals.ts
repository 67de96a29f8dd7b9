import { DurableObject } from "cloudflare:workers";
import type { RawSettings } from "../core/settings.ts";
import type { TenantId } from "../core/tenant.ts";
import { NOTHING_WITHDRAWN, notePurges, notePurging, revokeLinks, type Withdrawals } from "../core/withdrawals.ts";
import type { WithdrawalLog } from "../ports/withdrawals.ts";

/** Where the object's storage keeps the state. */
const KEPT = "withdrawals";

/**
 * What one tenant has withdrawn. Read once from the storage and answered from memory; nothing is written until something
 * is withdrawn, and the answer to that leaves only after it is on disk.
 */
export class WithdrawalsObject extends DurableObject<RawSettings> implements WithdrawalLog {
  #withdrawals: Withdrawals;

  constructor(ctx: DurableObjectState, env: RawSettings) {
    super(ctx, env);
    this.#withdrawals = ctx.storage.kv.get<Withdrawals>(KEPT) ?? NOTHING_WITHDRAWN;
  }

  async read(_tenant: TenantId): Promise<Withdrawals> {
    return this.#withdrawals;
  }

  async revokeLinks(_tenant: TenantId): Promise<number> {
    this.#keep(revokeLinks(this.#withdrawals));
    return this.#withdrawals.epoch;
  }

  async notePurges(_tenant: TenantId, shards: readonly number[]): Promise<void> {
    if (shards.length > 0) this.#keep(notePurges(this.#withdrawals, shards));
  }

  async notePurging(_tenant: TenantId, at: number): Promise<void> {
    this.#keep(notePurging(this.#withdrawals, at));
  }

  #keep(withdrawals: Withdrawals): void {
    // First the storage: when that refuses, memory must not know better.
    this.ctx.storage.kv.put(KEPT, withdrawals);
    this.#withdrawals = withdrawals;
  }
}
