import * as z from "zod";

const MIB = 2 ** 20;

/** What a deployment takes, set per environment. Bytes. */
export type UploadLimits = {
  readonly maxFileBytes: number;
  /** How large chunks are wanted; see `chunkBytesFor`. */
  readonly chunkBytes: number;
};

/**
 * 10 GiB in chunks of 64 MiB. Cloudflare takes bodies of at most 100 MB on its plans Free and Pro
 * (https://developers.cloudflare.com/workers/platform/limits/#request-limits), so chunks of 150 MiB, as they were before,
 * would be refused before they reach us. 64 MiB is a round number below that which leaves room for a larger last one, and
 * what a cut connection costs at most.
 */
export const UPLOAD_LIMITS: UploadLimits = { maxFileBytes: 10 * 1024 * MIB, chunkBytes: 64 * MIB };

/** Larger numbers are no longer exact; an object of R2 has at most 5 TiB. */
const bytes = z
  .int()
  .positive()
  .max(5 * 2 ** 40);
const setting = z.object({ max_file_size: bytes.optional(), chunk_size: bytes.optional() });

/** Reads `{"max_file_size": …, "chunk_size": …}`, each with its default; `null`: the text is no such setting. */
export function parseUploadLimits(text: string): UploadLimits | null {
  const parsed = setting.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const { max_file_size, chunk_size } = parsed.data;
  return {
    maxFileBytes: max_file_size ?? UPLOAD_LIMITS.maxFileBytes,
    chunkBytes: chunk_size ?? UPLOAD_LIMITS.chunkBytes,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
