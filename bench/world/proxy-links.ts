import { randomBytes } from "node:crypto";
import { signProxyLink } from "../../src/sdk/index.ts";

/** What a signed link is made with. */
export type LinkKey = { readonly kid: string; readonly key: string };

export function newLinkKey(): LinkKey {
  return { kid: "bench001", key: `snap_link_${randomBytes(32).toString("base64url")}` };
}

/** Path and query of the `/proxy` link that the SDK signs for a site; each ends at another second. */
export async function signedPaths(url: string, site: string, { kid, key }: LinkKey, count: number): Promise<string[]> {
  const endpoint = "https://bench.invalid";
  const sign = (at: number) => signProxyLink({ endpoint, site, keyId: kid, key, url, expiresIn: 86_400 + at });
  const links = await Promise.all(Array.from({ length: count }, (_, at) => sign(at)));
  return links.map((link) => link.slice(endpoint.length));
}
