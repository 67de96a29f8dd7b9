import type { Proof } from "./access.ts";
import { type HeldEntry, type IndexEntry, isExpired, isFresh } from "./entry.ts";
import type { OriginUrl } from "./origin-url/origin-url.ts";
import { isCurrent, type Verdict } from "./probe-verdict.ts";
import { type BypassReason, unstorableReason } from "./usage/reasons.ts";

/** Why a request is forwarded, in the words of RFC 9211 section 2.2, and whether our copy is known to be old. */
export type Forward = "uri-miss" | "stale" | "bypass";

/**
 * What to do with a download: hand over the copy, ask the origin first whether this caller may have it, or send the
 * caller to the origin, with or without a copy made behind their back.
 */
export type Decision = CopyDecision | { readonly go: "prove"; readonly entry: HeldEntry } | OriginDecision;

/** `fill`: the copy is wanted anew, behind the caller's back. */
export type CopyDecision = { readonly go: "copy"; readonly entry: HeldEntry; readonly fill?: true };

export type OriginDecision = {
  readonly go: "origin";
  readonly fill: boolean;
  readonly forward: Forward;
  /** Why nobody looked for a copy, or why the one that there may be is not handed over; absent: there is none. */
  readonly bypass?: BypassReason;
};

/** What is known of a caller's request before anybody is asked. */
export type Request = {
  readonly url: OriginUrl;
  /** Digest of the URL's identity. */
  readonly identity: string;
  /** Whether its key is that of another URL's entry. */
  readonly misnamed: boolean;
  readonly proof: Proof;
  /** Whether a caller that the tenant knows names the key: by an API key, or by a link that the tenant signed. */
  readonly trusted: boolean;
};

/**
 * What is decided without looking for a copy, so that the time of the answer says nothing of what we hold; `null`: it must
 * be looked for. An expired URL never yields the copy, nor does one that is not valid yet, or that the origin would refuse.
 */
export function decideUnseen({ url, misnamed, proof }: Request, now: number): OriginDecision | null {
  const ended = url.expiresAt !== null && url.expiresAt <= now;
  const notYet = url.notBefore !== null && url.notBefore > now;
  if (url.unstorable) return origin(false, "bypass", unstorableReason(url.unstorable));
  if (misnamed) return origin(false, "bypass", "misnamed");
  if (ended || notYet) return origin(false, "bypass", "ended");
  return proof === "refused" ? origin(false, "uri-miss", "refused") : null;
}

/**
 * Decides by what the index and the ledger know. `undefined`: they could not be asked in time, so nothing is known.
 * A caller without proof is sent to the origin, which checks its own signature.
 */
export function decide(request: Request, entry: IndexEntry | null | undefined, now: number): Decision {
  const unseen = decideUnseen(request, now);
  if (unseen) return unseen;
  if (entry === undefined) return origin(false, "uri-miss", "unknown");
  if (entry === null) return origin(true, "uri-miss");
  if (entry.state === "expired" || isExpired(entry, now)) return origin(false, "uri-miss");
  if (entry.boundTo !== request.identity) return origin(request.trusted, "uri-miss");
  const proved = request.proof === "given";
  // Without proof it looks like a miss: that we hold an old copy is for those who may have it.
  if (entry.state === "stale" || (proved && !isFresh(entry.copy, now))) {
    return origin(true, proved ? "stale" : "uri-miss");
  }
  return proved ? copyOf(entry) : { go: "prove", entry };
}

/**
 * Decides once the origin was asked; `null`: it did not answer in time. A no looks like a miss from outside, so that
 * nobody learns what we hold by asking with a bad link. A copy that is fresh no more is good only under the ETag that the
 * origin has just named.
 */
export function decideOnVerdict(
  entry: HeldEntry,
  verdict: Verdict | null,
  now: number,
): Exclude<Decision, { go: "prove" }> {
  if (!verdict?.allowed) return origin(false, "uri-miss", verdict ? "refused" : "unproved");
  // The yes to an empty object was a yes to no byte: it opens no copy that has some.
  const { copy } = entry;
  if (verdict.size === 0 && copy.size > 0 && verdict.askedAt < copy.storedAt) {
    return origin(false, "uri-miss", "refused");
  }
  const confirmed = isFresh(copy, now) || (verdict.etag !== null && verdict.etag === copy.originEtag);
  return confirmed && isCurrent(copy, verdict) ? copyOf(entry) : origin(true, "stale");
}

/** A copy that is wanted anew is handed over all the same: whoever wants it gone at once purges it. */
function copyOf(entry: HeldEntry): CopyDecision {
  return entry.refreshWanted ? { go: "copy", entry, fill: true } : { go: "copy", entry };
}

/** To the origin, unfilled, whatever there may be. */
export function bypassed(reason: BypassReason): OriginDecision {
  return origin(false, "bypass", reason);
}

function origin(fill: boolean, forward: Forward, bypass?: BypassReason): OriginDecision {
  return bypass ? { go: "origin", fill, forward, bypass } : { go: "origin", fill, forward };
}
