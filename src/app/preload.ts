import type { KeyRing } from "../core/crypto/key-ring.ts";
import { indexEntryOf, type LedgerEntry, objectKey } from "../core/entry.ts";
import { keyText } from "../core/entry-key.ts";
import { withoutCredentials } from "../core/origin-url/origin-url.ts";
import type { Clock } from "../ports/clock.ts";
import type { EntryIndex } from "../ports/entry-index.ts";
import type { EntryLedger } from "../ports/entry-ledger.ts";
import type { FillGate } from "../ports/fill-gate.ts";
import type { FillQueue } from "../ports/fill-queue.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import { inTurns } from "./in-turns.ts";
import type { Source } from "./read-source.ts";
import { fillMessage } from "./request-fill.ts";

/** A copy that a tenant wants before anybody downloads it. */
export type PreloadItem = {
  readonly source: Source;
  /** When the copy is to be gone, ms since the epoch; `null`: no wish. */
  readonly expiresAt: number | null;
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
};

/** Calls to gate and index that are under way at once. */
const CALLS_AT_ONCE = 32;

/** Queues what is neither there nor on its way. Rejects when a part of ours cannot be reached; it may be repeated. */
export async function preload(
  items: readonly PreloadItem[],
  requestId: string,
  parts: PreloadParts,
): Promise<readonly PreloadResult[]> {
  const now = parts.clock.now();
  const storable = items.filter(({ source }) => isStorable(source, now));
  const known = await parts.ledger.findMany(storable.map(({ source }) => source.key));
  const ready = new Map(known.filter(({ state }) => state === "ready").map((entry) => [keyText(entry.key), entry]));
  const isReady = ({ source }: PreloadItem) => ready.get(keyText(source.key))?.boundTo === source.identity;

  await adopt(storable.filter(isReady), ready, parts);
  const queued = await queueFills(
    storable.filter((item) => !isReady(item)),
    requestId,
    parts,
  );
  const statusOf = (item: PreloadItem): PreloadStatus => {
    if (!isStorable(item.source, now)) return "not_storable";
    if (isReady(item)) return "ready";
    return queued.has(item) ? "queued" : "filling";
  };
  return items.map((item) => ({ key: item.source.publicKey, status: statusOf(item) }));
}

function isStorable({ url }: Source, now: number): boolean {
  return url.unstorable === null && (url.expiresAt === null || url.expiresAt > now);
}

/** What is there stays there, now with a known caller behind it and perhaps a new moment to go. */
async function adopt(
  items: readonly PreloadItem[],
  ready: ReadonlyMap<string, LedgerEntry>,
  { ledger, index, clock }: PreloadParts,
): Promise<void> {
  if (items.length === 0) return;
  const now = clock.now();
  const wishes = items.map(({ source, expiresAt }) => ({ key: source.key, expiresAt }));
  await ledger.adopt(wishes, now);
  await inTurns(wishes, CALLS_AT_ONCE, async ({ key, expiresAt }) => {
    const entry = ready.get(keyText(key));
    if (!entry) return;
    const projected = indexEntryOf({ ...entry, trusted: true, expiresAt: expiresAt ?? entry.expiresAt }, now);
    if (projected) await index.put(key, projected);
  });
}

/** Claims, notes and queues; returns the items whose fill is ours. Unsent claims are given back. */
async function queueFills(
  items: readonly PreloadItem[],
  requestId: string,
  { gate, queue, ledger, index, store, ring, clock }: PreloadParts,
): Promise<ReadonlySet<PreloadItem>> {
  const fences = await inTurns(items, CALLS_AT_ONCE, ({ source }) => gate.claim(source.key));
  const granted = items.flatMap((item, position) => {
    const fence = fences[position];
    return fence === null || fence === undefined ? [] : [{ ...item, item, fence }];
  });
  if (granted.length === 0) return new Set();
  try {
    const notes = granted.map(({ source: { key, publicKey, identity, url }, expiresAt, fence }) => {
      return { key, publicKey, fence, boundTo: identity, trusted: true, sourceUrl: withoutCredentials(url), expiresAt };
    });
    for (const { key, generation } of await ledger.noteFills(notes, clock.now())) {
      await index.remove(key);
      await store.delete(objectKey(key, generation));
    }
    const messages = granted.map(({ source: { key, publicKey, url }, expiresAt, fence }) =>
      fillMessage({ key, publicKey, url: url.raw.text, trusted: true, expiresAt, requestId }, fence, ring),
    );
    await queue.send(await Promise.all(messages));
    return new Set(granted.map(({ item }) => item));
  } catch (error) {
    await inTurns(granted, CALLS_AT_ONCE, ({ source, fence }) => gate.finish(source.key, fence));
    throw error;
  }
}
