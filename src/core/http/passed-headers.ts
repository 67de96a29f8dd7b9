import type { OriginHead } from "../fills/origin-head.ts";
import { isActiveContent } from "./active-content.ts";
import { asAttachment } from "./delivery-headers.ts";

/** What of an origin's answer reaches a client whose download passes through us. A list of what is allowed. */
const PASSED = [
  "content-type",
  "content-encoding",
  "content-language",
  "content-range",
  "accept-ranges",
  "etag",
  "last-modified",
] as const;

/**
 * The fields of an answer that passes through: the origin's own, but nothing that acts in the name of our host, and no
 * leave to keep it under our address, which the next client may be refused.
 */
export function passedHeaders(head: OriginHead, cacheStatus: string): Record<string, string> {
  const active = isActiveContent(head.header("content-type"));
  const disposition = head.header("content-disposition");
  const fields = PASSED.map((name) => [name, head.header(name)] as const);
  const all: (readonly [string, string | null])[] = [
    ...fields,
    ["content-type", head.header("content-type") ?? "application/octet-stream"],
    // One beside chunks counts for nothing (RFC 9112 section 6.3).
    ["content-length", head.header("transfer-encoding") === null ? head.header("content-length") : null],
    ["content-disposition", active ? asAttachment(disposition) : disposition],
    ["content-security-policy", active ? "sandbox" : null],
    ["cache-control", "private, no-store, no-transform"],
    ["cache-status", cacheStatus],
    ["referrer-policy", "no-referrer"],
    ["x-content-type-options", "nosniff"],
  ];
  return Object.fromEntries(all.filter((field): field is [string, string] => field[1] !== null));
}
