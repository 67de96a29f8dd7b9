import { NOTHING_WITHDRAWN } from "../../src/core/withdrawals.ts";
import type { KnownWithdrawals } from "../../src/ports/withdrawals.ts";
import type { World } from "./world.ts";

/** The world as an isolate sees it that has just heard what was withdrawn. */
export function knowing<Here extends World>(world: Here): Here {
  const { kept } = world.withdrawals;
  return withKnowledge(world, { known: (tenant) => kept.get(tenant) ?? NOTHING_WITHDRAWN });
}

/** The world with other knowledge of what was withdrawn. */
export function withKnowledge<Here extends World>(world: Here, knowledge: Partial<KnownWithdrawals>): Here {
  return { ...world, withdrawals: { ...world.withdrawals, ...knowledge } };
}

/** Nobody can say what was withdrawn: the log fails, or is silent. */
export const SPEECHLESS: readonly (readonly [string, KnownWithdrawals["find"]])[] = [
  ["fails", () => Promise.reject(new Error("the log is down"))],
  ["is silent", () => new Promise(() => {})],
];
