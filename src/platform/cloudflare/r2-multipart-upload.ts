import type { MultipartUpload } from "../../ports/object-store.ts";

/** R2 takes 10,000 parts of 5 MiB to 5 GiB, all but the last equal: https://developers.cloudflare.com/r2/platform/limits/ */
const MAX_PARTS = 10_000;

/**
 * An upload to R2 in parts. R2 itself joins whatever parts it is named, so a part that never arrived would go unnoticed:
 * here `complete` refuses. R2 drops what was neither completed nor aborted after 7 days.
 */
export function r2MultipartUpload(upload: R2MultipartUpload): MultipartUpload {
  const parts = new Map<number, R2UploadedPart>();
  return {
    async uploadPart(number, bytes) {
      if (number < 1 || number > MAX_PARTS) throw new RangeError(`part ${number} is not between 1 and ${MAX_PARTS}`);
      parts.set(number, await upload.uploadPart(number, bytes));
    },
    async complete() {
      const ordered = [...parts.values()].toSorted((a, b) => a.partNumber - b.partNumber);
      const highest = ordered.at(-1)?.partNumber ?? 0;
      if (highest === 0 || highest !== ordered.length) throw new Error(`parts are missing of ${upload.key}`);
      await upload.complete(ordered);
    },
    async abort() {
      await upload.abort();
    },
  };
}
