import { type EntryKey, keyText } from "../../src/core/entry-key.ts";
import { expire, leftBehind, type Upload } from "../../src/core/fills/claim-memory.ts";
import { progressOf } from "../../src/core/fills/claim-progress.ts";
import {
  CLAIM_TIMES,
  type Claim,
  claim,
  claimOfMany,
  finish,
  pause,
  type Ruling,
  revoke,
} from "../../src/core/fills/claims.ts";
import type { DonePart } from "../../src/core/fills/fill-plan.ts";
import { oneShardOf } from "../../src/core/fills/gate-shards.ts";
import { begin, dropPlan, leave, partDone, plan, renew, requeue } from "../../src/core/fills/lanes.ts";
import { nextWork } from "../../src/core/fills/next-work.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { FillGate, NextWork } from "../../src/ports/fill-gate.ts";

/** A gate in a map. `rows` by key text. */
export type FakeFillGate = FillGate & { readonly rows: Map<string, Claim> };

/** `giveUp` is told at once of an upload that a fill left behind. */
export function fakeFillGate(
  clock: Clock,
  times = CLAIM_TIMES,
  giveUp: (key: EntryKey, upload: Upload) => void = () => {},
): FakeFillGate {
  const rows = new Map<string, Claim>();
  const stored = new Map<string, Map<number, DonePart>>();

  const read = (key: EntryKey) => {
    const row = rows.get(keyText(key));
    return row ? expire(row, clock.now(), times) : null;
  };
  const parts = (key: EntryKey) => {
    const known = stored.get(keyText(key)) ?? new Map<number, DonePart>();
    stored.set(keyText(key), known);
    return known;
  };
  const inOrder = (key: EntryKey) => [...parts(key).values()].toSorted((a, b) => a.number - b.number);

  const rule = <Answer>(key: EntryKey, apply: (row: Claim | null, now: number) => Ruling<Answer>): Answer => {
    const { claim: after, answer } = apply(read(key), clock.now());
    const upload = leftBehind(rows.get(keyText(key)) ?? null, after);
    if (after) rows.set(keyText(key), after);
    else rows.delete(keyText(key));
    if (upload) {
      stored.delete(keyText(key));
      giveUp(key, upload);
    }
    return answer;
  };
  const change = (key: EntryKey, apply: (row: Claim | null, now: number) => Claim | null) =>
    rule(key, (row, now) => ({ claim: apply(row, now), answer: undefined }));

  return {
    rows,
    claim: async (key, offer, insist) => rule(key, (row, now) => claim(row, offer, insist, now, times)),
    async claimMany(wishes) {
      oneShardOf(wishes.map(({ key }) => key));
      return wishes.map(({ key, offer }) => rule(key, (row, now) => claimOfMany(row, offer, now, times)));
    },
    async giveBack(claims) {
      oneShardOf(claims.map(({ key }) => key));
      for (const { key, fence } of claims) change(key, (row, now) => finish(row, fence, 0, now));
    },
    begin: async (key, holder) => rule(key, (row, now) => begin(row, holder, now, times)),
    renew: async (key, holder) => rule(key, (row, now) => renew(row, holder, now, times)),
    plan: async (key, holder, made) => rule(key, (row, now) => plan(row, holder, made, now, times)),
    dropPlan: async (key, holder) => change(key, (row, now) => dropPlan(row, holder, now, times)),
    async partDone(key, holder, part) {
      const noted = rule(key, (row, now) => partDone(row, holder, now, times));
      if (noted) parts(key).set(part.number, part);
      return noted;
    },
    async next(key, holder): Promise<NextWork> {
      const done = inOrder(key);
      const numbers = done.map(({ number }) => number);
      const work = rule(key, (row, now) => nextWork(row, holder, numbers, now, times));
      return work.do === "join" ? { do: "join", parts: done } : work;
    },
    requeue: async (key, holder, delayMs) => change(key, (row, now) => requeue(row, holder, delayMs, now, times)),
    finish: async (key, fence, quietMs) => change(key, (row, now) => finish(row, fence, quietMs, now)),
    pause: async (key, fence) => change(key, (row, now) => pause(row, fence, now)),
    leave: async (key, holder) => change(key, (row, now) => leave(row, holder, now)),
    revoke: async (key) => rule(key, revoke),
    async progress(key) {
      const done = inOrder(key);
      const bytes = done.reduce((sum, part) => sum + part.bytes, 0);
      return progressOf(read(key), { parts: done.length, bytes }, clock.now());
    },
  };
}
