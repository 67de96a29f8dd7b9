import { foldPercentEncoding, hasDotSegments } from "./percent-encoding.ts";
import { PROVIDERS, type Provider } from "./providers.ts";
import { parseRawUrl, type RawParameter, type RawUrl, type RawUrlProblem } from "./raw-url.ts";
import { redactUrl } from "./redact.ts";

/** What a URL that we were given means. */
export type OriginUrl = {
  readonly raw: RawUrl;
  /** Ids of the signing schemes it carries; a URL may carry two. */
  readonly schemes: readonly string[];
  /** Which object it names, whatever its credentials: equal for every signing of one object. */
  readonly identity: string;
  /** Milliseconds since the epoch; `null` when the URL does not tell. */
  readonly expiresAt: number | null;
  /** Why no copy may be made, or `null` when one may. */
  readonly unstorable: "signed-headers" | "dot-segments" | null;
};

/** Reads a URL by the table of providers; an unknown one names its object by host, path and every parameter. */
export function readOriginUrl(text: string): OriginUrl | RawUrlProblem {
  const raw = parseRawUrl(text);
  if (typeof raw === "string") return raw;
  const names = new Set(raw.parameters.map(({ name }) => name));
  const present = PROVIDERS.filter(({ detect }) => detect.every((name) => names.has(name)));
  return {
    raw,
    schemes: present.map(({ id }) => id),
    identity: identityOf(raw, present),
    expiresAt: earliest(present.map((provider) => provider.expiresAt(raw.parameters))),
    unstorable: unstorable(raw, present),
  };
}

/**
 * The URL as people may see it and the ledger may keep it: without the credentials of a known scheme, and with the values
 * of what looks like one struck out.
 */
export function withoutCredentials({ raw, schemes }: OriginUrl): string {
  const present = PROVIDERS.filter(({ id }) => schemes.includes(id));
  const query = significant(raw, present).map((parameter) => parameter.raw);
  const address = raw.text.replace(/\?.*$/s, "");
  return redactUrl(query.length > 0 ? `${address}?${query.join("&")}` : address);
}

function significant({ parameters }: RawUrl, present: readonly Provider[]): readonly RawParameter[] {
  return parameters.filter(({ name }) => !present.some(({ credential }) => credential.has(name)));
}

function identityOf(raw: RawUrl, present: readonly Provider[]): string {
  const { scheme, host, port, path } = raw;
  const query = significant(raw, present)
    .map((parameter) => foldPercentEncoding(parameter.raw))
    .join("&");
  return `${scheme}://${host}:${port}${foldPercentEncoding(path)}${query && `?${query}`}`;
}

function unstorable(raw: RawUrl, present: readonly Provider[]): OriginUrl["unstorable"] {
  // Every fetch folds such a path before it is sent, so we would ask for another object.
  if (hasDotSegments(raw.path)) return "dot-segments";
  // A link that only works with headers of its holder's cannot be replayed by us.
  const needsHeaders = present.some(({ signedHeaders }) =>
    raw.parameters.some(({ name, value }) => name === signedHeaders && value.toLowerCase() !== "host"),
  );
  return needsHeaders ? "signed-headers" : null;
}

function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length > 0 ? Math.min(...known) : null;
}
