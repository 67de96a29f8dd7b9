import type { SweepPlace } from "../../ports/sweep-place.ts";
import { KV_SHORTEST_CACHE_S } from "./kv-limits.ts";

/**
 * The place of one sweep in Workers KV, under `sweep:<name>`. KV takes one write per second and key; a sweep writes once
 * in a run. Has no time budget of its own and rejects when KV does: the next run begins where this one did.
 */
export function kvSweepPlace(kv: KVNamespace, name = "objects"): SweepPlace {
  const key = `sweep:${name}`;
  return {
    async read() {
      return await kv.get(key, { type: "text", cacheTtl: KV_SHORTEST_CACHE_S });
    },
    async write(cursor) {
      await (cursor === null ? kv.delete(key) : kv.put(key, cursor));
    },
  };
}
