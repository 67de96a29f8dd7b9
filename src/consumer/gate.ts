import { DurableObject } from "cloudflare:workers";
import { type EntryKey, keyText } from "../core/entry-key.ts";
import {
  begin,
  CLAIM_TIMES,
  type Claim,
  type ClaimTimes,
  claim,
  expire,
  finish,
  isHeld,
  renew,
  requeue,
  revoke,
} from "../core/fills/claims.ts";
import { positiveNumber, type RawSettings } from "../core/settings.ts";
import type { FillGate } from "../ports/fill-gate.ts";
import { type ClaimRows, claimRows } from "./claim-rows.ts";

/** Claims that one alarm looks through; more of them wait for the next, which comes at once. */
const DUE_AT_ONCE = 500;

/**
 * One shard of the gate: keeps the claims of its entries and applies the rules of core/fills/claims.ts, one call after
 * the other. It only coordinates, since a Durable Object is billed while it is held open: consumers stream the bytes.
 * A claim outlives the object's memory; an answer leaves only after its row is on disk.
 */
export class FillGateObject extends DurableObject<RawSettings> implements FillGate {
  readonly #rows: ClaimRows;
  readonly #times: ClaimTimes;

  constructor(ctx: DurableObjectState, env: RawSettings) {
    super(ctx, env);
    this.#rows = claimRows(ctx.storage.sql);
    this.#times = {
      queuedMs: positiveNumber(env, "CLAIM_QUEUED_MS", CLAIM_TIMES.queuedMs),
      leaseMs: positiveNumber(env, "CLAIM_LEASE_MS", CLAIM_TIMES.leaseMs),
    };
  }

  async claim(key: EntryKey): Promise<number | null> {
    const granted = claim(this.#read(key), Date.now(), this.#times);
    if (granted) await this.#write(key, granted);
    return granted?.fence ?? null;
  }

  async begin(key: EntryKey, fence: number, generation: string): Promise<"begun" | "busy" | "gone"> {
    const begun = begin(this.#read(key), fence, generation, Date.now(), this.#times);
    if (typeof begun === "string") return begun;
    await this.#write(key, begun);
    return "begun";
  }

  async renew(key: EntryKey, fence: number, generation: string): Promise<boolean> {
    const renewed = renew(this.#read(key), fence, generation, Date.now(), this.#times);
    if (renewed) await this.#write(key, renewed);
    return renewed !== null;
  }

  async requeue(key: EntryKey, fence: number, generation: string, delayMs: number): Promise<void> {
    const before = this.#read(key);
    const after = requeue(before, fence, generation, delayMs, Date.now(), this.#times);
    if (after !== before) await this.#write(key, after);
  }

  async finish(key: EntryKey, fence: number): Promise<void> {
    const before = this.#read(key);
    const after = finish(before, fence, Date.now());
    if (after !== before) await this.#write(key, after);
  }

  async revoke(key: EntryKey): Promise<{ fence: number; stopped: boolean }> {
    const before = this.#read(key);
    const revoked = revoke(before, Date.now());
    await this.#write(key, revoked);
    return { fence: revoked.fence, stopped: before !== null && isHeld(before) };
  }

  /** Frees dead holders and forgets old fences. The rules ask the clock themselves, so a late alarm harms nobody. */
  override async alarm(): Promise<void> {
    const now = Date.now();
    for (const [key, row] of this.#rows.due(now, DUE_AT_ONCE)) this.#rows.write(key, expire(row, now));
    const next = this.#rows.nextDue();
    if (next !== null) await this.ctx.storage.setAlarm(next);
  }

  #read(key: EntryKey): Claim | null {
    return this.#rows.read(keyText(key));
  }

  async #write(key: EntryKey, row: Claim | null): Promise<void> {
    this.#rows.write(keyText(key), row);
    if (!row) return;
    const alarm = await this.ctx.storage.getAlarm();
    if (alarm === null || row.until < alarm) await this.ctx.storage.setAlarm(row.until);
  }
}
