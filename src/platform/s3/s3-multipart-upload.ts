import { type MultipartUpload, type ObjectWriter, PartUnknown, UploadGone } from "../../ports/object-store.ts";
import { putWriter } from "../cloudflare/put-writer.ts";
import type { S3Client } from "./s3-client.ts";
import { absent, refusalOf, S3Refusal } from "./s3-refusal.ts";
import { elementText, xmlText } from "./xml.ts";

/** 10,000 parts of 5 MiB to 5 GiB: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const MAX_PARTS = 10_000;

/**
 * An upload to S3 in parts. S3 itself joins whatever parts it is named, so a part that never arrived would go unnoticed:
 * here `complete` refuses. S3 keeps what was neither completed nor aborted, and bills it, until a rule of the bucket's
 * lifecycle drops it.
 */
export function s3MultipartUpload(client: S3Client, key: string, id: string): MultipartUpload {
  const query = { uploadId: id };

  async function sendPart(number: number, body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>): Promise<string> {
    if (number < 1 || number > MAX_PARTS) throw new RangeError(`part ${number} is not between 1 and ${MAX_PARTS}`);
    const part = { ...query, partNumber: String(number) };
    const response = await client.send({ method: "PUT", key, query: part, body });
    if (!response.ok) throw known(await refusalOf("a part", response));
    await response.body?.cancel().catch(() => {});
    const etag = response.headers.get("ETag");
    if (etag === null) throw new Error("a part: the store gave it no ETag");
    return etag;
  }

  return {
    id,
    uploadPart: sendPart,
    partWriter(number, length): ObjectWriter<string> {
      return putWriter(length, async (body) => await sendPart(number, body));
    },
    async complete(parts) {
      const ordered = parts.toSorted((a, b) => a.number - b.number);
      if (ordered.length === 0 || ordered.some(({ number }, at) => number !== at + 1)) {
        throw new Error(`parts are missing of ${key}`);
      }
      const list = ordered.map(
        ({ number, etag }) => `<Part><PartNumber>${number}</PartNumber><ETag>${xmlText(etag)}</ETag></Part>`,
      );
      const body = `<CompleteMultipartUpload>${list.join("")}</CompleteMultipartUpload>`;
      const headers = { "Content-Type": "application/xml" };
      const response = await client.send({ method: "POST", key, query, headers, body });
      if (!response.ok) throw known(await refusalOf("joining parts", response));
      // Begun with 200 before it was done: what became of it stands in the body.
      const document = await response.text();
      if (elementText(document, "ETag") === null || document.includes("<Error>")) {
        throw known(new S3Refusal("joining parts", response.status, document));
      }
    },
    async abort() {
      const response = await client.send({ method: "DELETE", key, query });
      if (response.ok) return await response.body?.cancel().catch(() => {});
      absent(await refusalOf("giving an upload up", response));
    },
  };
}

function known(refusal: S3Refusal): Error {
  if (refusal.code === "InvalidPart") return new PartUnknown({ cause: refusal });
  return refusal.code === "NoSuchUpload" ? new UploadGone({ cause: refusal }) : refusal;
}
