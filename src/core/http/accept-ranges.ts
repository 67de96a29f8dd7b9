import type { OriginHead } from "../fills/origin-head.ts";

/** Whether a server says that it does byte ranges; units are case-insensitive (RFC 9110 sections 14.1 and 14.3). */
export function doesRanges(head: OriginHead): boolean {
  return head.header("accept-ranges")?.trim().toLowerCase() === "bytes";
}
