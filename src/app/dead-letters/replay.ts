import type { DeadLetter } from "../../core/dead-letters/dead-letter.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { parseFillMessage } from "../../core/fills/fill-message.ts";
import { parseManifestMessage } from "../../core/preload/manifest-message.ts";
import { parsePurgeMessage } from "../../core/purge/purge-message.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { PurgeQueue } from "../../ports/purge-queue.ts";
import type { Report } from "../in-background.ts";
import { reach } from "../reach.ts";
import { type NoteLetterParts, openLetter } from "./note-letter.ts";
import { type ReplayFillParts, replayFill } from "./replay-fill.ts";
import { type ReplayManifestParts, replayManifest } from "./replay-manifest.ts";

/**
 * What became of a letter that was sent again: `queued`, its message is in the queue; `filling`, somebody else fills the
 * entry, and the letter waits for what becomes of that; `ready`, there is nothing left to do.
 */
export const REPLAY_STATUSES = ["queued", "filling", "ready"] as const;
export type ReplayStatus = (typeof REPLAY_STATUSES)[number];

/** `tenant`: whose it turned out to be. */
export type Replayed = { readonly letter: DeadLetter; readonly tenant: TenantId; readonly status: ReplayStatus };

export type ReplayParts = NoteLetterParts &
  ReplayFillParts &
  ReplayManifestParts & { readonly purges: PurgeQueue; readonly report: Report };

/**
 * Sends a message again that was given up. Done with a letter twice it changes nothing: one that has been sent again is
 * refused, and of two at once the gate lets one through. Should it fail again, that is another letter. Throws 404 when
 * there is none of this id; 409 when it was sent again before, when what it would be fetched from has ended, and when it
 * cannot be sent again for another reason, which it says; 503 when a part of ours cannot be reached.
 */
export async function replayLetter(id: string, requestId: string, parts: ReplayParts): Promise<Replayed> {
  const { deadLetters, ring, clock, report } = parts;
  const letter = await reach("dead letters", deadLetters.find(id), report);
  if (!letter) throw new SnapbyteError("NOT_FOUND");
  if (letter.replayedAt !== null) throw new SnapbyteError("ALREADY_REPLAYED");
  const sent = await reach("dead letters", sendAgain(await openLetter(letter, ring), requestId, parts), report);
  // Afterwards: one that is sent and not noted may be sent again, one that is noted and not sent would be lost. Who fills
  // may be the one who is just giving the message up.
  if (sent.status !== "filling") await reach("dead letters", deadLetters.replayed(id, clock.now()), report);
  return { letter, ...sent };
}

async function sendAgain(body: unknown, requestId: string, parts: ReplayParts): Promise<Omit<Replayed, "letter">> {
  if (body === null) {
    throw new SnapbyteError("NOT_REPLAYABLE", "No key opens the message any more: the secret that sealed it is gone.");
  }
  const manifest = parseManifestMessage(body);
  if (manifest) return await replayManifest(manifest, requestId, parts);
  const wanted = parseFillMessage(body);
  if (wanted) return await replayFill(wanted, requestId, parts);
  // Its consumer gives no purge up; one of a version that it did not know is known here perhaps.
  const purge = parsePurgeMessage(body);
  if (!purge) throw new SnapbyteError("NOT_REPLAYABLE", "The message is of no form that this version knows.");
  await parts.purges.send([purge]);
  return { tenant: purge.tenant as TenantId, status: "queued" };
}
