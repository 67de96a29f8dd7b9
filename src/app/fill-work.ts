import { fault } from "../core/fills/faults.ts";
import type { FillPlan } from "../core/fills/fill-plan.ts";
import { UploadGone } from "../ports/object-store.ts";
import { announce } from "./announce-fill.ts";
import { BrokeAfterwards, ClaimLost, FillFailed, LeftToFirst } from "./fill-failed.ts";
import type { FillJob } from "./fill-job.ts";
import { keepUrlAlive } from "./job-url.ts";
import { discardUnlessPublished } from "./publish-copy.ts";
import { publishStored } from "./publish-stored.ts";
import { type Started, startFill, storeAnswer } from "./start-fill.ts";
import { RangesIgnored, type RangesParts, SourceChanged, storeRanges } from "./store-ranges.ts";
import type { Stored } from "./stored.ts";

/**
 * Makes the copy that a job asks for, or does its lane's share of it: origin, store, ledger, index, in this order, so that
 * nothing is told of before it is whole. Goes on with a plan that an attempt before has left.
 */
export async function workOn(job: FillJob, plan: FillPlan | null, parts: RangesParts): Promise<void> {
  const { gate } = parts;
  const { key, holder } = job;
  if (holder.lane > 0) {
    if (plan && plan.lanes > 1) await finishPlan(job, plan, parts);
    else await gate.leave(key, holder);
    return;
  }
  const known = await announce(job, parts);
  if (known === "nothing to do") return await gate.finish(key, holder.fence, 0);
  if (plan?.resumeTag) return await finishPlan(job, plan, parts);
  // What cannot be resumed begins anew.
  if (plan) await gate.dropPlan(key, holder);
  // Of a copy that is known to be another version, the same ETag would prove nothing.
  const copy = known?.state === "ready" ? known.copy : null;
  await finishStarted(job, await startFill(job, copy, parts), parts);
}

/** `mayStartAnew`: an attempt begins anew once at most. */
async function finishStarted(job: FillJob, started: Started, parts: RangesParts, mayStartAnew = true): Promise<void> {
  if (started === "confirmed") return await parts.gate.finish(job.key, job.holder.fence, 0);
  if ("stored" in started) return await publish(job, started.stored, parts);
  await sendLanes(job, started.plan, parts);
  await finishPlan(job, started.plan, parts, mayStartAnew);
}

/**
 * Works on a plan. Begins anew when the object changed at its origin, when that does no ranges after all, and when the
 * store has lost what it had.
 */
async function finishPlan(job: FillJob, plan: FillPlan, parts: RangesParts, mayStartAnew = true): Promise<void> {
  let error: unknown;
  try {
    const stored = await storeRanges(job, plan, parts);
    if (stored) await publishJoined(job, stored, parts);
    return;
  } catch (problem) {
    error = problem;
  }
  if (job.holder.lane > 0 && error instanceof FillFailed && error.fault.code === "DIGEST_MISMATCH") {
    throw new LeftToFirst(error.fault);
  }
  if (!(error instanceof SourceChanged || error instanceof RangesIgnored || error instanceof UploadGone)) throw error;
  // A purge takes the upload away, too.
  if (error instanceof UploadGone && !(await parts.gate.renew(job.key, job.holder))) throw new ClaimLost();
  if (job.holder.lane > 0 && error instanceof RangesIgnored) {
    // The first lane finds it out for itself, and only then is the plan worth nothing.
    await error.answer.body?.cancel().catch(() => {});
    throw new LeftToFirst(fault("INTERRUPTED", "The origin sent the whole where it was asked for a part."));
  }
  await parts.gate.dropPlan(job.key, job.holder);
  if (error instanceof RangesIgnored) {
    return await finishStarted(
      job,
      await storeAnswer(job, { answer: error.answer, at: error.at, ranges: false }, parts),
      parts,
      false,
    );
  }
  const code = error instanceof UploadGone ? "STORE_FAILED" : "SOURCE_CHANGED";
  if (job.holder.lane > 0) throw new LeftToFirst(fault(code), { cause: error });
  if (!mayStartAnew) throw new FillFailed(fault(code), { cause: error });
  // The lane may have gone on with another URL than it began with.
  await finishStarted(job, await startFill(await keepUrlAlive(job, parts), null, parts), parts, false);
}

/** What was put at once is known to nobody but us: it goes when it cannot be told of. */
async function publish(job: FillJob, stored: Stored, parts: RangesParts): Promise<void> {
  try {
    await publishStored(job, stored, parts);
  } catch (error) {
    const published = await discardUnlessPublished(job.key, stored.generation, parts).catch((problem: unknown) =>
      parts.report("store", problem),
    );
    throw published ? new BrokeAfterwards(error) : error;
  }
}

/** What was joined stays for the next attempt, which finds it at the gate. */
async function publishJoined(job: FillJob, stored: Stored, parts: RangesParts): Promise<void> {
  try {
    await publishStored(job, stored, parts);
  } catch (error) {
    const entry = await parts.ledger.find(job.key).catch(() => null);
    throw entry?.copy?.generation === stored.generation ? new BrokeAfterwards(error) : error;
  }
}

/** One message for each of the other consumers that may work on the plan: what was tried before counts for them, too. */
async function sendLanes(job: FillJob, { lanes }: FillPlan, { queue }: RangesParts): Promise<void> {
  const others = Array.from({ length: lanes }, (_, lane) => lane).filter((lane) => lane !== job.holder.lane);
  await queue.send(others.map((lane) => ({ ...job.message, lane })));
}
