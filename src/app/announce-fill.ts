import { isExpired, isFresh, type LedgerEntry } from "../core/entry.ts";
import { withoutCredentials } from "../core/origin-url/origin-url.ts";
import { unionOfTags } from "../core/purge/tags.ts";
import { ClaimLost } from "./fill-failed.ts";
import type { FillJob, FillJobParts } from "./fill-job.ts";
import { project } from "./project.ts";
import { discardTold } from "./publish-copy.ts";

const OVERTAKEN = { code: "OVERTAKEN", message: "A purge or another fill came in between." };

/**
 * Tells the ledger of a fill, and finds out whether it is needed at all: else there is nothing to do. The entry as it was,
 * if it is of the same object; `null`: there was none. Rejects with {@link ClaimLost} when a purge was faster.
 */
export async function announce(
  job: Pick<FillJob, "key" | "holder" | "message" | "url" | "rule">,
  parts: AnnounceParts,
): Promise<LedgerEntry | null | "nothing to do"> {
  const { key, holder, message, rule } = job;
  const { ledger, clock, gate, index } = parts;
  const { publicKey, boundTo, trusted, expiresAt } = message;
  const now = clock.now();
  const known = await ledger.find(key);
  if (known?.boundTo === boundTo && needsNone(known, now)) {
    // The claim came from somebody who had not heard yet of the copy that is there.
    await project(key, known, parts);
    return "nothing to do";
  }
  // A stranger asked while the index knew nothing: the key stays with the object that it names.
  if (known && isTaken(known) && known.boundTo !== boundTo && !trusted) return "nothing to do";
  const tags = unionOfTags(message.tags, rule.tags);
  const note = { key, publicKey, fence: holder.fence, boundTo, trusted, expiresAt, tags };
  const unbound = await ledger.noteFills([{ ...note, sourceUrl: withoutCredentials(job.url) }], now);
  // A purge that came before the ledger knew this entry has left no fence there, only at the gate.
  if (!(await gate.renew(key, holder))) {
    await ledger.fail(key, holder.fence, OVERTAKEN, true, clock.now());
    throw new ClaimLost();
  }
  if (unbound.length > 0) await index.remove(key);
  await discardTold(unbound, parts);
  return known?.boundTo === boundTo && !isExpired(known, now) ? known : null;
}

/** Whether there is a copy that is good for longer, and nobody wants another one. */
function needsNone({ state, copy, expiresAt, refreshWanted }: LedgerEntry, now: number): boolean {
  return state === "ready" && !refreshWanted && !isExpired({ expiresAt }, now) && isFresh(copy, now);
}

/**
 * A key is bound by the copy that it has, or, beyond a purge, by a caller that we know. What a stranger tried in vain
 * binds nothing.
 */
function isTaken({ copy, trusted }: LedgerEntry): boolean {
  return copy !== null || trusted;
}

export type AnnounceParts = Pick<FillJobParts, "ledger" | "clock" | "gate" | "index" | "store" | "withdrawals">;
