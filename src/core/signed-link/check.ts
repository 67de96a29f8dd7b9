import type { ErrorCode } from "../errors.ts";
import { isInNetworks } from "../network/cidr.ts";
import { isMacOf } from "./mac.ts";
import { problemOfLink } from "./problem.ts";
import { canonicalText, type SignedLink } from "./signed-link.ts";

/** `LINK_REVOKED` is said of links to copies, which nobody but us makes. */
export type LinkRefusal = Exclude<Extract<ErrorCode, `LINK_${string}`>, "LINK_REVOKED">;

type Circumstances = {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The client's address; `null`: unknown, and then no link that is bound to addresses is good. */
  readonly address: string | null;
};

/**
 * Whether the tenant signed this link and it holds here and now, or why not. `keyOf` gives the key of one of this
 * tenant's key ids. The signature comes before all else: whoever cannot sign learns nothing of what a link would need.
 * There is no leeway: our clock is the one that counts, and the tenant chose the moments.
 */
export async function checkSignedLink(
  link: SignedLink,
  keyOf: (kid: string) => Promise<string | null> | string | null,
  { now, address }: Circumstances,
): Promise<"ok" | LinkRefusal> {
  const key = await keyOf(link.kid);
  if (key === null) return "LINK_KEY_UNKNOWN";
  if (!isWhole(link) || !isMacOf(link.sig, key, canonicalText(link))) return "LINK_SIGNATURE_INVALID";
  if (now >= link.exp * 1000) return "LINK_EXPIRED";
  if (link.nbf !== null && now < link.nbf * 1000) return "LINK_NOT_YET_VALID";
  if (link.ip !== null && !isInNetworks([link.ip], address)) return "LINK_ADDRESS_REFUSED";
  return "ok";
}

/** Whether the link asks for something, and for nothing beyond what its signature is about. */
function isWhole(link: SignedLink): boolean {
  if (problemOfLink(link) !== null) return false;
  if (link.scope === null) return link.hash !== null || link.url !== null;
  return link.hash?.startsWith(link.scope.slice(0, -1)) ?? false;
}
