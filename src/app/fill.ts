import { type EntryKey, entryKeyOf, keyText } from "../core/entry-key.ts";
import { FAULTS, fault, isFinal } from "../core/fills/faults.ts";
import type { FillMessage } from "../core/fills/fill-message.ts";
import { type RetryTimes, retryDelaySeconds } from "../core/fills/retry-delay.ts";
import { allowingRule } from "../core/origins/allow-list.ts";
import type { TenantId } from "../core/tenant.ts";
import type { TenantDirectory } from "../ports/directory.ts";
import type { Begun, Holder } from "../ports/fill-gate.ts";
import { asFillFailed, BrokeAfterwards, CameFurther, ClaimLost, FillFailed, LeftToFirst } from "./fill-failed.ts";
import type { FillJob } from "./fill-job.ts";
import { workOn } from "./fill-work.ts";
import { holdLease } from "./hold-lease.ts";
import { isOver } from "./is-over.ts";
import { isAboutToEnd, openUrl, urlExpired } from "./job-url.ts";
import type { RangesParts } from "./store-ranges.ts";
import { leaveInPeace, type PlacesParts, takePlaces } from "./take-places.ts";

/** A queue consumer has 15 minutes of wall time; this leaves some to clean up. */
const ATTEMPT_LIMIT_MS = 14 * 60_000;
/** How long an origin that is busy, and does not say until when, is left alone by everybody, in ms. */
const BUSY_MS = 5_000;

export type FillWorkParts = RangesParts &
  PlacesParts & {
    readonly directory: TenantDirectory;
    /** In [0, 1). */
    readonly random: () => number;
    readonly leaseMs: number;
    readonly retryTimes: RetryTimes;
    /** How often a fill is tried in all, whatever the messages that carried it. */
    readonly maxAttempts: number;
  };

/** What becomes of the message: it is done with, or comes back after some seconds. */
export type FillOutcome = { readonly done: true } | { readonly retryInSeconds: number };

const DONE: FillOutcome = { done: true };

/**
 * Works on the fill that a message asks for. `attempt`, from 1, counts the deliveries of this very message. A second
 * delivery finds nothing to do; one that must wait for others goes back to the queue as a new message.
 */
export async function fill(message: FillMessage, attempt: number, parts: FillWorkParts): Promise<FillOutcome> {
  const { gate } = parts;
  const key = entryKeyOf(message.tenant as TenantId, message.entry);
  const holder: Holder = { fence: message.fence, lane: message.lane, holder: parts.newGeneration() };
  const begun = await gate.begin(key, holder);
  if (begun === "gone") return DONE;
  if (begun === "busy") return { retryInSeconds: Math.ceil(parts.leaseMs / 1000) };
  const run: Run = { message, key, holder, begun, tries: message.spent + attempt };
  try {
    return await attend(run, await readMessage(run, parts), parts);
  } catch (error) {
    return await settle(run, error, {}, parts);
  }
}

type Run = {
  readonly message: FillMessage;
  readonly key: EntryKey;
  readonly holder: Holder;
  readonly begun: Begun;
  /** Attempts until now, this one included. */
  readonly tries: number;
};

type Read = Pick<FillJob, "tenant" | "rule" | "url">;

/** Whose the fill is, and the URL that lives longest of those that were brought. Throws {@link FillFailed}. */
async function readMessage({ message, key, begun }: Run, parts: FillWorkParts): Promise<Read> {
  const tenant = await parts.directory.find({ by: "id", value: message.tenant });
  if (!tenant) throw new FillFailed(fault("ORIGIN_NOT_ALLOWED"));
  const sealed = begun.url?.sealedUrl ?? message.sealedUrl;
  const url = await openUrl(sealed, key, tenant.cnames, parts.ring);
  if (isAboutToEnd(url, parts.clock.now())) throw urlExpired();
  const rule = allowingRule(tenant.originRules, url.raw, parts.local);
  if (!rule) throw new FillFailed(fault("ORIGIN_NOT_ALLOWED"));
  return { tenant, rule, url };
}

