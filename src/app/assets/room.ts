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

/** The largest file, in bytes, where no plan says less: as many parts as a store takes. */
export const MAX_FILE_BYTES = 10_000 * PART_BYTES;

export type RoomParts = {
  readonly accounts: Pick<Accounts, "find">;
  readonly counters: MonthCounters;
  readonly clock: Clock;
  readonly report: Report;
};

/** How many bytes a file may have, and what is said of one that turns out to have more. */
export type Room = { readonly bytes: number; readonly refusal: () => SnapbyteError };

/**
 * The room for a file of the tenant's that has `least` bytes at the least. Throws 413 where those are too many by themselves,
 * 402 where a hard limit has no room for them beside what is stored; two files at once may both find room.
 */
export async function roomFor(
  tenant: TenantId,
  least: number,
  { accounts, counters, clock, report }: RoomParts,
): Promise<Room> {
  const account = await reach("accounts", accounts.find(tenant), report);
  if (!account) throw new SnapbyteError("UNKNOWN_TENANT");
  const { maxObjectBytes, storedBytes } = limitsOf(account.plan, account.own);
  const most = Math.min(maxObjectBytes ?? MAX_FILE_BYTES, MAX_FILE_BYTES);
  if (least > most) throw tooLarge(most);
  // As the tenant's standing is judged by: what was agreed with it alone is hard under every plan.
  const isHard = (planOf(account.plan)?.hard ?? false) || Object.hasOwn(account.own, "storedBytes");
  const room = { bytes: most, refusal: () => tooLarge(most) };
  if (storedBytes === null || !isHard) return room;
  // Only now: to add up what is stored costs more than all else here.
  const used = await reach("accounts", counters.of([tenant], clock.now()), report);
  const left = storedBytes - (used.get(tenant) ?? NOTHING).storedBytes;
  if (left <= 0 || least > left) throw noRoom(storedBytes);
  return left < most ? { bytes: left, refusal: () => noRoom(storedBytes) } : room;
}

function tooLarge(most: number): SnapbyteError {
  return new SnapbyteError("FILE_TOO_LARGE", `A file may have ${most} bytes.`, {
    limit: { name: "file_bytes", allowed: most, until: null },
  });
}

function noRoom(allowed: number): SnapbyteError {
  return new SnapbyteError("PLAN_LIMIT", "The plan has no room for this file.", {
    limit: { name: "stored_bytes", allowed, until: null },
  });
}
