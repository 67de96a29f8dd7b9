import type { NativeChecks, ObjectHeaders, ObjectStore } from "../../ports/object-store.ts";
import { putWriter } from "./put-writer.ts";
import { putFailure, r2Check } from "./r2-checks.ts";
import { r2Metadata, storedHead } from "./r2-metadata.ts";
import { r2MultipartUpload } from "./r2-multipart-upload.ts";

/**
 * The store in R2. A put to a key that is taken is refused; a multipart upload cannot be, so its key must be fresh.
 * R2 takes one write per second and key, and at most 5 GiB in one put:
 * https://developers.cloudflare.com/r2/platform/limits/. Has no time budget of its own and rejects when R2 does.
 */
export function r2ObjectStore(bucket: R2Bucket): ObjectStore {
  async function putOnce(
    key: string,
    body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>,
    headers: ObjectHeaders,
    checks: NativeChecks,
  ): Promise<void> {
    const check = r2Check(checks);
    const stored = await bucket
      .put(key, body, {
        ...r2Metadata(headers),
        ...(check && { [check.algorithm]: check.declared }),
        onlyIf: new Headers({ "If-None-Match": "*" }),
      })
      .catch((error: unknown) => {
        throw putFailure(error, check);
      });
    if (!stored) throw new Error(`${key} is stored already`);
  }

  return {
    async put(key, bytes, headers, checks = {}) {
      await putOnce(key, bytes, headers, checks);
    },
    writer(key, length, headers, checks = {}) {
      return putWriter(length, async (body) => await putOnce(key, body, headers, checks));
    },
    async createMultipart(key, headers) {
      return r2MultipartUpload(await bucket.createMultipartUpload(key, r2Metadata(headers)));
    },
    resumeMultipart(key, id) {
      return r2MultipartUpload(bucket.resumeMultipartUpload(key, id));
    },
    async head(key) {
      const object = await bucket.head(key);
      return object ? storedHead(object) : null;
    },
    async get(key, range) {
      const object = await bucket.get(key, range ? { range: { offset: range.offset, length: range.length } } : {});
      return object ? { ...storedHead(object), body: object.body } : null;
    },
    async delete(key) {
      await bucket.delete(key);
    },
    async list({ cursor, limit }) {
      const page = await bucket.list({ limit, ...(cursor !== null && { cursor }) });
      const objects = page.objects.map(({ key, size, uploaded }) => ({ key, size, storedAt: uploaded.getTime() }));
      return { objects, cursor: page.truncated ? page.cursor : null };
    },
  };
}
