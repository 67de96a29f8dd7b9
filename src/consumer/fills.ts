import { expandManifest } from "../app/expand-manifest.ts";
import { type FillOutcome, fill } from "../app/fill.ts";
import { workOnPurge } from "../app/purge-job.ts";
import { parseFillMessage } from "../core/fills/fill-message.ts";
import { parseManifestMessage } from "../core/preload/manifest-message.ts";
import { parsePurgeMessage } from "../core/purge/purge-message.ts";
import type { Parts } from "./compose.ts";

/** When a fill could not even be begun or noted, in seconds. */
const RETRY_UNEXPECTED_S = 30;

/** Works on a batch of fills, manifests and purges, each for itself: one that fails holds no other back. */
export async function fills(batch: MessageBatch, parts: Parts): Promise<void> {
  await Promise.all(batch.messages.map((message) => workOn(message, parts)));
}

async function workOn(message: Message, parts: Parts): Promise<void> {
  const work = workOf(message, parts);
  if (!work) {
    // Another version's message would not become ours by waiting; dead letters keep it for people.
    parts.report("fills", new Error("a message is not of a version that is known here"));
    message.retry({ delaySeconds: RETRY_UNEXPECTED_S });
    return;
  }
  try {
    const outcome = await work();
    if ("done" in outcome) message.ack();
    else message.retry({ delaySeconds: outcome.retryInSeconds });
  } catch (error) {
    parts.report("fills", error);
    message.retry({ delaySeconds: RETRY_UNEXPECTED_S });
  }
}

function workOf({ body, attempts }: Message, parts: Parts): (() => Promise<FillOutcome>) | null {
  const manifest = parseManifestMessage(body);
  if (manifest) return () => expandManifest(manifest, attempts, parts);
  const purge = parsePurgeMessage(body);
  if (purge) return () => workOnPurge(purge, parts);
  const wanted = parseFillMessage(body);
  return wanted && (() => fill(wanted, attempts, parts));
}
