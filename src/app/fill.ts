import type { KeyRing } from "../core/crypto/key-ring.ts";
import { unseal } from "../core/crypto/seal.ts";
import { isExpired, type LedgerEntry } from "../core/entry.ts";
import { type EntryKey, entryKeyOf, keyText } from "../core/entry-key.ts";
import type { FillMessage } from "../core/fills/fill-message.ts";
import { brokenPromise } from "../core/fills/promised-digest.ts";
import { retryDelaySeconds } from "../core/fills/retry-delay.ts";
import { type OriginUrl, readOriginUrl, withoutCredentials } from "../core/origin-url/origin-url.ts";
import type { TenantId } from "../core/tenant.ts";
import type { EntryIndex } from "../ports/entry-index.ts";
import type { EntryLedger } from "../ports/entry-ledger.ts";
import type { FillGate } from "../ports/fill-gate.ts";
import { type FetchCopyParts, fetchCopy } from "./fetch-copy.ts";
import { asFillFailed, FillFailed } from "./fill-failed.ts";
import { ClaimLost, holdLease } from "./hold-lease.ts";
import type { Report } from "./in-background.ts";
import { project } from "./project.ts";
import { discard, discardUnlessPublished, publishCopy } from "./publish-copy.ts";

/** A queue consumer has 15 minutes of wall time; this leaves some to clean up. */
const ATTEMPT_LIMIT_MS = 14 * 60_000;

const OVERTAKEN = { code: "OVERTAKEN", message: "A purge or another fill came in between." };

export type FillWorkParts = FetchCopyParts & {
  readonly gate: FillGate;
  readonly ledger: EntryLedger;
  readonly index: EntryIndex;
  readonly ring: KeyRing;
  readonly report: Report;
  /** A name that was never used before. */
  readonly newGeneration: () => string;
  /** In [0, 1). */
  readonly random: () => number;
  readonly leaseMs: number;
  readonly retryBaseSeconds: number;
};

/** What becomes of the message: it is done with, or comes back after some seconds. */
export type FillOutcome = { readonly done: true } | { readonly retryInSeconds: number };

type Attempt = { readonly key: EntryKey; readonly fence: number; readonly generation: string };

/**
 * Makes the copy that a message asks for: gate, origin, store, ledger, index, in this order, so that nothing is told of
 * before it is whole. `attempt` counts from 1. A second delivery of a message finds nothing to do.
 */
export async function fill(message: FillMessage, attempt: number, parts: FillWorkParts): Promise<FillOutcome> {
  const { gate, ledger, clock, report } = parts;
  const key = entryKeyOf(message.tenant as TenantId, message.entry);
  const mine: Attempt = { key, fence: message.fence, generation: parts.newGeneration() };
  const begun = await gate.begin(key, mine.fence, mine.generation);
  if (begun === "gone") return { done: true };
  if (begun === "busy") return { retryInSeconds: Math.ceil(parts.leaseMs / 1000) };

  const lease = holdLease(gate, mine, parts.leaseMs, report);
  try {
    await work(message, mine, AbortSignal.any([lease.lost, AbortSignal.timeout(ATTEMPT_LIMIT_MS)]), parts);
    return { done: true };
  } catch (error) {
    const published = await discardUnlessPublished(key, mine.generation, parts).catch((problem: unknown) =>
      report("store", problem),
    );
    if (lease.lost.aborted || error instanceof ClaimLost) return { done: true };
    const failed = asFillFailed(error);
    report("fill", failed.cause ?? failed);
    if (!published) {
      const note = ledger.fail(key, mine.fence, failed.failure, failed.final, clock.now());
      await note.catch((problem: unknown) => report("ledger", problem));
    }
    if (failed.final) {
      await gate.finish(key, mine.fence);
      return { done: true };
    }
    const retryInSeconds = retryDelaySeconds(attempt, parts.retryBaseSeconds, parts.random());
    await gate.requeue(key, mine.fence, mine.generation, retryInSeconds * 1000);
    return { retryInSeconds };
  } finally {
    lease.drop();
  }
}

async function work(message: FillMessage, mine: Attempt, signal: AbortSignal, parts: FillWorkParts): Promise<void> {
  const { key, fence } = mine;
  const { ledger, clock, gate, index } = parts;
  const { publicKey, boundTo, trusted, expiresAt } = message;
  const url = await openUrl(message, key, parts.ring, clock.now());

  const known = await ledger.find(key);
  if (known?.state === "ready" && known.boundTo === boundTo && !isExpired(known, clock.now())) {
    // The claim came from somebody who had not heard yet of the copy that is there.
    await project(key, known, parts);
    await gate.finish(key, fence);
    return;
  }
  if (known && isTaken(known) && known.boundTo !== boundTo && !trusted) {
    // A stranger asked while the index knew nothing: the key stays with the object that it names.
    await gate.finish(key, fence);
    return;
  }
  const note = { key, publicKey, fence, boundTo, trusted, sourceUrl: withoutCredentials(url), expiresAt };
  const unbound = await ledger.noteFills([note], clock.now());
  // A purge that came before the ledger knew this entry has left no fence there, only at the gate.
  if (!(await gate.renew(key, fence, mine.generation))) {
    await ledger.fail(key, fence, OVERTAKEN, true, clock.now());
    throw new ClaimLost();
  }
  if (unbound.length > 0) await index.remove(key);
  await discard(unbound, parts.store);
  const copy = await fetchCopy(url, mine, parts, signal);
  const broken = brokenPromise(publicKey, copy);
  if (broken) throw new FillFailed(broken.code, broken.message, { final: true });
  await publishCopy(key, fence, copy, parts);
  await gate.finish(key, fence);
}

/**
 * A key is bound by the copy that it has, or, beyond a purge, by a caller that we know. What a stranger tried in vain
 * binds nothing.
 */
function isTaken({ copy, trusted }: LedgerEntry): boolean {
  return copy !== null || trusted;
}

async function openUrl(message: FillMessage, key: EntryKey, ring: KeyRing, now: number): Promise<OriginUrl> {
  const text = await unseal(ring, "stored-url", message.sealedUrl, keyText(key));
  const url = text === null ? null : readOriginUrl(text);
  if (url === null || typeof url === "string") {
    throw new FillFailed("URL_UNREADABLE", "The stored URL could not be opened.", { final: true });
  }
  if (url.expiresAt !== null && url.expiresAt <= now) {
    throw new FillFailed("URL_EXPIRED", "The URL expired before it could be fetched.", { final: true });
  }
  return url;
}
