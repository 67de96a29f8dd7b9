import { rm } from "node:fs/promises";
import { join } from "node:path";

/** Where Miniflare keeps KV and the Cache API, below what `--persist-to` names. */
const PROJECTIONS = ["workers/v3/kv", "workers/v3/cache"];

/**
 * Empties what the Workers keep in KV and in the cache. Both only repeat what Postgres knows, and would hold on to the
 * tenants' old origin rules for a minute and more. The Workers must not be running.
 */
export async function forgetTenants(state: string): Promise<void> {
  await Promise.all(PROJECTIONS.map((path) => rm(join(state, path), { recursive: true, force: true })));
}
