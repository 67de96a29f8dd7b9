const UNRESERVED = /[A-Za-z0-9._~-]/;

/**
 * Folds spellings of the same URL text and nothing else: percent-encoded unreserved characters become themselves, hex
 * digits become upper case (RFC 3986 section 6.2.2). `%2F`, `//` and `./` stay: to an object store they are other keys.
 */
export function foldPercentEncoding(text: string): string {
  const ascii = encodeNonAscii(text);
  if (!ascii.includes("%")) return ascii;
  return ascii.replace(/%([0-9A-Fa-f]{2})/g, (encoded, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return UNRESERVED.test(character) ? character : encoded.toUpperCase();
  });
}

/** Percent-encodes what is outside ASCII, as every client does before it sends a URL; the rest stays byte for byte. */
export function encodeNonAscii(text: string): string {
  return text.toWellFormed().replace(/\P{ASCII}+/gu, encodeURIComponent);
}

const DOT_SEGMENT = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;

/** Whether a client would fold the path before sending it (WHATWG URL: `.` and `..` segments, also written as `%2e`). */
export function hasDotSegments(path: string): boolean {
  return DOT_SEGMENT.test(path);
}
