import { MAX_CUSTOM_KEY_BYTES } from "../entry-key.ts";
import { parseCidr } from "../network/cidr.ts";
import { MAX_TAG_LENGTH, MAX_TAGS, readTags } from "../purge/tags.ts";
import type { UnsignedLink } from "./signed-link.ts";

/** Seconds since the epoch have at most 12 digits here: that is enough for 30,000 years, and milliseconds have 13. */
export const MAX_SECONDS = 999_999_999_999;

type Terms = Pick<UnsignedLink, "scope" | "exp" | "nbf" | "ip" | "tags">;

/** What is wrong with a link's terms, beginning with the field's name; `null`: nothing. */
export function problemOfTerms({ scope, exp, nbf, ip, tags }: Terms): string | null {
  if (!isMoment(exp)) return `exp must be a whole number of seconds since the epoch, of at most 12 digits.`;
  if (nbf !== null && !isMoment(nbf)) {
    return "nbf must be a whole number of seconds since the epoch, of at most 12 digits.";
  }
  if (ip !== null && parseCidr(ip) === null) {
    return "ip must be an IP address, or a CIDR block with no bits set beyond its prefix.";
  }
  if (scope !== null && !isScope(scope)) {
    return `scope must be 1 to ${MAX_CUSTOM_KEY_BYTES} bytes of text and then one *, with no control characters.`;
  }
  if (tags !== null && readTags(tags) === null) {
    return `tags must be 1 to ${MAX_TAGS} tags of 1 to ${MAX_TAG_LENGTH} printable ASCII characters, with commas between them.`;
  }
  return null;
}

/**
 * What is wrong with a link as something to sign, beginning with the field's name; `null`: nothing. Text with control
 * characters could pass for several lines, and a lone surrogate has no UTF-8: both would let two links have one signature.
 */
export function problemOfLink(link: UnsignedLink): string | null {
  for (const field of ["site", "hash", "url"] as const) {
    const text = link[field];
    if (text !== null && !isSignable(text)) return `${field} must not be empty and must hold no control characters.`;
  }
  return problemOfTerms(link);
}

function isSignable(text: string): boolean {
  return text !== "" && !/[\p{Cc}\p{Cs}]/u.test(text);
}

/** Text is required before the `*`: a link to everything is more often an empty variable than a wish. */
function isScope(scope: string): boolean {
  const prefix = scope.slice(0, -1);
  const length = new TextEncoder().encode(prefix).length;
  return scope.endsWith("*") && isSignable(prefix) && !prefix.includes("*") && length <= MAX_CUSTOM_KEY_BYTES;
}

function isMoment(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_SECONDS;
}
