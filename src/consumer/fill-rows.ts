import { dueAt, expire, leftBehind } from "../core/fills/claim-memory.ts";
import type { Claim, ClaimTimes } from "../core/fills/claims.ts";
import { claimRows } from "./claim-rows.ts";
import { type LitterRows, litterRows } from "./litter-rows.ts";
import { type PartRows, partRows } from "./part-rows.ts";

/** Claims that are looked through at a time; more of them stay due. */
const DUE_AT_ONCE = 500;

/** All that one Durable Object keeps of its fills. `key` is an entry's text, `now` in ms since the epoch. */
export type FillRows = {
  readonly parts: PartRows;
  readonly litter: LitterRows;
  /** The claim as time has left it. */
  read(key: string, now: number): Claim | null;
  /**
   * Notes with it the upload that the change leaves behind, whose parts are forgotten. `null` forgets the claim. Returns
   * when there is something to do about it, in ms since the epoch.
   */
  write(key: string, claim: Claim | null, now: number): number;
  /** Writes down what time has done, so that what was abandoned is not only found when somebody asks. */
  expireDue(now: number): void;
  /** When there is something to do next, in ms since the epoch; `null`: never. */
  nextDue(): number | null;
};

export function fillRows(sql: SqlStorage, times: ClaimTimes): FillRows {
  const claims = claimRows(sql);
  const parts = partRows(sql);
  const litter = litterRows(sql);

  const read = (key: string, now: number) => {
    const kept = claims.read(key);
    return kept && expire(kept, now, times);
  };
  const write = (key: string, claim: Claim | null, now: number) => {
    const upload = leftBehind(claims.read(key), claim);
    if (upload) {
      parts.forget(key);
      litter.add(key, upload, now);
    }
    const due = claim ? dueAt(claim, times) : Number.POSITIVE_INFINITY;
    if (claim) claims.write(key, claim, due);
    else claims.forget(key);
    return upload ? now : due;
  };
  return {
    parts,
    litter,
    read,
    write,
    expireDue(now) {
      for (const key of claims.due(now, DUE_AT_ONCE)) write(key, read(key, now), now);
    },
    nextDue() {
      const due = [claims.nextDue(), litter.nextDue()].filter((at) => at !== null);
      return due.length === 0 ? null : Math.min(...due);
    },
  };
}
