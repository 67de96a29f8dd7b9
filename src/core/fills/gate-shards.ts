import { type EntryKey, keyText } from "../entry-key.ts";
import { fnv1a } from "../fnv.ts";

/**
 * Shards that share the claims of all entries. Each is a Durable Object, which takes about 1,000 requests a second
 * (https://developers.cloudflare.com/durable-objects/platform/limits/); one per entry would cost seven times as much
 * processor time, since the first use of each makes its storage. Another number forgets the claims under way.
 */
export const GATE_SHARDS = 64;

/** By the whole key: callers may choose an id (`url-…`), and could pile theirs upon one shard. */
export function gateShardOf(key: EntryKey): number {
  return (fnv1a(keyText(key)) >>> 0) % GATE_SHARDS;
}

/** The shard that has all of these entries, any for none; throws when no shard has all of them. */
export function oneShardOf(keys: readonly EntryKey[]): number {
  const [shard = 0, ...others] = new Set(keys.map(gateShardOf));
  if (others.length > 0) throw new Error(`these entries are of ${others.length + 1} shards of the gate, not of one`);
  return shard;
}

/** What is asked of the gate, apart for each shard that has some of it. */
export function byGateShard<Asked extends { readonly key: EntryKey }>(all: readonly Asked[]): Asked[][] {
  return [...Map.groupBy(all, ({ key }) => gateShardOf(key)).values()];
}
