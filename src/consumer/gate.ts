import { DurableObject } from "cloudflare:workers";
import { type EntryKey, keyText } from "../core/entry-key.ts";
import { progressOf } from "../core/fills/claim-progress.ts";
import {
  CLAIM_TIMES,
  type Claim,
  type ClaimRuling,
  type ClaimTimes,
  claim,
  claimOfMany,
  finish,
  pause,
  type Ruling,
  revoke,
} from "../core/fills/claims.ts";
import type { DonePart, FillPlan, FillProgress } from "../core/fills/fill-plan.ts";
import { begin, dropPlan, leave, partDone, plan, renew, requeue } from "../core/fills/lanes.ts";
import { nextWork } from "../core/fills/next-work.ts";
import { positiveNumber, type RawSettings } from "../core/settings.ts";
import type { Begun, FillGate, FillWish, GrantedFill, Holder, NextWork, OfferedUrl } from "../ports/fill-gate.ts";
import { type AlarmClock, alarmClock } from "./alarm-clock.ts";
import { type AbortUpload, clearLitter } from "./clear-litter.ts";
import { composeGate } from "./compose.ts";
import { type FillRows, fillRows } from "./fill-rows.ts";

/**
 * One shard of the gate: keeps the claims of its entries and applies the rules of core/fills/claims.ts, one call after
 * the other. It only coordinates, since a Durable Object is billed while it is held open: consumers stream the bytes.
 * A claim outlives the object's memory; an answer leaves only after its row is on disk. Nothing is awaited between
 * reading a claim and writing it.
 */
export class FillGateObject extends DurableObject<RawSettings> implements FillGate {
  readonly #rows: FillRows;
  readonly #abort: AbortUpload;
  readonly #times: ClaimTimes;
  readonly #clock: AlarmClock;

  constructor(ctx: DurableObjectState, env: RawSettings) {
    super(ctx, env);
    const { store } = composeGate(env);
    this.#abort = ({ key, generation, uploadId }) => store.resumeMultipart(`${key}/${generation}`, uploadId).abort();
    this.#times = {
      queuedMs: positiveNumber(env, "CLAIM_QUEUED_MS", CLAIM_TIMES.queuedMs),
      leaseMs: positiveNumber(env, "CLAIM_LEASE_MS", CLAIM_TIMES.leaseMs),
      abandonedMs: positiveNumber(env, "UPLOAD_ABANDONED_MS", CLAIM_TIMES.abandonedMs),
    };
    this.#rows = fillRows(ctx.storage.sql, this.#times);
    this.#clock = alarmClock(ctx.storage);
  }

  async claim(key: EntryKey, offer: OfferedUrl, insist: boolean): Promise<number | null> {
    return await this.#rule(key, (row, now) => claim(row, offer, insist, now, this.#times));
  }

  async claimMany(wishes: readonly FillWish[]): Promise<ClaimRuling[]> {
    const answers = wishes.map(({ key, offer }) =>
      this.#apply(key, (row, now) => claimOfMany(row, offer, now, this.#times), Date.now()),
    );
    await this.#clock.set();
    return answers;
  }

  async giveBack(claims: readonly GrantedFill[]): Promise<void> {
    for (const { key, fence } of claims) await this.finish(key, fence, 0);
  }

  async begin(key: EntryKey, holder: Holder): Promise<Begun | "busy" | "gone"> {
    return await this.#rule(key, (row, now) => begin(row, holder, now, this.#times));
  }

  async renew(key: EntryKey, holder: Holder): Promise<boolean> {
    return await this.#rule(key, (row, now) => renew(row, holder, now, this.#times));
  }

  async plan(key: EntryKey, holder: Holder, made: FillPlan): Promise<boolean> {
    return await this.#rule(key, (row, now) => plan(row, holder, made, now, this.#times));
  }

  async dropPlan(key: EntryKey, holder: Holder): Promise<void> {
    await this.#change(key, (row, now) => dropPlan(row, holder, now, this.#times));
  }

  async partDone(key: EntryKey, holder: Holder, part: DonePart): Promise<boolean> {
    return await this.#rule(key, (row, now) => {
      const ruling = partDone(row, holder, now, this.#times);
      if (ruling.answer) this.#rows.parts.write(keyText(key), part);
      return ruling;
    });
  }

  async next(key: EntryKey, holder: Holder): Promise<NextWork> {
    const { parts } = this.#rows;
    return await this.#rule<NextWork>(key, (row, now) => {
      const { claim, answer } = nextWork(row, holder, parts.numbers(keyText(key)), now, this.#times);
      return { claim, answer: answer.do === "join" ? { do: "join", parts: parts.all(keyText(key)) } : answer };
    });
  }

  async requeue(key: EntryKey, holder: Holder, delayMs: number): Promise<void> {
    await this.#change(key, (row, now) => requeue(row, holder, delayMs, now, this.#times));
  }

  async finish(key: EntryKey, fence: number, quietMs: number): Promise<void> {
    await this.#change(key, (row, now) => finish(row, fence, quietMs, now));
  }

  async pause(key: EntryKey, fence: number): Promise<void> {
    await this.#change(key, (row, now) => pause(row, fence, now));
  }

  async leave(key: EntryKey, holder: Holder): Promise<void> {
    await this.#change(key, (row, now) => leave(row, holder, now));
  }

  async revoke(key: EntryKey): Promise<{ fence: number; stopped: boolean }> {
    return await this.#rule(key, revoke);
  }

  async progress(key: EntryKey): Promise<FillProgress | null> {
    const now = Date.now();
    return progressOf(this.#rows.read(keyText(key), now), this.#rows.parts.count(keyText(key)), now);
  }

  /** Throws away what was abandoned, and aborts uploads. The rules ask the clock themselves: a late alarm harms nobody. */
  override async alarm(): Promise<void> {
    const now = Date.now();
    this.#clock.goesOff();
    this.#rows.expireDue(now);
    await clearLitter(this.#rows.litter, this.#abort, now);
    this.#clock.begin(this.#rows.nextDue());
    await this.#clock.set();
  }

  async #rule<Answer>(key: EntryKey, rule: (row: Claim | null, now: number) => Ruling<Answer>): Promise<Answer> {
    const answer = this.#apply(key, rule, Date.now());
    await this.#clock.set();
    return answer;
  }

  #apply<Answer>(key: EntryKey, rule: (row: Claim | null, now: number) => Ruling<Answer>, now: number): Answer {
    const row = this.#rows.read(keyText(key), now);
    const { claim: after, answer } = rule(row, now);
    if (after !== row) this.#clock.note(this.#rows.write(keyText(key), after, now));
    return answer;
  }

  async #change(key: EntryKey, rule: (row: Claim | null, now: number) => Claim | null): Promise<void> {
    await this.#rule(key, (row, now) => ({ claim: rule(row, now), answer: undefined }));
  }
}
