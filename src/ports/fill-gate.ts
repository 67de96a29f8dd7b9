import type { EntryKey } from "../core/entry-key.ts";
import type { ClaimRuling, OfferedUrl } from "../core/fills/claims.ts";
import type { DonePart, FillPlan, FillProgress } from "../core/fills/fill-plan.ts";
import type { Begun, Holder } from "../core/fills/lanes.ts";

export type { Begun, Holder, OfferedUrl };

/**
 * What a lane does next: fetch these parts, join all of them (only one lane is ever told so), or nothing, since what is
 * missing is in other lanes' hands. `lost`: the claim is not the lane's any more.
 */
export type NextWork =
  | { readonly do: "parts"; readonly numbers: readonly number[] }
  | { readonly do: "join"; readonly parts: readonly DonePart[] }
  | { readonly do: "nothing" }
  | { readonly do: "lost" };

/** A fill that is wanted, and the URL that it would be made of. */
export type FillWish = { readonly key: EntryKey; readonly offer: OfferedUrl };

/** A fill that was granted. */
export type GrantedFill = { readonly key: EntryKey; readonly fence: number };

/**
 * Lets one fill of an entry through, whatever the number and place of those who ask, and keeps how far it has come. See
 * core/fills/claims.ts.
 */
export type FillGate = {
  /**
   * The fence of a fill that the caller must now queue, or `null` when somebody else has it, or nobody may for a while.
   * Somebody else's fill keeps the offered URL if that is of the same object and lives longer. `insist`: a caller that we
   * know does not wait until a failure is forgotten.
   */
  claim(key: EntryKey, offer: OfferedUrl, insist: boolean): Promise<number | null>;
  /**
   * As {@link claim} by callers that do not insist, one after the other; the answers in the order of the wishes. All are of
   * entries that one shard has (core/fills/gate-shards.ts), which rules on all of them, or the call rejects: a shard that is
   * away, or slow, takes nothing from what others have.
   */
  claimMany(wishes: readonly FillWish[]): Promise<ClaimRuling[]>;
  /** As {@link finish} with no quiet, for claims of one shard whose messages will not be there. */
  giveBack(claims: readonly GrantedFill[]): Promise<void>;
  /** `busy`: another attempt is alive in this lane, come back later; `gone`: drop the message. */
  begin(key: EntryKey, holder: Holder): Promise<Begun | "busy" | "gone">;
  /** Says that the attempt is alive; `false`: it lost the claim and must stop. */
  renew(key: EntryKey, holder: Holder): Promise<boolean>;
  /** Keeps the plan of a fill, in the place of an earlier one, whose upload is given up. `false`: the claim is lost. */
  plan(key: EntryKey, holder: Holder, plan: FillPlan): Promise<boolean>;
  /** Forgets the plan and gives its upload up: the source changed, or the store lost it. */
  dropPlan(key: EntryKey, holder: Holder): Promise<void>;
  /** Notes a part that the store has, and renews. `false`: the claim is lost. */
  partDone(key: EntryKey, holder: Holder, part: DonePart): Promise<boolean>;
  /** Only with a plan whose size is known. */
  next(key: EntryKey, holder: Holder): Promise<NextWork>;
  /** The attempt ended and its message comes back after the delay, in ms. */
  requeue(key: EntryKey, holder: Holder, delayMs: number): Promise<void>;
  /**
   * The fill ended, well or not: what it kept is forgotten, and an upload that was not joined is given up. For `quietMs`
   * nobody fills the entry again, but who insists. Changes nothing when a purge or a newer claim came in between.
   */
  finish(key: EntryKey, fence: number, quietMs: number): Promise<void>;
  /** The fill waits for a URL that lives longer: free to be claimed, and what is done stays. */
  pause(key: EntryKey, fence: number): Promise<void>;
  /** This lane has nothing more to do; the others go on. */
  leave(key: EntryKey, holder: Holder): Promise<void>;
  /** Stops every fill that began before; returns the fence to purge the ledger with, and whether one was stopped. */
  revoke(key: EntryKey): Promise<{ fence: number; stopped: boolean }>;
  /** `null`: nothing is under way. */
  progress(key: EntryKey): Promise<FillProgress | null>;
};
