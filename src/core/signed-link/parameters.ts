import { SnapbyteError } from "../errors.ts";
import { problemOfTerms } from "./problem.ts";
import type { SignedLink } from "./signed-link.ts";

/** A link's parameters as they came, percent-decoded; `null`: absent. */
export type RawLinkParameters = { readonly [Name in LinkParameter]: string | null };

export type LinkParameters = Pick<SignedLink, LinkParameter>;

type LinkParameter = "exp" | "nbf" | "kid" | "sig" | "ip" | "scope" | "tags";

/** One spelling for each number: what is signed is the number. */
const SECONDS = /^(?:0|[1-9]\d{0,11})$/;

/**
 * Reads the parameters of a link that has any of them, and so says that it is signed. Throws 400 naming the field that is
 * missing or malformed: that needs no key, and tells nothing. A `kid` or `sig` of any other form than ours is one that
 * nobody has, or that does not fit: the check says so. `hash`: that of the same link.
 */
export function readLinkParameters(parameters: RawLinkParameters, hash: string | null): LinkParameters {
  const { exp, nbf, kid, sig, ip, scope, tags } = parameters;
  const terms = {
    scope,
    exp: seconds("exp", required("exp", exp)),
    nbf: nbf === null ? null : seconds("nbf", nbf),
    ip,
    tags,
  };
  const problem = problemOfTerms(terms);
  if (problem !== null) throw new SnapbyteError("INVALID_FIELD", problem);
  if (scope !== null && hash === null) throw new SnapbyteError("MISSING_FIELD", "hash is required beside scope.");
  return {
    ...terms,
    kid: required("kid", kid),
    sig: required("sig", sig),
  };
}

function required(name: string, value: string | null): string {
  if (value === null) throw new SnapbyteError("MISSING_FIELD", `${name} is required in a signed link.`);
  return value;
}

function seconds(name: string, value: string): number {
  if (SECONDS.test(value)) return Number(value);
  throw new SnapbyteError("INVALID_FIELD", `${name} must be 1 to 12 digits, seconds since the epoch.`);
}
