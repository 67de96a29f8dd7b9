import { listNamesEtag, listNamesStrongEtag } from "./etag.ts";
import { parseHttpDate } from "./http-date.ts";

/** The validators of what we hold. */
export type Validators = {
  /** Strong and quoted. */
  readonly etag: string;
  /** Milliseconds since the epoch; HTTP dates know only seconds. */
  readonly lastModified: number | null;
};

export type Conditions = {
  readonly method: string;
  readonly ifMatch: string | null;
  readonly ifUnmodifiedSince: string | null;
  readonly ifNoneMatch: string | null;
  readonly ifModifiedSince: string | null;
  readonly ifRange: string | null;
};

/** The preconditions of a request; absent fields are `null`. */
export function conditionsOf(method: string, headers: { get(name: string): string | null }): Conditions {
  return {
    method,
    ifMatch: headers.get("If-Match"),
    ifUnmodifiedSince: headers.get("If-Unmodified-Since"),
    ifNoneMatch: headers.get("If-None-Match"),
    ifModifiedSince: headers.get("If-Modified-Since"),
    ifRange: headers.get("If-Range"),
  };
}

/** Evaluates preconditions in the order of RFC 9110 section 13.2.2: 412, 304, or `null` to go on. */
export function failedPrecondition(conditions: Conditions, { etag, lastModified }: Validators): 304 | 412 | null {
  const { ifMatch, ifUnmodifiedSince, ifNoneMatch, ifModifiedSince } = conditions;
  if (ifMatch !== null) {
    if (!listNamesStrongEtag(ifMatch, etag)) return 412;
  } else if (isLater(lastModified, ifUnmodifiedSince) === true) return 412;
  const reads = conditions.method === "GET" || conditions.method === "HEAD";
  if (ifNoneMatch !== null) {
    if (listNamesEtag(ifNoneMatch, etag)) return reads ? 304 : 412;
  } else if (reads && isLater(lastModified, ifModifiedSince) === false) return 304;
  return null;
}

/**
 * Whether a Range field counts: with If-Range, only for the very representation it names (RFC 9110 section 13.1.5).
 * Our dates are strong validators (section 8.8.2.2): what a link names is one generation, which cannot change within a
 * second.
 */
export function rangeApplies({ method, ifRange }: Conditions, { etag, lastModified }: Validators): boolean {
  if (method !== "GET") return false;
  if (ifRange === null) return true;
  if (ifRange.startsWith('"') || ifRange.startsWith("W/")) return ifRange === etag;
  return lastModified !== null && seconds(lastModified) === seconds(parseHttpDate(ifRange) ?? Number.NaN);
}

/** `null`: nothing to compare, so the condition is ignored. */
function isLater(lastModified: number | null, date: string | null): boolean | null {
  const limit = parseHttpDate(date);
  if (lastModified === null || limit === null) return null;
  return seconds(lastModified) > seconds(limit);
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
