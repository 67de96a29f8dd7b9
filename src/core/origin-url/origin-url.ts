import type { BucketCname } from "../tenant.ts";
import { type ClassifiedParameter, classify, type SortedParameter } from "./classify.ts";
import { identityOf } from "./identity.ts";
import type { ObjectName } from "./object-name.ts";
import { takePathCredential } from "./path-credentials.ts";
import { parseRawUrl, type RawUrl, type RawUrlProblem, siteOf, withoutFragment } from "./raw-url.ts";
import { redactUrl } from "./redact.ts";
import type { Binding } from "./scheme.ts";
import { lifeOf, signaturesOf } from "./signatures.ts";
import { type Unstorable, unstorable } from "./unstorable.ts";
import { factsOf } from "./url-facts.ts";

export type { ClassifiedParameter, ParameterClass } from "./classify.ts";
export type { Binding } from "./scheme.ts";
export type { Unstorable } from "./unstorable.ts";

/** What a URL that we were given means. */
export type OriginUrl = {
  readonly raw: RawUrl;
  /** Ids of the signing schemes it carries, as in the table of providers; a URL may carry two. */
  readonly schemes: readonly string[];
  /** `null`: the host is no endpoint that we know, and no CNAME that the tenant declared. */
  readonly object: ObjectName | null;
  /** Which object it names, whatever its credentials: equal for every signing of one object. */
  readonly identity: string;
  /** Those of a credential in the path, then those of the query, in their order. */
  readonly parameters: readonly ClassifiedParameter[];
  /** Milliseconds since the epoch, the skew that the provider allows taken off; `null` when the URL does not tell. */
  readonly notBefore: number | null;
  /** Milliseconds since the epoch, the earliest of all schemes; `null` when the URL does not tell. */
  readonly expiresAt: number | null;
  readonly bindings: readonly Binding[];
  /** Why no copy may be made, or `null` when one may. */
  readonly unstorable: Unstorable | null;
  /** The URL to fill from: the given one without its fragment, and without what no signature covers. */
  readonly fetchText: string;
  /**
   * A scheme was recognised only by names that anybody may use (`token` and `expires`, `sig` and `sv`), on a host that is
   * not known to be that provider's: a URL like this could be made up for a server that checks none of it.
   */
  readonly guessed: boolean;
};

/**
 * Reads a URL by the table of providers; an unknown one names its object by host, path and every parameter. A space is no
 * character of a URL, and every client sends it encoded: so it is read, and sent, like that. Half a character, which JSON
 * can hold, is read as what every client sends in its place: Postgres and its JSON take none.
 */
export function readOriginUrl(text: string, cnames: readonly BucketCname[] = []): OriginUrl | RawUrlProblem {
  const raw = parseRawUrl(text.toWellFormed().replaceAll(" ", "%20"), "allowed");
  if (typeof raw === "string") return raw;
  const url = factsOf(raw, cnames);
  const signatures = signaturesOf(url);
  const sorted = classify(url, signatures);
  const parameters = sorted.map(({ parameter }) => parameter);
  const selects = signatures.flatMap(({ reading }) => reading.selects ?? []);
  const bindings = [...new Set(signatures.flatMap(({ reading }) => reading.bindings ?? []))];
  return {
    raw,
    schemes: signatures.map(({ scheme }) => scheme.id),
    object: url.place?.object ?? null,
    identity: identityOf(url, parameters, selects),
    parameters,
    ...lifeOf(signatures),
    bindings,
    unstorable: unstorable(url, signatures, sorted, bindings),
    fetchText: fetchText(raw, sorted.slice(url.fromPath)),
    guessed: signatures.some(({ guessed }) => guessed),
  };
}

/**
 * The URL as people may see it and the ledger may keep it: without the credentials of a known scheme, and with the values
 * of what looks like one struck out. Scheme, host and port in one spelling, so that a purge by their text misses none.
 */
export function withoutCredentials({ raw, parameters }: OriginUrl): string {
  const query = parameters
    .filter((parameter) => parameter.class === "significant" || parameter.class === "presentational")
    .map((parameter) => parameter.raw);
  const address = siteOf(raw) + takePathCredential(raw).path;
  return redactUrl(query.length > 0 ? `${address}?${query.join("&")}` : address);
}

/** Byte for byte as it was given, unless there is something in the query that no signature covers and no server needs. */
function fetchText({ text }: RawUrl, query: readonly SortedParameter[]): string {
  const whole = withoutFragment(text);
  const sent = query.filter(({ sent: needed }) => needed);
  if (sent.length === query.length) return whole;
  const address = whole.replace(/\?.*$/s, "");
  return sent.length > 0 ? `${address}?${sent.map(({ parameter }) => parameter.raw).join("&")}` : address;
}