/** Does the work when there is room for it, and waits in the queue for room when there is none. */
async function attend(run: Run, read: Read, parts: FillWorkParts): Promise<FillOutcome> {
  const { key, holder, begun, tries } = run;
  const message = { ...run.message, spent: tries - 1 };
  // The same name each time: who comes back has a turn.
  const name = `${keyText(key)}#${message.fence}#${message.lane}`;
  const places = await takePlaces(name, read.tenant.id, read.url, parts);
  if ("waitMs" in places) {
    await parts.gate.requeue(key, holder, places.waitMs);
    await parts.queue.send([message], places.waitMs / 1000);
    return DONE;
  }
  const lease = holdLease(parts.gate, { key, holder, leaseMs: parts.leaseMs }, parts.report, places.keep);
  const endsAt = parts.clock.now() + ATTEMPT_LIMIT_MS;
  try {
    const of = { key, rule: read.rule.id ?? null };
    const fetched = (bytes: number) => parts.usage.record({ kind: "transfer", ...of, bytes });
    await workOn({ message, key, holder, ...read, lost: lease.lost, endsAt, fetched }, begun.plan, parts);
    return DONE;
  } catch (error) {
    return await settle(run, lease.lost.aborted ? new ClaimLost() : error, read, parts);
  } finally {
    lease.drop();
    await places.giveBack();
  }
}

/** Notes why an attempt failed, and says what becomes of its message. */
async function settle(
  { message, key, holder, tries }: Run,
  error: unknown,
  { url, rule }: Partial<Read>,
  parts: FillWorkParts,
): Promise<FillOutcome> {
  if (error instanceof ClaimLost) return DONE;
  const { gate, ledger, clock, report } = parts;
  if (error instanceof CameFurther) {
    // Not a failure: however many attempts a large object takes, each is one part nearer to its end.
    await gate.requeue(key, holder, 0);
    await parts.queue.send([{ ...message, spent: tries - 1 }]);
    return DONE;
  }
  const failed = asFillFailed(error);
  const { code, message: text, retryAfterMs } = failed.fault;
  report("fill", failed.cause ?? failed);
  if (code === "ORIGIN_BUSY" && url) await leaveInPeace(url, retryAfterMs ?? BUSY_MS, parts);
  const over = await isOver({ key, fault: failed.fault, tries, waited: message.spent > 0 }, parts);
  // One of several lanes does not end what the others do: it leaves its share to the first, which has one attempt more.
  const leaves = error instanceof LeftToFirst;
  const exhausted = over && !leaves && holder.lane > 0 && !isFinal(failed.fault, tries);
  const final = over && !exhausted;
  if (!(error instanceof BrokeAfterwards)) {
    const note = ledger.fail(key, holder.fence, { code, message: text }, final, clock.now());
    await note.catch((problem: unknown) => report("ledger", problem));
  }
  if (final) {
    parts.usage.record({ kind: "fill-failed", key, rule: rule?.id ?? null, code, attempts: tries });
    // Another URL of the object may go on with what is there. Those of temporary credentials end before they say so.
    if (code === "URL_EXPIRED" || code === "ORIGIN_REFUSED") await gate.pause(key, holder.fence);
    else await gate.finish(key, holder.fence, FAULTS[code].quietMs);
    return DONE;
  }
  const retryInSeconds = retryDelaySeconds(tries, parts.retryTimes, parts.random(), retryAfterMs);
  await gate.requeue(key, holder, retryInSeconds * 1000);
  if (!(leaves || exhausted)) return { retryInSeconds };
  const spent = exhausted ? parts.maxAttempts - 1 : tries;
  await parts.queue.send([{ ...message, lane: 0, spent }], retryInSeconds);
  return DONE;
}
