import { giveUp } from "../app/give-up.ts";
import { giveUpManifest } from "../app/give-up-manifest.ts";
import { parseFillMessage } from "../core/fills/fill-message.ts";
import { parseManifestMessage } from "../core/preload/manifest-message.ts";
import { parsePurgeMessage } from "../core/purge/purge-message.ts";
import type { Parts } from "./compose.ts";

/** Seconds until a purge is tried again. */
const PURGE_AGAIN_S = 60;

/** Turns fills that the queue has given up into failed entries, and manifests into failed batches, which say why. */
export async function deadLetters(batch: MessageBatch, parts: Parts): Promise<void> {
  await Promise.all(batch.messages.map((message) => buryOne(message, parts)));
}

async function buryOne(message: Message, parts: Parts): Promise<void> {
  const work = workOf(message.body, parts);
  if (!work) {
    parts.report("dead letters", new Error("a message was given up that is not of a version that is known here"));
    message.ack();
    return;
  }
  try {
    await work();
    message.ack();
  } catch (error) {
    parts.report("dead letters", error);
    message.retry();
  }
}

function workOf(body: unknown, parts: Parts): (() => Promise<void>) | null {
  const manifest = parseManifestMessage(body);
  if (manifest) return () => giveUpManifest(manifest, parts);
  // A purge is not given up: it comes back until its job is forgotten.
  const purge = parsePurgeMessage(body);
  if (purge) return () => parts.purges.send([purge], PURGE_AGAIN_S);
  const wanted = parseFillMessage(body);
  return wanted && (() => giveUp(wanted, parts));
}
