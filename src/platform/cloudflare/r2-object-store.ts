import type { ObjectHeaders, ObjectStore, StoredHead } from "../../ports/object-store.ts";
import { r2MultipartUpload } from "./r2-multipart-upload.ts";

/** Names under which R2 keeps, beside the object, what it has no field for: at most 8,192 bytes with all the others. */
const ETAG = "etag";
const LAST_MODIFIED = "last-modified";

/**
 * The store in R2. A put to a key that is taken is refused; a multipart upload cannot be, so its key must be fresh.
 * R2 takes one write per second and key, and at most 5 GiB in one put:
 * https://developers.cloudflare.com/r2/platform/limits/. Has no time budget of its own and rejects when R2 does.
 */
export function r2ObjectStore(bucket: R2Bucket): ObjectStore {
  return {
    async put(key, bytes, headers) {
      const stored = await bucket.put(key, bytes, {
        ...metadata(headers),
        onlyIf: new Headers({ "If-None-Match": "*" }),
      });
      if (!stored) throw new Error(`${key} is stored already`);
    },
    async createMultipart(key, headers) {
      return r2MultipartUpload(await bucket.createMultipartUpload(key, metadata(headers)));
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
  };
}

function metadata(headers: ObjectHeaders): R2MultipartOptions {
  const { contentType, contentEncoding, contentLanguage, contentDisposition, etag, lastModified } = headers;
  return {
    httpMetadata: {
      ...(contentType !== null && { contentType }),
      ...(contentEncoding !== null && { contentEncoding }),
      ...(contentLanguage !== null && { contentLanguage }),
      ...(contentDisposition !== null && { contentDisposition }),
    },
    customMetadata: { [ETAG]: etag, ...(lastModified !== null && { [LAST_MODIFIED]: lastModified }) },
  };
}

function storedHead({ size, httpEtag, httpMetadata = {}, customMetadata = {} }: R2Object): StoredHead {
  return {
    size,
    headers: {
      contentType: httpMetadata.contentType ?? null,
      contentEncoding: httpMetadata.contentEncoding ?? null,
      contentLanguage: httpMetadata.contentLanguage ?? null,
      contentDisposition: httpMetadata.contentDisposition ?? null,
      etag: customMetadata[ETAG] ?? httpEtag,
      lastModified: customMetadata[LAST_MODIFIED] ?? null,
    },
  };
}
