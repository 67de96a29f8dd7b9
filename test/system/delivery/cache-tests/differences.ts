/** Why tests of the suite's end otherwise with us, and which. */
export type Difference = { readonly why: string; readonly tests: readonly string[] };

const UPDATABLE = ["Cache-Control", "Clear-Site-Data", "Content-Foo", "Content-Location", "Content-Security-Policy"];
const MORE_UPDATABLE = ["Content-Type", "Expires", "Public-Key-Pins", "Set-Cookie", "Set-Cookie2", "Test-Header"];
const REST_UPDATABLE = ["X-Content-Foo", "X-Frame-Options", "X-Test-Header", "X-XSS-Protection"];
const NOT_UPDATABLE = ["Content-Encoding", "Content-Length", "Content-MD5", "Content-Range", "ETag"];
const UNSAFE = ["DELETE", "M-SEARCH", "POST", "PUT"];
const STATUSES = [203, 204, 299, 301, 302, 303, 307, 308, 400, 404, 410, 499, 500, 502, 503, 504, 599];

export const DIFFERENCES: readonly Difference[] = [
  {
    why: "a copy that is fresh no more is made anew and never revalidated; its client goes to the origin meanwhile",
    tests: [
      "cc-resp-must-revalidate-stale",
      "conditional-etag-strong-generate",
      "conditional-etag-vary-headers",
      "conditional-etag-weak-generate-weak",
      "304-lm-use-stored-Test-Header",
      ...[...UPDATABLE, ...MORE_UPDATABLE, ...REST_UPDATABLE, ...NOT_UPDATABLE].map(
        (name) => `304-etag-update-response-${name}`,
      ),
    ],
  },
  {
    why: "what says no-cache is not stored, since each use of it would ask the origin",
    tests: ["cc-resp-no-cache-revalidate", "cc-resp-no-cache-revalidate-fresh"],
  },
  {
    why: "of an Age in a list the first member counts, and an invalid one is ignored (RFC 9111 section 5.1)",
    tests: [
      ...["dup-0", "dup-0-twoline", "dup-old", "float", "negative", "nonnumeric"].map((name) => `age-parse-${name}`),
      ...["numeric-parameter", "parameter", "prefix-twoline"].map((name) => `age-parse-${name}`),
    ],
  },
  {
    why: "a copy keeps what describes its bytes, and no other field: cookies and the powers of a page are its origin's",
    tests: [
      "headers-omit-headers-listed-in-Connection",
      ...["Clear-Site-Data", "Content-Foo", "Content-Location", "Content-Range", "Content-Security-Policy"].map(stored),
      ...["Public-Key-Pins", "Set-Cookie", "Set-Cookie2", "Test-Header", "X-Content-Foo", "X-Frame-Options"].map(
        stored,
      ),
      ...["X-Test-Header", "X-XSS-Protection"].map(stored),
    ],
  },
  {
    why: "a link is a resource of ours, made now and kept as long as it lives: Age, Date and freshness are its own",
    tests: [
      ...["Cache-Control", "Expires"].map(stored),
      ...["other-age-gen", "other-age-update-expires", "other-age-update-max-age", "other-date-update"],
    ],
  },
  {
    why: "bytes that are not those of their Content-MD5 are not stored; the suite makes it up",
    tests: [stored("Content-MD5")],
  },
  {
    why: "a body in a transfer coding that nobody knows cannot be read, and is not stored (RFC 9112 section 6.1)",
    tests: [stored("Transfer-Encoding")],
  },
  {
    why: "a weak ETag tells nothing of bytes: the copy has a strong one of its own",
    tests: ["conditional-etag-weak-respond"],
  },
  {
    why: "without Last-Modified nothing can be compared, and If-Modified-Since is ignored (RFC 9110 section 13.1.3)",
    tests: ["conditional-lm-fresh-no-lm"],
  },
  {
    why: "only a 200 is stored: it is files that are kept, and an error is the origin's to tell",
    tests: [
      ...STATUSES.map((status) => `status-${status}-fresh`),
      ...[203, 204, 404, 405, 410, 414, 501, 599].map((status) => `heuristic-${status}-cached`),
    ],
  },
  {
    why: "an answer that depends on the request's fields is not stored, in none of its forms",
    tests: [
      ...["match", "2-match", "3-match", "3-omit", "cache-key", "invalidate"].map((name) => `vary-${name}`),
      ...["combine", "space"].map((name) => `vary-normalise-${name}`),
      ...["case", "order", "select", "space"].map((name) => `vary-normalise-lang-${name}`),
    ],
  },
  {
    why: "a request with credentials is the origin's, and its answer is nobody else's",
    tests: ["public", "must-revalidate", "smaxage"].map((name) => `other-authorization-${name}`),
  },
  {
    why: "whoever writes does so at the origin, and we never see it (RFC 9111 section 4.4); a purge tells us",
    tests: [
      ...UNSAFE.flatMap((method) => ["", "-cl", "-location"].map((end) => `invalidate-${method}${end}`)),
      "method-POST",
    ],
  },
  {
    why: "a copy is whole: a part is not kept, and the whole is fetched instead",
    tests: [
      "partial-store-partial-complete",
      ...["", "-absent", "-byterange", "-suffix"].map((end) => `partial-store-partial-reuse-partial${end}`),
    ],
  },
  {
    why: "the client stands before the origin itself when that cuts the connection; the suite takes that for no answer",
    tests: ["must-revalidate", "no-cache", "proxy-revalidate", "s-maxage=2"].map((name) => `stale-close-${name}`),
  },
  {
    why: "Surrogate-Control is no standard, and for caches that an origin knows by name: Cache-Control counts alone",
    tests: [
      ...["fresh-cc-nostore", "no-store", "no-store-cc-fresh"].map((name) => `surrogate-${name}`),
      ...["0", "0-expires", "age", "cc-max-age-invalid-expires", "expires"].map((name) => `surrogate-max-age-${name}`),
      ...["long-cc-max-age", "other-target", "short-cc-max-age"].map((name) => `surrogate-max-age-${name}`),
    ],
  },
];

function stored(name: string): string {
  return `headers-store-${name}`;
}
