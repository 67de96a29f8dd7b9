import type { OriginHead } from "../fills/origin-head.ts";
import { present } from "./fields.ts";
import { servedType } from "./object-headers.ts";
import { type Display, safetyHeaders } from "./safety-headers.ts";

/**
 * The fields of an answer that passes through: a list of what is allowed of the origin's own, nothing that acts in the
 * name of our host, and no leave to keep it under our address, which the next client may be refused.
 */
export function passedHeaders(head: OriginHead, cacheStatus: string, display: Display): Record<string, string> {
  const type = head.header("content-type");
  return present({
    "Accept-Ranges": head.header("accept-ranges"),
    "Content-Encoding": head.header("content-encoding"),
    "Content-Language": head.header("content-language"),
    // One beside chunks counts for nothing (RFC 9112 section 6.3).
    "Content-Length": head.header("transfer-encoding") === null ? head.header("content-length") : null,
    "Content-Range": head.header("content-range"),
    "Content-Type": servedType(type),
    ETag: head.header("etag"),
    "Last-Modified": head.header("last-modified"),
    "Cache-Control": "private, no-store, no-transform",
    "Cache-Status": cacheStatus,
    ...safetyHeaders(type, head.header("content-disposition"), display),
  });
}
