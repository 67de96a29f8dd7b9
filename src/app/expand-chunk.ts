import { SnapbyteError } from "../core/errors.ts";
import type { BatchName, LineError } from "../core/preload/batch.ts";
import { readChunk } from "../core/preload/manifest-chunk.ts";
import { parseManifestLine } from "../core/preload/manifest-line.ts";
import type { ManifestChunkMessage } from "../core/preload/manifest-message.ts";
import type { ManifestLine } from "../core/preload/split-lines.ts";
import type { Tenant, TenantId } from "../core/tenant.ts";
import type { TenantDirectory } from "../ports/directory.ts";
import type { PreloadBatches } from "../ports/preload-batches.ts";
import { manifestChunks } from "./manifest-chunks.ts";
import { type NumberedItem, outcomeOf } from "./note-preloaded.ts";
import { type PreloadParts, preload } from "./preload.ts";
import { readPreloadItem } from "./read-preload-item.ts";

export type ExpandChunkParts = PreloadParts & {
  readonly batches: PreloadBatches;
  readonly directory: TenantDirectory;
  /** Local development, where plain http and private hosts may be allowed by an origin rule. */
  readonly local: boolean;
};

/**
 * Queues the fills that the lines of a chunk want, and forgets the lines. A second delivery finds nothing to do: what was
 * purged in between stays so. Rejects when a part of ours cannot be reached, and may be repeated.
 */
export async function expandChunk(message: ManifestChunkMessage, parts: ExpandChunkParts): Promise<void> {
  const name: BatchName = { tenant: message.tenant as TenantId, id: message.batch };
  const chunks = manifestChunks(name, message.run, parts);
  if ((await parts.batches.chunk(name, message.chunk)) === "open") {
    const tenant = await parts.directory.find({ by: "id", value: message.tenant });
    if (tenant) await expand(message, await linesOf(message, chunks), tenant, parts);
  }
  await chunks.drop(message.chunk);
}

async function linesOf(
  { chunk }: ManifestChunkMessage,
  chunks: ReturnType<typeof manifestChunks>,
): Promise<ManifestLine[]> {
  const text = await chunks.read(chunk);
  if (text === null) throw new Error("a chunk of a manifest is not there");
  return readChunk(text);
}

async function expand(
  { tenant: _, batch, chunk, requestId }: ManifestChunkMessage,
  lines: readonly ManifestLine[],
  tenant: Tenant,
  parts: ExpandChunkParts,
): Promise<void> {
  const read = await Promise.all(lines.map((line) => readLine(line, tenant, parts)));
  const items = read.filter((each) => "item" in each);
  const refused = read.filter((each) => "code" in each);
  const results = await preload(
    items.map(({ item }) => item),
    requestId,
    parts,
  );
  await parts.batches.noteChunk({ tenant: tenant.id, id: batch }, chunk, outcomeOf(items, results, refused));
}

/** What one line wants, or why it is passed over: one bad line keeps no other from being worked on. */
async function readLine(
  { number: line, text }: ManifestLine,
  tenant: Tenant,
  parts: ExpandChunkParts,
): Promise<NumberedItem | LineError> {
  const parsed = parseManifestLine(text);
  if ("problem" in parsed) return { line, ...parsed.problem };
  try {
    return { line, item: await readPreloadItem(tenant, parsed.item, "", parts) };
  } catch (error) {
    if (error instanceof SnapbyteError) return { line, code: error.code, message: error.message };
    throw error;
  }
}
