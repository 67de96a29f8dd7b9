import type { BucketCname } from "../tenant.ts";
import { type Place, placeOf } from "./endpoints.ts";
import { takePathCredential } from "./path-credentials.ts";
import { foldPercentEncoding } from "./percent-encoding.ts";
import type { RawParameter, RawUrl } from "./raw-url.ts";

/** A URL as the table of providers looks at it. */
export type UrlFacts = {
  readonly raw: RawUrl;
  /** Percent-encoding folded, a credential in it taken out. */
  readonly path: string;
  /** Those of a credential in the path, then those of the query. */
  readonly parameters: readonly RawParameter[];
  /** How many of them come from the path. */
  readonly fromPath: number;
  /** Where it points in a store that we know. */
  readonly place: Place | null;
  /** Whether a name comes more than once. */
  readonly repeats: boolean;
  readonly has: (name: string) => boolean;
  /** The first of that name, percent-decoded; `null`: there is none. */
  readonly value: (name: string) => string | null;
};

export function factsOf(raw: RawUrl, cnames: readonly BucketCname[]): UrlFacts {
  const taken = takePathCredential(raw);
  const path = foldPercentEncoding(taken.path);
  const fromPath = taken.parameters.length;
  const parameters = fromPath > 0 ? [...taken.parameters, ...raw.parameters] : raw.parameters;
  const values = new Map<string, string>();
  for (const { name, value } of parameters) if (!values.has(name)) values.set(name, value);
  return {
    raw,
    path,
    parameters,
    fromPath,
    place: placeOf(raw.host, path, cnames),
    repeats: values.size < parameters.length,
    has: (name) => values.has(name),
    value: (name) => values.get(name) ?? null,
  };
}
