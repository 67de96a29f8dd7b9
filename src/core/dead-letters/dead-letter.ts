import type { Failure } from "../entry.ts";
import type { TenantId } from "../tenant.ts";

/** What a message asks for; `unknown`: nobody could say, it is of no form that was known to who got it. */
export const DEAD_LETTER_KINDS = ["fill", "manifest", "manifest_chunk", "unknown"] as const;
export type DeadLetterKind = (typeof DEAD_LETTER_KINDS)[number];

/** A message that was given up after all its attempts. Moments in ms since the epoch. */
export type DeadLetter = {
  /** The message's own: one that comes again is the same letter. */
  readonly id: string;
  readonly kind: DeadLetterKind;
  /** `null`: the message does not say. */
  readonly tenant: TenantId | null;
  /** The entry as the customer names it; `null`: it is about no one entry. */
  readonly key: string | null;
  /** The preload batch that it is of; `null`: of none. */
  readonly batch: string | null;
  readonly attempts: number;
  /** Why it was given up, as the entry or the batch tells it. */
  readonly failure: Failure;
  /** When the URL ends that would be fetched; `null`: it does not tell, or there is none. */
  readonly urlEndsAt: number | null;
  readonly at: number;
  /** `null`: nobody has sent it again. */
  readonly replayedAt: number | null;
};

/** A letter with its message, which rests only sealed. */
export type SealedLetter = DeadLetter & { readonly sealed: string };

/** How long a letter is kept, in ms: twice as long as a presigned URL may live. */
export const DEAD_LETTER_AGE_MS = 14 * 24 * 60 * 60_000;
