import { parseHttpDate } from "./http-date.ts";

/** What an origin's Cache-Control asks of a shared cache (RFC 9111 section 5.2.2), as far as anything here obeys it. */
export type CacheControl = {
  readonly noStore: boolean;
  /** With field names or without: those of a `private="set-cookie"` are not all that a shared cache should leave out. */
  readonly private: boolean;
  /** With field names or without. */
  readonly noCache: boolean;
  /** Seconds; 0 where the text is invalid or says two things; `null`: not given. */
  readonly maxAge: number | null;
  readonly sMaxage: number | null;
};

/** Names in any case, an argument as a token or in quotes. A quote that is never closed hides no directive behind it. */
const DIRECTIVE = /([^\s,;="]+)(?:=("(?:[^"\\]|\\.)*"|[^\s,;]*))?/g;

/** Seconds; what is more counts as this (RFC 9111 section 1.2.2). */
const LONGEST_S = 2 ** 31;

/** Repeated fields are joined by commas, as `Headers.get` does. Unknown directives are ignored; `null`: no such field. */
export function parseCacheControl(value: string | null): CacheControl {
  const found = new Map<string, string[]>();
  for (const [, name = "", argument = ""] of (value ?? "").matchAll(DIRECTIVE)) {
    const key = name.toLowerCase();
    found.set(key, [...(found.get(key) ?? []), argument]);
  }
  return {
    noStore: found.has("no-store"),
    private: found.has("private"),
    noCache: found.has("no-cache"),
    maxAge: deltaSeconds(found.get("max-age")),
    sMaxage: deltaSeconds(found.get("s-maxage")),
  };
}

/**
 * How long an answer that came at `now` (ms since the epoch) is still fresh for a shared cache, in ms (RFC 9111 sections
 * 4.2.1 and 4.2.3). 0: it is stale, or says something invalid; `null`: the origin says nothing, and nothing is guessed.
 */
export function freshnessMs(head: { header(name: string): string | null }, now: number): number | null {
  const { sMaxage, maxAge } = parseCacheControl(head.header("cache-control"));
  const seconds = sMaxage ?? maxAge;
  const date = parseHttpDate(head.header("date"));
  const lifetime = seconds === null ? untilExpires(head.header("expires"), date ?? now) : seconds * 1000;
  if (lifetime === null) return null;
  const apparentAge = Math.max(0, now - (date ?? now));
  return Math.max(0, lifetime - Math.max(apparentAge, ageMs(head.header("age"))));
}

/** `null`: no such field. An invalid date, of which `0` is the usual one, lies in the past (RFC 9111 section 5.3). */
function untilExpires(value: string | null, date: number): number | null {
  return value === null ? null : Math.max(0, (parseHttpDate(value.trim()) ?? date) - date);
}

/** Of a list the first counts, and an invalid one says nothing (RFC 9111 section 5.1). */
function ageMs(value: string | null): number {
  const [first = ""] = (value ?? "").split(",");
  return /^\d+$/.test(first.trim()) ? Math.min(Number(first), LONGEST_S) * 1000 : 0;
}

/** What says two things, or no number, is stale (RFC 9111 section 4.2.1). `null`: not given. */
function deltaSeconds(given: readonly string[] | undefined): number | null {
  if (given === undefined) return null;
  const [text = "", ...others] = new Set(given.map((argument) => argument.replace(/^"(.*)"$/, "$1")));
  return others.length === 0 && /^\d+$/.test(text) ? Math.min(Number(text), LONGEST_S) : 0;
}
