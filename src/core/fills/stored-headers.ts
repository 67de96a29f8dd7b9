import type { ObjectHeaders } from "../http/delivery-headers.ts";
import { isStrongEtag } from "../http/etag.ts";
import type { Presentation } from "../presentation.ts";
import type { OriginHead } from "./origin-head.ts";

/**
 * What is kept of an origin's answer beside the bytes. A list of what is allowed: cookies and the rest never get in.
 * `overridden`: fields that the URL asked for and that say nothing of the object. A type that its signer gave is kept all
 * the same: it is the best that anybody knows.
 */
export function storedHeaders(
  head: OriginHead,
  generation: string,
  overridden: ReadonlySet<keyof Presentation>,
): ObjectHeaders {
  const etag = head.header("etag");
  return {
    contentType: head.header("content-type"),
    contentEncoding: head.header("content-encoding"),
    contentLanguage: overridden.has("contentLanguage") ? null : head.header("content-language"),
    contentDisposition: overridden.has("contentDisposition") ? null : head.header("content-disposition"),
    cacheControl: head.header("cache-control"),
    lastModified: head.header("last-modified"),
    // A client that began at the origin goes on with us by the origin's strong ETag. Without one, a generation is one.
    etag: isStrongEtag(etag) ? etag : `"${generation}"`,
  };
}
