import type { RawParameter } from "../origin-url/raw-url.ts";
import { uriEncode } from "./uri-encode.ts";

/** A GET of which only the host is signed, as the fourth version of signatures looks at it. */
export type SignedRequest = {
  readonly host: string;
  /** Encoded. */
  readonly path: string;
  /** As `canonicalQuery` gives it. */
  readonly query: string;
  readonly payload: string;
};

/** AWS, "Create a signed AWS API request", step 1; Google has the same. */
export function canonicalRequest({ host, path, query, payload }: SignedRequest): string {
  return `GET\n${path}\n${query}\nhost:${host}\n\nhost\n${payload}`;
}

/**
 * The parameters but the signature, encoded and sorted by name, then value. `null` when it is in doubt what a server reads:
 * broken percent-encoding, an empty parameter, or a repeated one (S3 counts the first, others all).
 */
export function canonicalQuery(parameters: readonly RawParameter[], signature: string): string | null {
  const pairs: (readonly [name: string, value: string])[] = [];
  for (const { raw } of parameters) {
    const equals = raw.indexOf("=");
    const name = uriEncode(equals < 0 ? raw : raw.slice(0, equals));
    const value = uriEncode(equals < 0 ? "" : raw.slice(equals + 1));
    if (!name || value === null) return null;
    if (name !== signature) pairs.push([name, value]);
  }
  pairs.sort(([one], [other]) => (one < other ? -1 : 1));
  if (pairs.some(([name], at) => name === pairs[at + 1]?.[0])) return null;
  return pairs.map((pair) => pair.join("=")).join("&");
}
