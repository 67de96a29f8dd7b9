import { SnapbyteError } from "../errors.ts";
import { macOf } from "./mac.ts";
import { problemOfLink } from "./problem.ts";
import { canonicalText, type SignedLink, type UnsignedLink } from "./signed-link.ts";

/**
 * Signs a link with the key that its `kid` names. Throws 400 naming the field that cannot be signed. Whether the tenant
 * may send anybody to that URL is not looked at: a link is checked for that when it is used.
 */
export async function signLink(link: UnsignedLink, key: string): Promise<SignedLink> {
  if (link.url === null && link.hash === null && link.scope === null) {
    throw new SnapbyteError("MISSING_FIELD", "url, hash or scope is required.");
  }
  const problem = problemOfLink(link);
  if (problem !== null) throw new SnapbyteError("INVALID_FIELD", problem);
  if (link.nbf !== null && link.nbf >= link.exp) {
    throw new SnapbyteError("INVALID_FIELD", "nbf must be before exp, or the link would never be valid.");
  }
  if (!isCovered(link)) throw new SnapbyteError("INVALID_FIELD", "hash must begin with scope's text before its *.");
  return { ...link, sig: macOf(key, canonicalText(link)) };
}

function isCovered({ scope, hash }: UnsignedLink): boolean {
  return scope === null || hash === null || hash.startsWith(scope.slice(0, -1));
}
