import { foldPercentEncoding } from "../origin-url/percent-encoding.ts";

const NOTHING_TO_DO = /^[A-Za-z0-9._~-]*$/;
const MALFORMED = /%(?![0-9A-Fa-f]{2})/;

/**
 * Percent-encodes what is not unreserved (RFC 3986 section 2.3) and folds what is encoded already: the spelling that
 * signatures of the fourth version are made over, whichever the URL has. `slash`: `/` stays too. `null` for broken
 * percent-encoding, which servers read differently.
 */
export function uriEncode(text: string, slash = false): string | null {
  if (NOTHING_TO_DO.test(text)) return text;
  if (MALFORMED.test(text)) return null;
  return foldPercentEncoding(text).replace(slash ? /[^A-Za-z0-9._~%/-]/g : /[^A-Za-z0-9._~%-]/g, percentEncode);
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
