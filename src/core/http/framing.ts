import type { OriginHead } from "../fills/origin-head.ts";

/**
 * Whether the end of a body without a length is marked (chunked, RFC 9112 section 7.1). One that ends where its connection
 * does cannot be told from one that was cut.
 */
export function isChunked(head: OriginHead): boolean {
  return /\bchunked\b/i.test(head.header("transfer-encoding") ?? "");
}
