import { noteLetter } from "../app/dead-letters/note-letter.ts";
import { giveUp } from "../app/give-up.ts";
import { giveUpManifest } from "../app/give-up-manifest.ts";
import { parseFillMessage } from "../core/fills/fill-message.ts";
import { retryDelaySeconds } from "../core/fills/retry-delay.ts";
import { parseManifestMessage } from "../core/preload/manifest-message.ts";
import { parsePurgeMessage } from "../core/purge/purge-message.ts";
import type { Parts } from "./compose.ts";

/** Seconds until a purge is tried again. */
const PURGE_AGAIN_S = 60;
/** When what could not be written down comes back; wrangler.toml lets it do so a hundred times, for some eight hours. */
const RETRY_TIMES = { baseSeconds: 1, longestSeconds: 300 };

const UNKNOWN = "The message was of no form that the consumer knew.";

/**
 * Writes down what the queue has given up, and turns fills into failed entries and manifests into failed batches, which say
 * why.
 */
export async function deadLetters(batch: MessageBatch, parts: Parts): Promise<void> {
  await Promise.all(batch.messages.map((message) => buryOne(message, parts)));
}

async function buryOne(message: Message, parts: Parts): Promise<void> {
  try {
    await bury(message, parts);
    message.ack();
  } catch (error) {
    parts.report("dead letters", error);
    message.retry({ delaySeconds: retryDelaySeconds(message.attempts, RETRY_TIMES, parts.random()) });
  }
}

async function bury({ id, body }: Message, parts: Parts): Promise<void> {
  const manifest = parseManifestMessage(body);
  if (manifest) return await giveUpManifest(manifest, id, parts);
  // A purge is not given up: it comes back until its job is forgotten.
  const purge = parsePurgeMessage(body);
  if (purge) return await parts.purges.send([purge], PURGE_AGAIN_S);
  const wanted = parseFillMessage(body);
  if (wanted) return await giveUp(wanted, id, parts);
  parts.report("dead letters", new Error("a message was given up that is not of a version that is known here"));
  const about = { kind: "unknown", tenant: null, key: null, batch: null, urlEndsAt: null } as const;
  const failure = { code: "UNKNOWN_MESSAGE", message: UNKNOWN };
  await noteLetter(id, body, { ...about, attempts: parts.maxAttempts, failure }, parts);
}
