import { type Copy, objectKey } from "../core/entry.ts";
import type { EntryKey } from "../core/entry-key.ts";
import type { Clock } from "../ports/clock.ts";
import type { EntryIndex } from "../ports/entry-index.ts";
import type { EntryLedger, Orphan } from "../ports/entry-ledger.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import type { UsageSink } from "../ports/usage-sink.ts";
import { project } from "./project.ts";
import { noteWithdrawn, type WithdrawParts } from "./withdraw.ts";

export type PublishParts = {
  readonly ledger: EntryLedger;
  readonly index: EntryIndex;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly withdrawals: WithdrawParts["withdrawals"];
  readonly usage: UsageSink;
};

/**
 * Tells ledger and then index of a stored copy, and deletes what it supersedes; itself, when the fence refuses it. What is
 * superseded goes at once, whatever the index does: a purge from here on finds nothing of it in the ledger.
 */
export async function publishCopy(
  { key, fence, rule }: { readonly key: EntryKey; readonly fence: number; readonly rule: number | null },
  copy: Copy,
  parts: PublishParts,
): Promise<void> {
  const published = await parts.ledger.publish(key, fence, copy, parts.clock.now());
  // Now: whatever breaks from here on, the next attempt finds the copy, and nothing to do.
  if (published) parts.usage.record({ kind: "fill", key, rule, bytes: copy.size });
  else await discard([{ key, generation: copy.generation }], parts.store);
  const outcomes = await Promise.allSettled([
    discardTold(published?.superseded ? [published.superseded] : [], parts),
    parts.ledger.find(key).then(async (entry) => await project(key, entry, parts)),
  ]);
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
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

/** Deletes the objects of copies that links led to, and has caches forget them. Nobody waits until all have. */
export async function discardTold(
  orphans: readonly Orphan[],
  { store, withdrawals }: Pick<PublishParts, "store" | "withdrawals">,
): Promise<void> {
  await discard(orphans, store);
  await noteWithdrawn(
    orphans.map(({ key }) => key),
    { withdrawals },
  );
}

/** Nobody else deletes for two days what is not deleted here, and links may lead to it. */
const ATTEMPTS = 3;

/** Deletes the objects of copies that no entry refers to. */
export async function discard(orphans: readonly Orphan[], store: ObjectStore): Promise<void> {
  for (const { key, generation } of orphans) {
    let deleting = store.delete(objectKey(key, generation));
    for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
      deleting = deleting.catch(() => store.delete(objectKey(key, generation)));
    }
    await deleting;
  }
}
