import { SnapbyteError } from "../../core/errors.ts";
import { limitsOf, planOf } from "../../core/plans/plans.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { Accounts } from "../../ports/accounts.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MonthCounters } from "../../ports/month-counters.ts";
import type { Report } from "../in-background.ts";
import { NOTHING } from "../plans/accounts.ts";
import { reach } from "../reach.ts";
import { PART_BYTES } from "./in-parts.ts";
import { tooLarge } from "./store-content.ts";

/** The largest file, in bytes, where no plan says less: as many parts as a store takes. */
export const MAX_FILE_BYTES = 10_000 * PART_BYTES;

export type RoomParts = {
  readonly accounts: Pick<Accounts, "find">;
  readonly counters: MonthCounters;
  readonly clock: Clock;
  readonly report: Report;
};

/**
 * How many bytes a file of the tenant's may have that has `least` of them at the least. Throws 413 where those are too many
 * by themselves, 402 where a hard limit has no room for them beside what is stored; two files at once may both find room.
 */
export async function roomFor(
  tenant: TenantId,
  least: number,
  { accounts, counters, clock, report }: RoomParts,
): Promise<number> {
  const account = await reach("accounts", accounts.find(tenant), report);
  if (!account) throw new SnapbyteError("UNKNOWN_TENANT");
  const { maxObjectBytes, storedBytes } = limitsOf(account.plan, account.own);
  const most = Math.min(maxObjectBytes ?? MAX_FILE_BYTES, MAX_FILE_BYTES);
  if (least > most) throw tooLarge(most);
  // As the tenant's standing is judged by: what was agreed with it alone is hard under every plan.
  const isHard = (planOf(account.plan)?.hard ?? false) || Object.hasOwn(account.own, "storedBytes");
  if (storedBytes === null || !isHard) return most;
  // Only now: to add up what is stored costs more than all else here.
  const used = await reach("accounts", counters.of([tenant], clock.now()), report);
  const left = storedBytes - (used.get(tenant) ?? NOTHING).storedBytes;
  if (left > 0 && least <= left) return most;
  throw new SnapbyteError("PLAN_LIMIT", "The plan has no room for this file.", {
    limit: { name: "stored_bytes", allowed: storedBytes, until: null },
  });
}
