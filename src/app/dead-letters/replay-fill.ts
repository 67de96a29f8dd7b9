import type { KeyRing } from "../../core/crypto/key-ring.ts";
import { isExpired, isFresh, type LedgerEntry } from "../../core/entry.ts";
import { type EntryKey, entryKeyOf, keyText } from "../../core/entry-key.ts";
import { SnapbyteError } from "../../core/errors.ts";
import type { FillMessage } from "../../core/fills/fill-message.ts";
import type { OriginUrl } from "../../core/origin-url/origin-url.ts";
import { allowingRule } from "../../core/origins/allow-list.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { TenantDirectory } from "../../ports/directory.ts";
import type { EntryLedger } from "../../ports/entry-ledger.ts";
import type { FillGate } from "../../ports/fill-gate.ts";
import type { FillQueue } from "../../ports/fill-queue.ts";
import { FillFailed } from "../fill-failed.ts";
import { fillMessage, offerOf } from "../fill-request.ts";
import type { FillWishes } from "../fill-wishes.ts";
import { isAboutToEnd, openUrl } from "../job-url.ts";
import { sendFills } from "../send-fills.ts";

export type ReplayFillParts = {
  readonly directory: TenantDirectory;
  readonly ledger: EntryLedger;
  readonly gate: FillGate;
  readonly queue: FillQueue;
  readonly ring: KeyRing;
  readonly clock: Clock;
  readonly wishes: Pick<FillWishes, "recent">;
  /** Local development, where plain http and private hosts may be allowed by an origin rule. */
  readonly local: boolean;
};

type Sent = { readonly tenant: TenantId; readonly status: "queued" | "filling" | "ready" };

/**
 * Asks for a fill anew that was given up, as a download would: claims the entry at the gate, whatever quiet there is, and
 * queues a fresh message. Throws 409 when that would lead to nothing.
 */
export async function replayFill(message: FillMessage, requestId: string, parts: ReplayFillParts): Promise<Sent> {
  const { gate, ledger, ring, clock, wishes } = parts;
  const tenant = message.tenant as TenantId;
  const key = entryKeyOf(tenant, message.entry);
  const url = await urlOf(message, key, parts);
  const entry = await ledger.find(key);
  const now = clock.now();
  if (entry) refuseUnlessWanted(entry, message, now);
  if (message.expiresAt !== null && message.expiresAt <= now) throw notWanted();
  if (entry?.state === "ready" && !entry.refreshWanted && isFresh(entry.copy, now)) return { tenant, status: "ready" };

  const { publicKey, boundTo, trusted, expiresAt, tags } = message;
  const request = { key, publicKey, boundTo, url: url.fetchText, urlEndsAt: url.expiresAt, trusted, expiresAt, tags };
  const offer = await offerOf(request, ring);
  const fence = await gate.claim(key, offer, true);
  if (fence !== null) await sendFills([fillMessage({ ...request, requestId }, offer, fence)], parts);
  // Who asks for it here next is to see the copy as soon as it is there.
  wishes.recent.told(keyText(key), { boundTo, trusted, urlEndsAt: url.expiresAt, seen: "" }, "filling", now);
  return { tenant, status: fence === null ? "filling" : "queued" };
}

/** The URL that the message brings. Throws 409 when it cannot be asked any more. */
async function urlOf(
  { sealedUrl }: FillMessage,
  key: EntryKey,
  { directory, ring, clock, local }: ReplayFillParts,
): Promise<OriginUrl> {
  const tenant = await directory.find({ by: "id", value: key.tenant });
  if (!tenant) throw new SnapbyteError("NOT_REPLAYABLE", "Its tenant is gone.");
  const url = await openUrl(sealedUrl, key, tenant.cnames, ring).catch((error: unknown) => {
    throw error instanceof FillFailed ? new SnapbyteError("NOT_REPLAYABLE", error.message) : error;
  });
  refuseUnlessAlive(url, clock.now());
  if (allowingRule(tenant.originRules, url.raw, local)) return url;
  throw new SnapbyteError("NOT_REPLAYABLE", "Its origin is not on the tenant's allow-list any more.");
}

/** Throws 409 for a URL that has ended, or is about to. `now` in ms since the epoch. */
export function refuseUnlessAlive(url: OriginUrl, now: number): void {
  if (!isAboutToEnd(url, now)) return;
  const ended = new Date(url.expiresAt ?? now).toISOString();
  throw new SnapbyteError("SOURCE_EXPIRED", `The URL ended at ${ended}: a download or a preload brings another one.`);
}

function refuseUnlessWanted(entry: LedgerEntry, { boundTo }: FillMessage, now: number): void {
  if (entry.boundTo !== boundTo) throw new SnapbyteError("NOT_REPLAYABLE", "The key names another object by now.");
  if (isExpired(entry, now)) throw notWanted();
}

function notWanted(): SnapbyteError {
  return new SnapbyteError("NOT_REPLAYABLE", "The moment has come at which the copy was to be gone.");
}
