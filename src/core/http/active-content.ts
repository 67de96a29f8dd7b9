/**
 * Types that a browser would run or render with the powers of our host: documents, whatever is XML, the names of
 * JavaScript (MIME Sniffing, "JavaScript MIME type"), and PDF, whose viewer follows links and runs scripts of its own.
 * Of a `multipart/` one Firefox renders the parts, each as the type that it names
 * (netwerk/streamconv/converters/nsMultiMixedConv.cpp).
 */
const ACTIVE = new RegExp(
  `^\\s*(?:${[
    "text/(?:html|xsl)",
    "multipart/[^;]*",
    "(?:text|application)/(?:x-)?(?:xml|javascript|ecmascript)",
    "text/(?:javascript1\\.[0-5]|jscript|livescript)",
    "(?:text|application)/(?:x-|vnd\\.)?pdf",
    "[^;]*\\+xml",
  ].join("|")})\\s*(?:;|$)`,
);

/** Whether a customer's file could act in a visitor's browser, and is therefore given as a download, in a sandbox. */
export function isActiveContent(contentType: string | null): boolean {
  // Of several types in one field a browser takes the last that it understands (Fetch, "extract a MIME type").
  return (contentType ?? "")
    .toLowerCase()
    .split(",")
    .some((type) => ACTIVE.test(type));
}
