import { randomBytes } from "node:crypto";
import { signProxyLink } from "../../src/sdk/index.ts";

/** What a signed link is made with. */
export type LinkKey = { readonly kid: string; readonly key: string };

const ENDPOINT = "https://bench.invalid";
const DAY_S = 86_400;

export function newLinkKey(): LinkKey {
  return { kid: "bench001", key: `snap_link_${randomBytes(32).toString("base64url")}` };
}

/** Path and query of the `/proxy` link of a day that the SDK signs for a site. */
export async function signedPath(url: string, site: string, { kid, key }: LinkKey, more = 0): Promise<string> {
  const link = await signProxyLink({ endpoint: ENDPOINT, site, keyId: kid, key, url, expiresIn: DAY_S + more });
  return link.slice(ENDPOINT.length);
}

/** So many of them; each ends at another second. */
export async function signedPaths(url: string, site: string, key: LinkKey, count: number): Promise<string[]> {
  return await Promise.all(Array.from({ length: count }, (_, at) => signedPath(url, site, key, at)));
}
