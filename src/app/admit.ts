import { SnapbyteError } from "../core/errors.ts";
import { isInNetworks } from "../core/network/cidr.ts";
import type { ProxyQuery } from "../core/proxy-query.ts";
import { readTags } from "../core/purge/tags.ts";
import { checkSignedLink } from "../core/signed-link/check.ts";
import { readLinkParameters } from "../core/signed-link/parameters.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Clock } from "../ports/clock.ts";
import type { Report } from "./in-background.ts";
import type { TenantSecrets } from "./tenant-secrets.ts";

/** What a tenant's signature on a link covers. */
export type SignedFor = {
  /** The whole link; otherwise keys that begin as its scope does, and no URL. */
  readonly whole: boolean;
  /** The CIDR block from which it counts; `null`: from everywhere. */
  readonly network: string | null;
  /** Until when it counts, in ms since the epoch. */
  readonly expiresAt: number;
  /** Names under which a copy that the link has made can be purged with others. */
  readonly tags: readonly string[];
};

/** Throws 403 where the tenant lets in some networks only, and the client comes from none of them. */
export function admitNetwork(networks: readonly string[], address: string | null): void {
  if (!isInNetworks(networks, address)) throw new SnapbyteError("NETWORK_NOT_ALLOWED");
}

/**
 * Checks the tenant's own signature on a link; `null`: it carries none. Throws 400 for one that is malformed, 403 with a
 * code of its own for each way in which it does not hold. It is checked under every access mode: a link that was signed
 * and then changed is never what its signer meant. When we cannot open the key ourselves, a link with a URL counts as
 * unsigned and its holder gets the origin; 503 for one without.
 */
export async function admitLink(
  { url, hash, signature }: ProxyQuery,
  tenant: Tenant,
  address: string | null,
  { secrets, clock, report }: { readonly secrets: TenantSecrets; readonly clock: Clock; readonly report: Report },
): Promise<SignedFor | null> {
  if (signature === null) return null;
  const link = { site: tenant.site, hash, url, ...readLinkParameters(signature, hash) };
  let key: string | null;
  try {
    key = await secrets.linkKey(tenant, link.kid);
  } catch (error) {
    report("link keys", error);
    if (url !== null) return null;
    throw new SnapbyteError("UNAVAILABLE", undefined, { cause: error });
  }
  const standing = await checkSignedLink(link, () => key, { now: clock.now(), address });
  if (standing !== "ok") throw new SnapbyteError(standing);
  const tags = link.tags === null ? [] : (readTags(link.tags) ?? []);
  return { whole: link.scope === null, network: link.ip, expiresAt: link.exp * 1000, tags };
}
