/** Percent-encodes all but unreserved characters (RFC 3986 section 2.3), as signatures are made of. */
export function strictEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** A time in ms since the epoch as SigV4 and its kin write it, such as `20260102T030405Z`. */
export function compactDate(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d+/g, "");
}
