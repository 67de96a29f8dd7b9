import { type MultipartUpload, PartUnknown, UploadGone } from "../../ports/object-store.ts";
import { putWriter } from "./put-writer.ts";
import { R2_INVALID_PART, R2_NO_SUCH_UPLOAD, r2ErrorCode } from "./r2-errors.ts";

/** R2 takes 10,000 parts of 5 MiB to 5 GiB, all but the last equal: https://developers.cloudflare.com/r2/platform/limits/ */
const MAX_PARTS = 10_000;

/**
 * An upload to R2 in parts. R2 itself joins whatever parts it is named, so a part that never arrived would go unnoticed:
 * here `complete` refuses. R2 drops what was neither completed nor aborted after 7 days.
 */
export function r2MultipartUpload(upload: R2MultipartUpload): MultipartUpload {
  async function sendPart(number: number, body: Uint8Array<ArrayBuffer> | ReadableStream): Promise<string> {
    if (number < 1 || number > MAX_PARTS) throw new RangeError(`part ${number} is not between 1 and ${MAX_PARTS}`);
    return (await known(upload.uploadPart(number, body))).etag;
  }

  return {
    id: upload.uploadId,
    uploadPart: sendPart,
    partWriter(number, length) {
      return putWriter(length, async (body) => await sendPart(number, body));
    },
    async complete(parts) {
      const ordered = parts.toSorted((a, b) => a.number - b.number);
      if (ordered.length === 0 || ordered.some(({ number }, at) => number !== at + 1)) {
        throw new Error(`parts are missing of ${upload.key}`);
      }
      await known(upload.complete(ordered.map(({ number, etag }) => ({ partNumber: number, etag }))));
    },
    async abort() {
      try {
        await upload.abort();
      } catch (error) {
        if (r2ErrorCode(error) !== R2_NO_SUCH_UPLOAD) throw error;
      }
    },
  };
}

async function known<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    const code = r2ErrorCode(error);
    if (code === R2_INVALID_PART) throw new PartUnknown({ cause: error });
    throw code === R2_NO_SUCH_UPLOAD ? new UploadGone({ cause: error }) : error;
  }
}
