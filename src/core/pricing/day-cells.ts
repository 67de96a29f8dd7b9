import { type CountedDay, countedTraffic } from "./counted-traffic.ts";
import type { Cell } from "./ledger-cell.ts";

/** What was counted on a day (`YYYY-MM-DD`, UTC) by an origin rule; 0: by none that is known. */
export type CountedByRule = { readonly day: string; readonly rule: number; readonly counts: CountedDay };

/** Bytes times hours that copies lay in the store on a day, whichever rule they came by. */
export type StoredOnDay = { readonly day: string; readonly byteHours: bigint };

/** The rule of what came by none: refusals, and what lies in the store. It has no origin that would charge for it. */
export const NO_RULE = "none";

/** All that a tenant's ledger is made of. */
export function dayCells(counted: readonly CountedByRule[], stored: readonly StoredOnDay[]): Cell[] {
  return [
    ...counted.map(({ day, rule, counts }) => ({
      ...{ day, rule: rule === 0 ? NO_RULE : String(rule) },
      traffic: countedTraffic(counts),
    })),
    ...stored
      .filter(({ byteHours }) => byteHours > 0n)
      .map(({ day, byteHours }) => ({
        day,
        rule: NO_RULE,
        traffic: countedTraffic({}, { storedByteHours: byteHours }),
      })),
  ];
}
