import { type HeldEntry, type IndexEntry, isExpired } from "./entry.ts";
import type { OriginUrl } from "./origin-url/origin-url.ts";
import { isCurrent, type Verdict } from "./probe-verdict.ts";
import type { AccessMode } from "./tenant.ts";

/** Why a request is forwarded, in the words of RFC 9211 section 2.2, and whether our copy is known to be old. */
export type Forward = "uri-miss" | "stale" | "bypass";

/**
 * What to do with a download: hand over the copy, ask the origin first whether this caller may have it, or send the
 * caller to the origin, with or without a copy made behind their back.
 */
export type Decision =
  | { readonly go: "copy"; readonly entry: HeldEntry }
  | { readonly go: "prove"; readonly entry: HeldEntry }
  | OriginDecision;

export type OriginDecision = { readonly go: "origin"; readonly fill: boolean; readonly forward: Forward };

/** What is known of a caller's request before anybody is asked. */
export type Request = {
  readonly url: OriginUrl;
  /** Digest of the URL's identity. */
  readonly identity: string;
  /** Whether its key is that of another URL's entry. */
  readonly misnamed: boolean;
  readonly access: AccessMode;
  /** Whether the caller showed an API key of the tenant. */
  readonly trusted: boolean;
};

/**
 * Decides by what the index and the ledger know. `undefined`: they could not be asked in time, so nothing is known.
 * An expired URL never yields the copy; a caller without proof is sent to the origin, which checks its own signature.
 */
export function decide(request: Request, entry: IndexEntry | null | undefined, now: number): Decision {
  const { url, misnamed } = request;
  const ended = url.expiresAt !== null && url.expiresAt <= now;
  if (url.unstorable || misnamed || ended) return origin(false, "bypass");
  if (entry === undefined) return origin(false, "uri-miss");
  if (entry === null) return origin(true, "uri-miss");
  if (entry.state === "expired" || isExpired(entry, now)) return origin(false, "uri-miss");
  if (entry.boundTo !== request.identity) return origin(request.trusted, "uri-miss");
  // Without proof it looks like a miss: that we hold an old copy is for those who may have it.
  if (entry.state === "stale") return origin(true, request.access === "public" ? "stale" : "uri-miss");
  return { go: request.access === "public" ? "copy" : "prove", entry };
}

/**
 * Decides once the origin was asked; `null`: it did not answer in time. A no looks like a miss from outside, so that
 * nobody learns what we hold by asking with a bad link.
 */
export function decideOnVerdict(entry: HeldEntry, verdict: Verdict | null): Exclude<Decision, { go: "prove" }> {
  if (!verdict?.allowed) return origin(false, "uri-miss");
  // The yes to an empty object was a yes to no byte: it opens no copy that has some.
  const { copy } = entry;
  if (verdict.size === 0 && copy.size > 0 && verdict.askedAt < copy.storedAt) return origin(false, "uri-miss");
  return isCurrent(copy, verdict) ? { go: "copy", entry } : origin(true, "stale");
}

function origin(fill: boolean, forward: Forward): OriginDecision {
  return { go: "origin", fill, forward };
}
