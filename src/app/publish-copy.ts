import { type Copy, objectKey } from "../core/entry.ts";
import type { EntryKey } from "../core/entry-key.ts";
import type { Clock } from "../ports/clock.ts";
import type { EntryIndex } from "../ports/entry-index.ts";
import type { EntryLedger, Orphan } from "../ports/entry-ledger.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import { project } from "./project.ts";

export type PublishParts = {
  readonly ledger: EntryLedger;
  readonly index: EntryIndex;
  readonly store: ObjectStore;
  readonly clock: Clock;
};

/** Tells ledger and then index of a stored copy, and deletes what it supersedes; itself, when the fence refuses it. */
export async function publishCopy(key: EntryKey, fence: number, copy: Copy, parts: PublishParts): Promise<void> {
  const published = await parts.ledger.publish(key, fence, copy, parts.clock.now());
  if (!published) await discard([{ key, generation: copy.generation }], parts.store);
  try {
    await project(key, await parts.ledger.find(key), parts);
  } finally {
    if (published?.superseded) await discard([published.superseded], parts.store);
  }
}

/**
 * Deletes what an attempt stored, unless the ledger refers to it: an attempt that broke off while it published may have
 * succeeded. Returns whether it had.
 */
export async function discardUnlessPublished(
  key: EntryKey,
  generation: string,
  { ledger, store }: PublishParts,
): Promise<boolean> {
  const entry = await ledger.find(key);
  const published = entry?.copy?.generation === generation;
  if (!published) await discard([{ key, generation }], store);
  return published;
}

/** Deletes the objects of copies that no entry refers to. */
export async function discard(orphans: readonly Orphan[], store: ObjectStore): Promise<void> {
  for (const { key, generation } of orphans) await store.delete(objectKey(key, generation));
}
