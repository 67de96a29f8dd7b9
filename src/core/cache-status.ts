import type { Decision } from "./decision.ts";

/** The Cache-Status field (RFC 9211) that tells what became of a request. */
export function cacheStatus(decision: Exclude<Decision, { go: "prove" }>): string {
  return decision.go === "copy" ? "snapbyte; hit" : `snapbyte; fwd=${decision.forward}`;
}
