/**
 * Types that a browser would run or render with the powers of our host. Of a `multipart/` one Firefox renders the parts,
 * each as the type that it names (netwerk/streamconv/converters/nsMultiMixedConv.cpp).
 */
const ACTIVE =
  /^\s*(?:text\/(?:html|xsl)|multipart\/[^;]*|(?:text|application)\/(?:x-)?(?:xml|javascript|ecmascript)|[^;]*\+xml)\s*(?:;|$)/;

/** Whether a customer's file could act in a visitor's browser, and is therefore given as a download, in a sandbox. */
export function isActiveContent(contentType: string | null): boolean {
  // Of several types in one field a browser takes the last that it understands (Fetch, "extract a MIME type").
  return (contentType ?? "")
    .toLowerCase()
    .split(",")
    .some((type) => ACTIVE.test(type));
}
