import { SnapbyteError } from "../../core/errors.ts";
import { problemOfLink } from "../../core/signed-link/problem.ts";
import { signLink } from "../../core/signed-link/sign.ts";
import { signedPath, type UnsignedLink } from "../../core/signed-link/signed-link.ts";
import type { Tenant } from "../../core/tenant.ts";
import { readSource } from "../read-source.ts";
import { type SigningKeyParts, signingKey } from "./signing-key.ts";

/** A link that a tenant wants signed. */
export type LinkWish = Pick<UnsignedLink, "url" | "hash" | "scope" | "ip" | "tags"> & {
  /** Seconds from now. */
  readonly expiresIn: number;
  /** When it begins, ms since the epoch; `null`: at once. */
  readonly notBefore: number | null;
};

/** `path`: path and query at any host of ours. `expiresAt` in ms since the epoch. */
export type MadeLink = { readonly path: string; readonly kid: string; readonly expiresAt: number };

export type SignLinkParts = SigningKeyParts & { readonly local: boolean };

/**
 * Signs a link with the tenant's newest key that is known everywhere, or else with the oldest. Throws 400 for what no link can say, 403 for a URL that the tenant may send
 * nobody to, 409 when the tenant has no link key.
 */
export async function makeLink(tenant: Tenant, wish: LinkWish, parts: SignLinkParts): Promise<MadeLink> {
  const { url, hash, scope, ip, tags } = wish;
  const exp = Math.floor(parts.clock.now() / 1000) + wish.expiresIn;
  const nbf = wish.notBefore === null ? null : Math.ceil(wish.notBefore / 1000);
  const terms = { site: tenant.site, url, hash, scope, exp, nbf, ip, tags };
  check(terms);
  if (url !== null) await readSource(tenant, url, hash, parts.local);
  const { kid, key } = await signingKey(tenant, parts);
  const signed = await signLink({ ...terms, kid }, key);
  return { path: signedPath(signed), kid, expiresAt: exp * 1000 };
}

/** Before anybody is asked for a key: what is wrong with a wish does not depend on one. */
function check(terms: Omit<UnsignedLink, "kid">): void {
  if (terms.url === null && terms.hash === null && terms.scope === null) {
    throw new SnapbyteError("MISSING_FIELD", "url, hash or scope is required.");
  }
  const problem = problemOfLink({ ...terms, kid: "" });
  if (problem !== null) throw new SnapbyteError("INVALID_FIELD", problem);
  if (terms.nbf !== null && terms.nbf >= terms.exp) {
    throw new SnapbyteError("INVALID_FIELD", "not_before must be before the link's end.");
  }
}
