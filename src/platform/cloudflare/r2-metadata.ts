import type { ObjectHeaders, StoredHead } from "../../ports/object-store.ts";

/** Names under which R2 keeps, beside the object, what it has no field for: at most 8,192 bytes with all the others. */
const ETAG = "etag";
const LAST_MODIFIED = "last-modified";

/** An object's headers in R2's fields. */
export function r2Metadata(headers: ObjectHeaders): R2MultipartOptions {
  const { contentType, contentEncoding, contentLanguage, contentDisposition, cacheControl } = headers;
  const { etag, lastModified } = headers;
  return {
    httpMetadata: {
      ...(contentType !== null && { contentType }),
      ...(contentEncoding !== null && { contentEncoding }),
      ...(contentLanguage !== null && { contentLanguage }),
      ...(contentDisposition !== null && { contentDisposition }),
      ...(cacheControl !== null && { cacheControl }),
    },
    customMetadata: { [ETAG]: etag, ...(lastModified !== null && { [LAST_MODIFIED]: lastModified }) },
  };
}

/** What {@link r2Metadata} kept. */
export function storedHead({ size, httpEtag, httpMetadata = {}, customMetadata = {} }: R2Object): StoredHead {
  return {
    size,
    headers: {
      contentType: httpMetadata.contentType ?? null,
      contentEncoding: httpMetadata.contentEncoding ?? null,
      contentLanguage: httpMetadata.contentLanguage ?? null,
      contentDisposition: httpMetadata.contentDisposition ?? null,
      cacheControl: httpMetadata.cacheControl ?? null,
      etag: customMetadata[ETAG] ?? httpEtag,
      lastModified: customMetadata[LAST_MODIFIED] ?? null,
    },
  };
}
