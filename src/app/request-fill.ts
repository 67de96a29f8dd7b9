import { type ClaimParts, claimWishes } from "./claim-wishes.ts";
import type { FillRequest } from "./fill-request.ts";
import type { FillWishes } from "./fill-wishes.ts";

export type FillParts = ClaimParts & {
  readonly wishes: FillWishes;
  /** Resolves after so many ms. */
  readonly pause: (ms: number) => Promise<void>;
};

/**
 * Asks the gate and queues the fill when nobody else has it; whoever has it is left our URL, should that live longer. What
 * is wanted at about the same time goes in one batch. The first who wants something carries it: that call ends when all
 * of it is sent, the others' at once. What could not be asked for, or sent, is given back and forgotten, so that the next
 * download asks again; then the carrier rejects, once for all of it.
 */
export async function requestFill(request: FillRequest, parts: FillParts): Promise<void> {
  if (!parts.wishes.add(request, parts.clock.now())) return;
  await parts.pause(parts.wishes.gatherMs());
  await claimWishes(parts.wishes.take(), parts);
}
