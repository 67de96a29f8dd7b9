import type { KeyRing } from "../core/crypto/key-ring.ts";
import { isFresh } from "../core/entry.ts";
import { keyText } from "../core/entry-key.ts";
import { withoutCredentials } from "../core/origin-url/origin-url.ts";
import { unionOfTags } from "../core/purge/tags.ts";
import type { Clock } from "../ports/clock.ts";
import type { EntryIndex } from "../ports/entry-index.ts";
import type { EntryLedger } from "../ports/entry-ledger.ts";
import type { FillGate } from "../ports/fill-gate.ts";
import type { FillQueue } from "../ports/fill-queue.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import { type Claims, claimFills, grantedFills } from "./claim-fills.ts";
import { fillMessage } from "./fill-request.ts";
import type { FillWishes } from "./fill-wishes.ts";
import { inTurns } from "./in-turns.ts";
import { project } from "./project.ts";
import { discardTold } from "./publish-copy.ts";
import type { Source } from "./read-source.ts";
import { giveBack, sendFills } from "./send-fills.ts";
import type { WithdrawParts } from "./withdraw.ts";

/** A copy that a tenant wants before anybody downloads it. */
export type PreloadItem = {
  readonly source: Source;
  /** When the copy is to be gone, ms since the epoch; `null`: no wish. */
  readonly expiresAt: number | null;
  /** Names under which the copy can be purged with others, beside those of its origin's rule. */
  readonly tags: readonly string[];
};

/**
 * `queued`: we will fetch it; `filling`: that was under way already; `ready`: there is a copy; `not_storable`: this URL
 * cannot be copied, its downloads go to the origin.
 */
export const PRELOAD_STATUSES = ["queued", "filling", "ready", "not_storable"] as const;
export type PreloadStatus = (typeof PRELOAD_STATUSES)[number];
export type PreloadResult = { readonly key: string; readonly status: PreloadStatus };

export type PreloadParts = {
  readonly gate: FillGate;
  readonly queue: FillQueue;
  readonly ledger: EntryLedger;
  readonly index: EntryIndex;
  readonly store: ObjectStore;
  readonly ring: KeyRing;
  readonly clock: Clock;
  readonly wishes: Pick<FillWishes, "recent">;
  readonly withdrawals: WithdrawParts["withdrawals"];
};

/** Calls to index and store that are under way at once. */
const CALLS_AT_ONCE = 32;

/** Queues what is neither there nor on its way. Rejects when a part of ours cannot be reached; it may be repeated. */
export async function preload(
  items: readonly PreloadItem[],
  requestId: string,
  parts: PreloadParts,
): Promise<readonly PreloadResult[]> {
  const now = parts.clock.now();
  const storable = items.filter(({ source }) => isStorable(source, now));
  const found = await parts.ledger.findMany(storable.map(({ source }) => source.key));
  const byKey = new Map(found.map((entry) => [keyText(entry.key), entry]));
  const known = ({ key }: Source) => byKey.get(keyText(key));
  const isReady = ({ source }: PreloadItem) => {
    const entry = known(source);
    if (entry?.state !== "ready" || entry.refreshWanted) return false;
    return entry.boundTo === source.identity && isFresh(entry.copy, now);
  };

  const wanted = storable.filter((item) => !isReady(item));
  const claims = await claimFills(wanted, known, parts);
  await queueFills(claims, requestId, parts);
  for (const { source } of wanted) awaitCopy(source, parts);
  await adopt(
    storable.filter((item) => !claims.has(item)),
    parts,
  );
  const statusOf = (item: PreloadItem): PreloadStatus => {
    if (!isStorable(item.source, now)) return "not_storable";
    if (isReady(item)) return "ready";
    return claims.has(item) ? "queued" : "filling";
  };
  return items.map((item) => ({ key: item.source.publicKey, status: statusOf(item) }));
}

/** Who asks for it here next is to see the copy as soon as it is there. */
function awaitCopy({ key, identity, url }: Source, { wishes, clock }: PreloadParts): void {
  // As seen by nobody: should it be purged, or done, the next download is to ask for a fill of its own.
  const wish = { boundTo: identity, trusted: true, urlEndsAt: url.expiresAt, seen: "" };
  wishes.recent.told(keyText(key), wish, "filling", clock.now());
}

function isStorable({ url, misnamed }: Source, now: number): boolean {
  return !misnamed && url.unstorable === null && (url.expiresAt === null || url.expiresAt > now);
}

/** Notes and queues the fills that are ours; claims that could not be queued are given back. */
async function queueFills(claims: Claims<PreloadItem>, requestId: string, parts: PreloadParts): Promise<void> {
  if (claims.size === 0) return;
  const { gate, ledger, index, clock } = parts;
  const fills = [...claims].map(([{ source, expiresAt, tags }, claimed]) => ({
    ...source,
    expiresAt,
    tags,
    ...claimed,
  }));
  try {
    const notes = fills.map(({ key, publicKey, fence, identity, url, expiresAt, tags, rule }) => {
      const told = { sourceUrl: withoutCredentials(url), expiresAt, tags: unionOfTags(tags, rule.tags) };
      return { key, publicKey, fence, boundTo: identity, trusted: true, ...told };
    });
    const orphans = await ledger.noteFills(notes, clock.now());
    await inTurns(orphans, CALLS_AT_ONCE, async (orphan) => {
      await index.remove(orphan.key);
      await discardTold([orphan], parts);
    });
  } catch (error) {
    await giveBack(grantedFills(claims), gate);
    throw error;
  }
  const messages = fills.map(({ key, publicKey, identity: boundTo, url, expiresAt, tags, fence, offer }) => {
    const of = { key, publicKey, boundTo, url: url.fetchText, urlEndsAt: url.expiresAt, tags };
    return fillMessage({ ...of, trusted: true, expiresAt, requestId }, offer, fence);
  });
  await sendFills(messages, parts);
}

/** What is there or on its way stays, now with a known caller behind it and perhaps a new moment to go. */
async function adopt(items: readonly PreloadItem[], parts: PreloadParts): Promise<void> {
  if (items.length === 0) return;
  const wishes = items.map(({ source: { key, rule }, expiresAt, tags }) => {
    return { key, expiresAt, tags: unionOfTags(tags, rule.tags) };
  });
  await parts.ledger.adopt(wishes, parts.clock.now());
  const entries = await parts.ledger.findMany(wishes.map(({ key }) => key));
  const ready = entries.filter(({ state }) => state === "ready");
  await inTurns(ready, CALLS_AT_ONCE, (entry) => project(entry.key, entry, parts));
}
