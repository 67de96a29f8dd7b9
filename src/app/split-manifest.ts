import type { Failure } from "../core/entry.ts";
import { chunkWriter } from "../core/preload/manifest-chunk.ts";
import { MAX_MANIFEST_BYTES, MAX_MANIFEST_LINES } from "../core/preload/manifest-limits.ts";
import { lineSplitter, type ManifestLine } from "../core/preload/split-lines.ts";
import type { ManifestSplit } from "../ports/preload-batches.ts";
import { CHUNKS_AT_ONCE, type ManifestChunks } from "./manifest-chunks.ts";

/** A manifest that would be refused again. */
export class ManifestRefused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = "ManifestRefused";
    this.failure = failure;
  }
}

/** Why a manifest as a whole is not taken; of its lines each stands for itself. */
export const MANIFEST_REFUSALS = {
  empty: { code: "MANIFEST_EMPTY", message: "The manifest has no lines." },
  bytes: { code: "MANIFEST_TOO_LARGE", message: `A manifest has at most ${MAX_MANIFEST_BYTES} bytes.` },
  lines: { code: "MANIFEST_TOO_LARGE", message: `A manifest has at most ${MAX_MANIFEST_LINES} lines.` },
} as const satisfies Record<string, Failure>;

/**
 * Reads a manifest to its end and keeps its lines in chunks. Nothing of them is queued yet, so that a manifest is taken as
 * a whole or not at all: when this rejects, with {@link ManifestRefused} or what the pieces or the store reject with, no
 * chunk is left. Holds one piece and a few chunks; pieces may be reused once the next one is asked for.
 */
export async function splitManifest(
  pieces: AsyncIterable<Uint8Array>,
  run: number,
  chunks: ManifestChunks,
): Promise<ManifestSplit> {
  const splitter = lineSplitter();
  const writer = chunkWriter();
  const onTheirWay: Promise<void>[] = [];
  let [bytes, lines, count] = [0, 0, 0];

  async function keep(text: string | null): Promise<void> {
    if (text === null) return;
    if (onTheirWay.length >= CHUNKS_AT_ONCE) await onTheirWay.shift();
    const kept = chunks.keep(count, text);
    // It may fail while nobody waits for it.
    kept.catch(() => {});
    onTheirWay.push(kept);
    count += 1;
  }

  async function add(read: readonly ManifestLine[]): Promise<void> {
    lines += read.length;
    if (lines > MAX_MANIFEST_LINES) throw new ManifestRefused(MANIFEST_REFUSALS.lines);
    for (const line of read) await keep(writer.add(line));
  }

  try {
    for await (const piece of pieces) {
      bytes += piece.byteLength;
      if (bytes > MAX_MANIFEST_BYTES) throw new ManifestRefused(MANIFEST_REFUSALS.bytes);
      await add(splitter.push(piece));
    }
    await add(splitter.end());
    await keep(writer.end());
    await Promise.all(onTheirWay);
    if (lines === 0) throw new ManifestRefused(MANIFEST_REFUSALS.empty);
    return { run, lines, chunks: count };
  } catch (error) {
    await Promise.allSettled(onTheirWay);
    // What cannot be dropped now goes with the batch.
    await chunks.dropAll(count).catch(() => {});
    throw error;
  }
}
