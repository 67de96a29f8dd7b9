import { type EntryKey, keyText } from "../../src/core/entry-key.ts";
import {
  begin,
  CLAIM_TIMES,
  type Claim,
  claim,
  expire,
  finish,
  isHeld,
  renew,
  requeue,
  revoke,
} from "../../src/core/fills/claims.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { FillGate } from "../../src/ports/fill-gate.ts";

/** A gate in a map. `rows` by key text. */
export type FakeFillGate = FillGate & { readonly rows: Map<string, Claim> };

export function fakeFillGate(clock: Clock, times = CLAIM_TIMES): FakeFillGate {
  const rows = new Map<string, Claim>();
  const read = (key: EntryKey) => {
    const row = rows.get(keyText(key));
    return row ? expire(row, clock.now()) : null;
  };
  const write = (key: EntryKey, row: Claim | null) => (row ? rows.set(keyText(key), row) : rows.delete(keyText(key)));

  return {
    rows,
    async claim(key) {
      const granted = claim(read(key), clock.now(), times);
      if (granted) write(key, granted);
      return granted?.fence ?? null;
    },
    async begin(key, fence, generation) {
      const begun = begin(read(key), fence, generation, clock.now(), times);
      if (typeof begun === "string") return begun;
      write(key, begun);
      return "begun";
    },
    async renew(key, fence, generation) {
      const renewed = renew(read(key), fence, generation, clock.now(), times);
      if (renewed) write(key, renewed);
      return renewed !== null;
    },
    async requeue(key, fence, generation, delayMs) {
      write(key, requeue(read(key), fence, generation, delayMs, clock.now(), times));
    },
    async finish(key, fence) {
      write(key, finish(read(key), fence, clock.now()));
    },
    async revoke(key) {
      const before = read(key);
      const revoked = revoke(before, clock.now());
      write(key, revoked);
      return { fence: revoked.fence, stopped: before !== null && isHeld(before) };
    },
  };
}
