import { SnapbyteError } from "../../core/errors.ts";
import { bytesOfChunk, partNumberOf } from "../../core/uploads/chunk-plan.ts";
import { uploadKey } from "../../core/uploads/upload-path.ts";
import type { UploadChunk, UploadSession } from "../../core/uploads/upload-session.ts";
import { UploadGone } from "../../ports/object-store.ts";
import { atDatabase, atStore, type UploadParts } from "./upload-parts.ts";

/** A chunk as the store has told the client that put it there. */
export type NamedPart = { readonly index: number; readonly etag: string };

/** The chunks that are there; `gone`, the store knows of no such upload; `untold`, it does not say what it has. */
export type ChunksThere = readonly UploadChunk[] | "gone" | "untold";

/**
 * The chunks of an open session that are whole: as we noted them or, where the bytes did not come through us, as the store
 * tells. What has another size there than it must have is none.
 */
export async function chunksOf(
  session: UploadSession,
  parts: Pick<UploadParts, "uploads" | "direct" | "report">,
): Promise<ChunksThere> {
  if (session.kind !== "direct") return await atDatabase(parts.uploads.chunks(session), parts);
  if (session.storeUpload === null) return [];
  const { direct } = parts;
  if (!direct)
    throw new SnapbyteError("MISCONFIGURED", "This deployment cannot ask the store for what was sent there.");
  const listed = direct.parts(uploadKey(session), session.storeUpload).catch((error: unknown) => {
    if (error instanceof UploadGone) return "gone" as const;
    throw error;
  });
  const found = await atStore(listed, parts);
  if (found === null) return "untold";
  if (found === "gone") return found;
  return found
    .map(({ number, etag, bytes }) => ({ index: number - partNumberOf(0), etag: bare(etag), bytes, sha256: null }))
    .filter(({ index, bytes }) => bytes === bytesOfChunk(session, index));
}

/**
 * The chunks of a direct session that its client names, as far as the store has them; where it does not tell, as they are
 * named: then that is only a claim, and the store joins the parts of these names, or none. Throws 400 for what is no chunk,
 * and for one that the store has another of.
 */
export async function namedChunksOf(
  session: UploadSession,
  named: readonly NamedPart[],
  parts: Pick<UploadParts, "uploads" | "direct" | "report">,
): Promise<ChunksThere> {
  const chunks = namedChunks(session, named);
  const there = await chunksOf(session, parts);
  if (there === "untold") return chunks;
  if (there === "gone") return there;
  const etags = new Map(there.map(({ index, etag }) => [index, etag]));
  const other = chunks.find(({ index, etag }) => etags.has(index) && etags.get(index) !== etag);
  if (other) throw new SnapbyteError("INVALID_FIELD", `parts: the store has another chunk ${other.index} than this.`);
  return chunks.filter(({ index }) => etags.has(index));
}

function namedChunks(session: UploadSession, named: readonly NamedPart[]): readonly UploadChunk[] {
  return named.map(({ index, etag }, at) => {
    const bytes = bytesOfChunk(session, index);
    if (bytes === null || named.findIndex((other) => other.index === index) !== at) {
      throw new SnapbyteError("INVALID_FIELD", `parts: there is no chunk ${index}, or it is named twice.`);
    }
    return { index, etag: bare(etag), bytes, sha256: null };
  });
}

/** As a store writes it into a field it is quoted; R2's binding wants it without, and S3 takes either. */
function bare(etag: string): string {
  return etag.replace(/^"(.*)"$/, "$1");
}
