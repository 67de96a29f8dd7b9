import { hostOf } from "../world/world.ts";
import type { Target } from "./ask.ts";
import type { Next } from "./targets.ts";

/** What the answer to a `/proxy` link must be. */
type Wanted = Pick<Target, "status" | "headers">;

/** Makes what asks for `/proxy` links of the tenant of a site, by path and query. */
export type ProxyTargets = (path: string) => Target;

/** Links that must all be hits: the answer leads to our copy. */
export function hits(port: number, site: string): ProxyTargets {
  const location = new RegExp(`^http://${hostOf(site)}/f/`);
  return targets(port, site, { status: 302, headers: { location, "cache-status": HIT } });
}

/** The same of a tenant whose clients are sent to the store itself. */
export function presignedHits(port: number, site: string): ProxyTargets {
  const location = /^https:\/\/store\.invalid\/copies\/.*[?&]X-Amz-Signature=[0-9a-f]{64}/;
  return targets(port, site, { status: 302, headers: { location, "cache-status": HIT } });
}

/** Links that lead to the origin, since there is no copy. */
export function misses(port: number, site: string): ProxyTargets {
  return targets(port, site, { status: 302, headers: { location: /^https:/, "cache-status": /^snapbyte; fwd=/ } });
}

const HIT = /^snapbyte; hit/;

function targets(port: number, site: string, wanted: Wanted): ProxyTargets {
  const host = hostOf(site);
  return (path) => ({ port, host, path, ...wanted });
}

/** Path and query of the `/proxy` link of a URL. */
export function proxyPath(url: string): string {
  return `/proxy?url=${encodeURIComponent(url)}`;
}

/**
 * The same links in another spelling each time: hex digits of their escapes in upper or in lower case. Whoever remembers
 * what a request with the very same text was answered with is not measured by them. With n such escapes there are 2^n.
 */
export function respelled(next: Next): Next {
  let count = 0;
  return () => {
    const target = next();
    let bits = count++;
    const path = target.path.replace(/%\d[A-F]/g, (escaped) => {
      const lower = (bits & 1) === 1;
      bits >>>= 1;
      return lower ? escaped.toLowerCase() : escaped;
    });
    return { ...target, path };
  };
}
