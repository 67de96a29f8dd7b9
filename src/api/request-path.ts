import { SnapbyteError } from "../core/errors.ts";
import { hasDotSegments } from "../core/origin-url/percent-encoding.ts";

/**
 * A URL whose path is its text: a host name whose last label begins with a letter, so that it is no number in disguise, a
 * port that there is, no backslash, which the URL class takes for a slash, and no white space, some of which it drops. Not
 * an `xn--` name, which may be none.
 */
const PLAIN = /^https?:\/\/(?!xn--)(?:[a-z0-9-]+\.(?!xn--))*[a-z][a-z0-9-]*(?::\d{1,4})?(\/[^?#\\\s]*)(?:[?#]|$)/i;

/**
 * The path of a request's URL, as the URL class reads it but for the percent-encoding of what must not stand there. The
 * runtime hands a URL on as the client sent it: where its text could be read in two ways (`/f/../cache`), the class
 * decides, as it does for the router; where it could not, that would cost for nothing what a hit costs. Throws 404 for a
 * Host that makes no URL.
 */
export function pathOf(url: string): string {
  const path = PLAIN.exec(url)?.[1];
  if (path !== undefined && !hasDotSegments(path)) return path;
  if (!URL.canParse(url)) throw new SnapbyteError("UNKNOWN_HOST");
  return new URL(url).pathname;
}

/** A scheme and a host name in their one spelling, without a port. */
const PLAIN_ORIGIN = /^https?:\/\/(?!xn--)(?:[a-z0-9-]+\.(?!xn--))*[a-z][a-z0-9-]*(?=[/?#])/;

/** Scheme, host and port of a request's URL as the URL class writes them, which is asked where they may be written anew. */
export function originOf(url: string): string {
  return PLAIN_ORIGIN.exec(url)?.[0] ?? new URL(url).origin;
}
