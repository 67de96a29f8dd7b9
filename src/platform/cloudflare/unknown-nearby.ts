import { UNKNOWN_MS, type UnknownNearby } from "../../ports/unknown-nearby.ts";

/** A cache apart from the zone's own, which any `fetch` of a Worker reads. */
const CACHE_NAME = "unknown-entries-1";

type Opens = (name: string) => Promise<Cache>;

/**
 * The Cache API of this place, which any isolate of it reads and which costs nothing but the call. Not KV: that takes one
 * write per second and key, and the consumer has the next one to make. On workers.dev and behind Cloudflare Access it keeps
 * nothing, without saying so. All Workers of a zone may share it: each `environment` has a cache of its own, since another's
 * ledger says nothing of this one's. Rejects when the cache does; no time budget.
 * https://developers.cloudflare.com/workers/runtime-apis/cache/
 */
export function unknownNearby(environment: string, opens: Opens = (name) => caches.open(name)): UnknownNearby {
  const open = () => opens(`${CACHE_NAME}-${environment}`);
  return {
    async askedAt(key) {
      const cache = await open();
      const kept = await cache.match(address(key));
      const askedAt = kept ? Number(await kept.text()) : Number.NaN;
      return Number.isFinite(askedAt) ? askedAt : null;
    },
    async note(key, askedAt) {
      const cache = await open();
      const headers = { "Cache-Control": `max-age=${UNKNOWN_MS / 1000}` };
      await cache.put(address(key), new Response(String(askedAt), { headers }));
    },
  };
}

/** A name of ours alone: `.invalid` is nobody's host (RFC 2606). */
function address(key: string): string {
  return `https://unknown-entries.invalid/${encodeURIComponent(key)}`;
}
