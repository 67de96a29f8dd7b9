import type { KeyRing } from "../core/crypto/key-ring.ts";
import { type EntryKey, entryKeyOf } from "../core/entry-key.ts";
import { FAULTS } from "../core/fills/faults.ts";
import type { FillMessage } from "../core/fills/fill-message.ts";
import type { TenantId } from "../core/tenant.ts";
import type { TenantDirectory } from "../ports/directory.ts";
import type { EntryLedger } from "../ports/entry-ledger.ts";
import type { FillGate } from "../ports/fill-gate.ts";
import type { FillQueue } from "../ports/fill-queue.ts";
import type { UsageSink } from "../ports/usage-sink.ts";
import { type NoteLetterParts, noteLetter } from "./dead-letters/note-letter.ts";
import { openUrl } from "./job-url.ts";

export type GiveUpParts = NoteLetterParts & {
  readonly ledger: EntryLedger;
  readonly gate: FillGate;
  readonly queue: FillQueue;
  readonly directory: TenantDirectory;
  readonly usage: UsageSink;
  readonly maxAttempts: number;
};

const GAVE_UP = { code: "GAVE_UP", message: FAULTS.GAVE_UP.message };

/**
 * Ends a fill whose message the queue has given up: the entry fails with the reason of its last attempt, its claim is free
 * for the next download, and the message is written down under `letter`, its id, with the URL that lives longest. An
 * attempt that is alive is left alone: a second delivery of its message may have been given up for finding it at work. One
 * of several lanes leaves its share to the first, which has one attempt more.
 */
export async function giveUp(message: FillMessage, letter: string, parts: GiveUpParts): Promise<void> {
  const { ledger, gate, queue, clock, usage, maxAttempts } = parts;
  const key = entryKeyOf(message.tenant as TenantId, message.entry);
  const holder = { fence: message.fence, lane: message.lane, holder: "given up" };
  const begun = await gate.begin(key, holder);
  if (typeof begun === "string") return;
  if (message.lane > 0) {
    await queue.send([{ ...message, lane: 0, spent: maxAttempts - 1 }]);
    await gate.leave(key, holder);
    return;
  }
  try {
    const entry = await ledger.find(key);
    const failure = entry?.failure ?? GAVE_UP;
    await ledger.fail(key, message.fence, failure, true, clock.now());
    const sealedUrl = begun.url?.sealedUrl ?? message.sealedUrl;
    const about = { kind: "fill", tenant: key.tenant, key: message.publicKey, batch: null, failure } as const;
    const told = { ...about, attempts: message.spent + maxAttempts, urlEndsAt: await endOf(sealedUrl, key, parts) };
    await noteLetter(letter, { ...message, sealedUrl }, told, parts);
    usage.record({ kind: "fill-failed", key, rule: null, code: failure.code, attempts: maxAttempts });
  } catch (error) {
    // Else the message, when it comes again, would find this very call at work.
    await gate.requeue(key, holder, 0);
    throw error;
  }
  await gate.finish(key, message.fence, 0);
}

/** When a sealed URL ends, ms since the epoch; `null`: it does not tell, or nobody can say. Only people read it. */
async function endOf(
  sealedUrl: string,
  key: EntryKey,
  { directory, ring }: { readonly directory: TenantDirectory; readonly ring: KeyRing },
): Promise<number | null> {
  try {
    const tenant = await directory.find({ by: "id", value: key.tenant });
    return (await openUrl(sealedUrl, key, tenant?.cnames ?? [], ring)).expiresAt;
  } catch {
    return null;
  }
}
