import type { CorsSettings } from "../tenant.ts";

type Fields = Readonly<Record<string, string>>;

/** What a script needs to play, to seek, to resume and to check, beside what every script may see. In lower case. */
const EXPOSED = [
  ...["accept-ranges", "cache-status", "content-encoding", "content-length", "content-range", "etag"],
  ...["last-modified", "repr-digest"],
];

/** What a script may always send: parts and conditions. In lower case. */
const REQUESTED = ["if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "range"];

/** The methods of a download. OPTIONS only asks. */
const METHODS = "GET, HEAD";

/**
 * The fields of an answer and those by which a page of `origin` may read it (Fetch, "CORS protocol"), whatever its
 * status: a redirect and an error are checked as well, and a 304 brings what is kept to the page that asks now. Never
 * with credentials. `cors` is `null` where the tenant allows nobody, `origin` where the request names none.
 */
export function withCors(fields: Fields, cors: CorsSettings | null, origin: string | null): Record<string, string> {
  const allowed = allowedOrigin(cors, origin);
  return {
    ...varied(fields, cors),
    ...(cors !== null &&
      allowed !== null && {
        "Access-Control-Allow-Origin": allowed,
        "Access-Control-Expose-Headers": list(EXPOSED, cors.exposedHeaders),
        "Timing-Allow-Origin": allowed,
      }),
  };
}

/**
 * The fields of a 204 to OPTIONS, for a preflight and for who only wants to know (RFC 9110 section 9.3.7). All that is
 * allowed is told, whatever was asked for: the browser compares (Fetch, "CORS-preflight fetch").
 */
export function optionsHeaders(cors: CorsSettings | null, origin: string | null): Record<string, string> {
  const allowed = allowedOrigin(cors, origin);
  const fields = varied({ Allow: `${METHODS}, OPTIONS` }, cors);
  if (cors === null || allowed === null) return fields;
  return {
    ...fields,
    "Access-Control-Allow-Origin": allowed,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": list(REQUESTED, cors.requestHeaders),
    "Access-Control-Max-Age": String(cors.maxAgeSeconds),
  };
}

/**
 * Where everybody is allowed, that is said to everybody: one answer then serves all. `Origin: null` is said by pages
 * that have no origin, which any page can bring about, so no list lets it in, not one that holds the word either.
 */
function allowedOrigin(cors: CorsSettings | null, origin: string | null): string | null {
  if (cors === null) return null;
  if (cors.origins.includes("*")) return "*";
  return origin !== null && origin !== "null" && cors.origins.includes(origin) ? origin : null;
}

/** An answer that depends on who asks says so, also to who is not allowed (Fetch, "CORS protocol and HTTP caches"). */
function varied(fields: Fields, cors: CorsSettings | null): Fields {
  if (cors === null || cors.origins.includes("*")) return fields;
  return { ...fields, Vary: fields.Vary === undefined ? "Origin" : `${fields.Vary}, Origin` };
}

function list(always: readonly string[], more: readonly string[]): string {
  return [...new Set([...always, ...more.map((name) => name.toLowerCase())])].join(", ");
}
