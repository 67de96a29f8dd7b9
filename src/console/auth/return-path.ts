/**
 * Where to go after sign-in: a path of our own, or `otherwise`. What a browser would read as another host is none:
 * `//evil.example`, `/\evil.example`, and the same behind characters that URLs lose (WHATWG URL, section 4.4).
 */
export function returnPath(wanted: string | null, otherwise = "/"): string {
  if (wanted === null || !/^\/(?![/\\])[^\p{Cc}\\]*$/u.test(wanted)) return otherwise;
  const base = "https://console.invalid";
  try {
    const { origin, pathname, search, hash } = new URL(wanted, base);
    // Dots that are folded may leave two slashes in front.
    return origin === base && !pathname.startsWith("//") ? pathname + search + hash : otherwise;
  } catch {
    return otherwise;
  }
}
