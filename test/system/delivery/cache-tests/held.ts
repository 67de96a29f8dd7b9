/** What may not be reused, or not for that request: the tests of safety. Every one of them is required of a cache. */
export const SAFETY: readonly string[] = [
  // no-store, no-cache and private
  "cc-resp-no-cache",
  "cc-resp-no-cache-case-insensitive",
  "cc-resp-no-store",
  "cc-resp-no-store-case-insensitive",
  "cc-resp-no-store-fresh",
  "cc-resp-private-shared",
  // Authorization, and the query as part of the key
  "other-authorization",
  "query-args-different",
  // Vary
  ...["no-match", "omit", "omit-stored", "2-no-match", "2-match-omit", "3-no-match", "3-order", "star"].map(vary),
  ...["star", "star-star", "star-star-lines", "empty-star", "empty-star-lines", "star-foo", "foo-star"].map(varySyntax),
  // Errors, and what nobody understands
  ...[403, 502, 503, 504, 599].map((status) => `heuristic-${status}-not_cached`),
  ...[400, 404, 410, 499, 500, 502, 503, 504, 599].map((status) => `status-${status}-stale`),
  "status-599-must-understand",
];

/** How a copy is handed over: 304, parts of it, and the fields that are kept, and are not, beside its bytes. */
export const DELIVERY: readonly string[] = [
  "conditional-304-etag",
  "conditional-etag-precedence",
  "conditional-etag-strong-respond",
  "conditional-etag-strong-respond-multiple-first",
  "conditional-etag-strong-respond-multiple-last",
  "conditional-etag-strong-respond-multiple-second",
  "conditional-lm-fresh",
  "conditional-lm-fresh-earlier",
  "conditional-lm-fresh-rfc850",
  "conditional-lm-stale",
  "partial-store-complete-reuse-partial",
  "partial-store-complete-reuse-partial-no-last",
  "partial-store-complete-reuse-partial-suffix",
  "partial-use-headers",
  ...["Content-Encoding", "Content-Length", "Content-Type", "ETag"].map(storedHeader),
  ...["Connection", "Keep-Alive", "TE", "Upgrade"].map(storedHeader),
  ...["Authenticate", "Authentication-Info", "Authorization", "Connection"].map((name) =>
    storedHeader(`Proxy-${name}`),
  ),
  "other-cookie",
  "other-set-cookie",
  "query-args-same",
  "status-200-fresh",
];

function vary(name: string): string {
  return `vary-${name}`;
}

function varySyntax(name: string): string {
  return `vary-syntax-${name}`;
}

function storedHeader(name: string): string {
  return `headers-store-${name}`;
}
