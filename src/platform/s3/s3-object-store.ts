import type { ByteRange } from "../../core/http/byte-range.ts";
import { parseContentRange } from "../../core/http/content-range.ts";
import type { ObjectHeaders, ObjectStore } from "../../ports/object-store.ts";
import type { StartHash } from "../../ports/running-hash.ts";
import { putWriter } from "../cloudflare/put-writer.ts";
import { type S3Check, s3Check } from "./s3-checks.ts";
import { type Body, s3Client } from "./s3-client.ts";
import { s3Listing } from "./s3-listing.ts";
import { s3Metadata, storedHead } from "./s3-metadata.ts";
import { s3MultipartUpload } from "./s3-multipart-upload.ts";
import { absent, refusalOf } from "./s3-refusal.ts";
import type { S3Settings } from "./s3-settings.ts";
import { elementText } from "./xml.ts";

/**
 * The store in a bucket of any S3-compatible service. A put to a key that is taken is refused where the service can do
 * that; an upload in parts cannot be, so keys must be fresh. At most 5 GiB in one put:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html. Asks once and has no time budget of its own. Its
 * errors tell neither the address nor the key of the store.
 */
export function s3ObjectStore(settings: S3Settings, startHash: StartHash): ObjectStore {
  const client = s3Client(settings);
  const metadata = (headers: ObjectHeaders) => s3Metadata(headers, settings.presign ?? false);
  const once = client.quirks.putsOnce ? { "If-None-Match": "*" } : {};

  async function putOnce(key: string, body: Body, fields: Record<string, string>, check: S3Check): Promise<void> {
    const response = await client.send({ method: "PUT", key, headers: { ...fields, ...check.headers, ...once }, body });
    if (response.ok) return await response.body?.cancel().catch(() => {});
    const refusal = await refusalOf("a put", response);
    throw refusal.status === 412 ? new Error(`${key} is stored already`) : check.failure(refusal);
  }

  const get: ObjectStore["get"] = async (key, range) => {
    const headers = range ? { Range: `bytes=${range.offset}-${range.offset + range.length - 1}` } : {};
    const response = await client.send({ method: "GET", key, headers });
    if (response.ok) return await readObject(response, range);
    return absent(await refusalOf("a get", response));
  };

  return {
    async put(key, bytes, headers, checks = {}) {
      const check = s3Check(checks, startHash);
      const put = async () => await putOnce(key, bytes, metadata(headers), check);
      const whole = check.around({ write: async () => {}, end: put, abort: async () => {} });
      await whole.write(bytes);
      await whole.end();
    },
    writer(key, length, headers, checks = {}) {
      const check = s3Check(checks, startHash);
      return check.around(putWriter(length, async (body) => await putOnce(key, body, metadata(headers), check)));
    },
    async createMultipart(key, headers) {
      const query = { uploads: "" };
      const response = await client.send({ method: "POST", key, query, headers: metadata(headers) });
      if (!response.ok) throw await refusalOf("an upload", response);
      const id = elementText(await response.text(), "UploadId");
      if (!id) throw new Error("an upload: the store gave it no id");
      return s3MultipartUpload(client, key, id);
    },
    resumeMultipart: (key, id) => s3MultipartUpload(client, key, id),
    async head(key) {
      const response = await client.send({ method: "HEAD", key });
      if (response.ok) return storedHead(response, lengthOf(response));
      if (response.status !== 404) throw await refusalOf("a head", response);
      // Such an answer has no body, and a bucket that is not there answers the same.
      await (await get(key, { offset: 0, length: 1 }))?.body.cancel();
      return null;
    },
    get,
    async delete(key) {
      const response = await client.send({ method: "DELETE", key });
      if (response.ok) return await response.body?.cancel().catch(() => {});
      absent(await refusalOf("a delete", response));
    },
    list: s3Listing(client),
  };
}

/** Rejects where it is not exactly the range that was asked for: a reader would take other bytes for it. */
async function readObject(response: Response, range: ByteRange | null) {
  try {
    const head = storedHead(response, range ? sizeOf(response, range) : lengthOf(response));
    return { ...head, body: response.body ?? new Blob([]).stream() };
  } catch (error) {
    await response.body?.cancel().catch(() => {});
    throw error;
  }
}

function sizeOf({ status, headers }: Response, { offset, length }: ByteRange): number {
  const sent = status === 206 ? parseContentRange(headers.get("Content-Range")) : null;
  const asAsked = sent !== null && sent.first === offset && sent.last === offset + length - 1;
  if (!asAsked || sent.size === null) throw new Error("a get: the store sent another range than it was asked for");
  return sent.size;
}

function lengthOf({ status, headers }: Response): number {
  const length = headers.get("Content-Length");
  if (status !== 200 || length === null || !/^\d+$/.test(length))
    throw new Error("the store does not say how long the object is");
  return Number(length);
}
