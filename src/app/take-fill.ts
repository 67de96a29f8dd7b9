import { keyText } from "../core/entry-key.ts";
import { CLOCK_SKEW_MS } from "../core/purge/purge-job.ts";
import type { Holder } from "../ports/fill-gate.ts";
import type { WithdrawalLog } from "../ports/withdrawals.ts";
import { announce } from "./announce-fill.ts";
import { ClaimLost } from "./fill-failed.ts";
import type { FillJob, FillJobParts } from "./fill-job.ts";
import { fillMessage, offerOf } from "./fill-request.ts";
import { holdLease } from "./hold-lease.ts";
import type { PassWish } from "./pass-wish.ts";
import type { FillParts } from "./request-fill.ts";
import { sendFills } from "./send-fills.ts";

/** A fill that whoever passes a download on has taken upon itself. It ends by publishing, or by `handOver`. */
export type TakenFill = {
  readonly job: FillJob;
  /** Leaves the fill to the queue, which goes on with what is missing. `spent`: attempts that failed. */
  handOver(spent: number): Promise<void>;
  /** Tells the gate no more that somebody is at work. */
  drop(): void;
};

export type TakeFillParts = FillJobParts &
  FillParts & { readonly leaseMs: number; readonly withdrawals: Pick<WithdrawalLog, "read"> };

/** How long the keeping may last: as long as a client takes its time. */
const NO_END = Number.MAX_SAFE_INTEGER;

/**
 * Takes the fill of an entry that nobody has, for bytes that the origin was asked for at `openedAt` (ms since the epoch).
 * `null`: somebody has it, there is nothing to fill, or a purge may have meant those bytes. One that was granted and
 * cannot be announced is left to the queue.
 */
export async function takeFill(
  { request, tenant, rule, url, first }: PassWish,
  openedAt: number,
  parts: TakeFillParts,
): Promise<TakenFill | null> {
  const { gate, report, leaseMs } = parts;
  const { key } = request;
  await first;
  const offer = await offerOf(request, parts.ring);
  const [fence] = await gate.claimMany([{ key, offer }]);
  if (fence === undefined) throw new Error("the gate gave no answer");
  // From here on this isolate waits for the copy, whoever makes it.
  parts.wishes.recent.told(keyText(key), request, fence === "quiet" ? "quiet" : "filling", parts.clock.now());
  if (typeof fence === "string") return null;
  const holder: Holder = { fence, lane: 0, holder: parts.newGeneration() };
  const message = fillMessage(request, offer, fence);
  const begun = await gate.begin(key, holder).catch(async (error: unknown) => {
    // The claim is for a message: without one, nobody could fill the entry until it is given up.
    await sendFills([message], parts);
    throw error;
  });
  if (typeof begun === "string") return null;
  const lease = holdLease(gate, { key, holder, leaseMs }, report);
  // Who passes the bytes on counts them.
  const work = { lost: lease.lost, endsAt: NO_END, fetched: () => {} };
  const job: FillJob = { message, key, holder, tenant, rule, url, ...work };
  const taken: TakenFill = {
    job,
    drop: () => lease.drop(),
    async handOver(spent) {
      lease.drop();
      await gate.requeue(key, holder, 0);
      await sendFills([{ ...message, spent }], parts);
    },
  };
  try {
    if ((await announce(job, parts)) !== "nothing to do") {
      // The claim is younger than the bytes. A purge that is not written down here yet finds what was announced.
      const { purgedAt } = await parts.withdrawals.read(tenant.id);
      if (purgedAt + CLOCK_SKEW_MS < openedAt) return taken;
      await taken.handOver(0);
      return null;
    }
  } catch (error) {
    if (error instanceof ClaimLost) lease.drop();
    else await taken.handOver(0);
    throw error;
  }
  lease.drop();
  await gate.finish(key, fence, 0);
  return null;
}
