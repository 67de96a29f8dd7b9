import { expandManifest } from "../../src/app/expand-manifest.ts";
import type { FillOutcome } from "../../src/app/fill.ts";
import type { BatchName, BatchSummary } from "../../src/core/preload/batch.ts";
import type { ManifestMessage } from "../../src/core/preload/manifest-message.ts";
import { presigned } from "../core/samples.ts";
import { ACME, utf8, type World } from "./world.ts";

/** A signed URL of an object of this number, on an allowed origin. */
export const urlOf = (number: number) => presigned(`https://bucket.s3.amazonaws.com/${number}.mp4`);

export const lineOf = (number: number) => JSON.stringify({ url: urlOf(number), hash: `movie-${number}` });

/** A manifest of so many lines. */
export const manifestOf = (count: number) =>
  `${Array.from({ length: count }, (_, number) => lineOf(number)).join("\n")}\n`;

/** Text as a body brings it, in pieces of this size; each is overwritten once the next one is asked for. */
export async function* piecesOf(text: string, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  const bytes = utf8(text);
  for (let from = 0; from < bytes.length; from += size) {
    const piece = bytes.slice(from, from + size);
    yield piece;
    piece.fill(0);
  }
}

export const named = (id: string): BatchName => ({ tenant: ACME.id, id });

/** Works on every message about manifests, and on those that follow from them, once each. */
export async function expandAll(world: World): Promise<void> {
  for (let messages = world.manifests.take(); messages.length > 0; messages = world.manifests.take()) {
    for (const message of messages) await expandManifest(message, 1, world);
  }
}

/** Delivers a message again and again, as the queue would, until it is done with; `seen`: what became of it each time. */
export async function deliver(world: World, message: ManifestMessage): Promise<FillOutcome[]> {
  const seen: FillOutcome[] = [];
  for (let attempt = 1; attempt <= world.maxAttempts; attempt += 1) {
    const outcome = await expandManifest(message, attempt, world);
    seen.push(outcome);
    if ("done" in outcome) break;
  }
  return seen;
}

export async function summaryOf(world: World, id: string): Promise<BatchSummary> {
  const summary = await world.batches.summary(named(id));
  if (!summary) throw new Error("there is no such batch");
  return summary;
}

/** Keys of what lies in the store for manifests, in their order. */
export const chunksIn = ({ store }: World) =>
  [...store.objects.keys()].filter((key) => key.startsWith("manifests/")).toSorted();
