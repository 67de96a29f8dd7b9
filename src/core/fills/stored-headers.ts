import { isStrongEtag } from "../http/etag.ts";
import type { OriginHead } from "./fillable.ts";

/** What is kept of an origin's answer beside the bytes. A list of what is allowed: cookies and the rest never get in. */
export function storedHeaders(head: OriginHead, generation: string) {
  const etag = head.header("etag");
  return {
    contentType: head.header("content-type"),
    contentEncoding: head.header("content-encoding"),
    contentLanguage: head.header("content-language"),
    contentDisposition: head.header("content-disposition"),
    lastModified: head.header("last-modified"),
    // A client that began at the origin goes on with us by the origin's strong ETag. Without one, a generation is one.
    etag: isStrongEtag(etag) ? etag : `"${generation}"`,
  };
}
