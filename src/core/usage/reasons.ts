import type { ErrorCode } from "../errors.ts";
import type { Unstorable } from "../origin-url/unstorable.ts";

/** Why a download was sent to its origin though nobody looked for a copy, or though there may have been one. */
export const BYPASS_REASONS = [
  /** The request has credentials that are not for us. */
  "credentials",
  /** The URL cannot be read as its provider writes them. */
  "unreadable",
  /** What the URL names may not be stored: it is bound to its holder, or is no object. */
  "unstorable",
  /** The key is that of another URL's entry. */
  "misnamed",
  /** The URL has ended, or does not count yet. */
  "ended",
  /** The caller's link proves nothing, or the origin said no. */
  "refused",
  /** The origin did not say in time whether this caller may have the copy. */
  "unproved",
  /** Neither index nor ledger could say in time whether there is a copy. */
  "unknown",
  /** There is a copy, and no link to it could be made. */
  "failed",
  /** A link of ours led to a copy that is gone or out of reach, or has ended itself. */
  "lost",
  /** The tenant has used up what its plan allows. */
  "over_limit",
  /** The tenant is suspended. */
  "suspended",
] as const;
export type BypassReason = (typeof BYPASS_REASONS)[number];

/** What was wrong with a download that no redirect could mend. */
export const REFUSAL_REASONS = [
  /** What was given is no URL of ours, or no key. */
  "url",
  /** The origin is not on the allow-list. */
  "origin",
  /** The tenant's signature on the link does not hold. */
  "link",
  /** The client's address is outside of the tenant's networks, or of the link's. */
  "network",
  /** Only a key was named, under which the caller may have nothing. */
  "key",
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** What a URL that may not be stored counts as. */
export function unstorableReason(why: Unstorable): "unreadable" | "unstorable" {
  return why === "malformed" || why === "dot-segments" ? "unreadable" : "unstorable";
}

const REFUSALS: Partial<Record<ErrorCode, RefusalReason>> = {
  ...{ MISSING_FIELD: "url", INVALID_FIELD: "url", UNENCODED_URL: "url" },
  ORIGIN_NOT_ALLOWED: "origin",
  ...{ LINK_SIGNATURE_INVALID: "link", LINK_KEY_UNKNOWN: "link", LINK_EXPIRED: "link", LINK_NOT_YET_VALID: "link" },
  ...{ LINK_ADDRESS_REFUSED: "network", NETWORK_NOT_ALLOWED: "network" },
  NOT_FOUND: "key",
};

/** What an error counts as that a download was answered with; `null`: it was ours, and no refusal. */
export function refusalReason(code: ErrorCode): RefusalReason | null {
  return REFUSALS[code] ?? null;
}
