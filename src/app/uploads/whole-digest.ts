import { sha256 as digestOf } from "../../core/crypto/digest.ts";
import { toHex } from "../../core/crypto/hex.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { uploadKey } from "../../core/uploads/upload-path.ts";
import type { UploadChunk, UploadSession } from "../../core/uploads/upload-session.ts";
import { readBack } from "../read-back.ts";
import { clearUpload } from "./clear-upload.ts";
import { atDatabase, atStore, type UploadParts } from "./upload-parts.ts";

export type WholeDigestParts = Pick<UploadParts, "uploads" | "store" | "startHash" | "idleMs" | "clock" | "report">;

/**
 * SHA-256 of the whole in hex, compared with what was declared; `null`: nobody has asked for it, and nobody knows. A file
 * of one chunk has that of its chunk. Chunks come in any order and from many isolates, and no hash here can be laid down
 * and taken up again, so a larger one is read once more from its beginning to its end, but only where a digest was
 * declared, or it becomes an asset, which is told by its digest: some ten seconds for each GiB. When it is another, the
 * session ends, nothing is kept, and this throws 400.
 */
export async function checkedDigest(
  session: UploadSession,
  chunks: readonly UploadChunk[],
  parts: WholeDigestParts,
): Promise<string | null> {
  const isWanted = session.sha256 !== null || session.asset;
  const actual = knownDigest(session, chunks) ?? (isWanted ? await readWhole(session, parts) : null);
  if (session.sha256 === null || actual === session.sha256) return actual;
  if (await atDatabase(parts.uploads.end(session, { status: "cancelled" }, parts.clock.now()), parts)) {
    await clearUpload(session, parts);
  }
  throw new SnapbyteError("INVALID_FIELD", "sha256: the whole has another digest; nothing of it was kept.");
}

function knownDigest({ size }: UploadSession, chunks: readonly UploadChunk[]): string | null {
  if (size === 0) return toHex(digestOf(""));
  const [only] = chunks;
  return only && chunks.length === 1 ? only.sha256 : null;
}

async function readWhole(session: UploadSession, parts: WholeDigestParts): Promise<string | null> {
  const { startHash, idleMs } = parts;
  const reading = readBack(uploadKey(session), new Set(["sha256"]), {
    store: parts.store,
    startHash,
    idleMs,
  });
  return (await atStore(reading, parts)).sha256 ?? null;
}
