import type { IndexEntry } from "../../core/entry.ts";
import { type EntryKey, keyText } from "../../core/entry-key.ts";
import type { Clock } from "../../ports/clock.ts";
import type { EntryIndex } from "../../ports/entry-index.ts";
import { KV_SHORTEST_CACHE_S, KV_SHORTEST_LIFE_S } from "./kv-limits.ts";

/** Another shape of the value gets another number; a value of another number is read as absent. */
const VERSION = 2;
/** That an entry has expired is told for this long, in seconds; after that the ledger is asked again. */
const EXPIRED_LIFE_S = 24 * 60 * 60;

/**
 * The index in Workers KV, under `entry:<tenant>/<id>`. A colo serves what it read for 30 s: so long a purge or a fresh
 * copy may go unseen there. KV takes one write per second and key, and answers more with 429. Has no time budget of its
 * own and rejects when KV does: the caller goes on to the ledger.
 */
export function kvEntryIndex(kv: KVNamespace, clock: Clock = Date): EntryIndex {
  return {
    async get(key) {
      // Half of the default: the minute after a fill is when a file is asked for most, and a purge should bite soon.
      const text = await kv.get(name(key), { type: "text", cacheTtl: KV_SHORTEST_CACHE_S });
      return text === null ? null : read(text);
    },
    async put(key, entry) {
      const life = lifeSeconds(entry, clock.now());
      const options = life === null ? {} : { expirationTtl: life };
      await kv.put(name(key), JSON.stringify({ version: VERSION, entry }), options);
    },
    async remove(key) {
      await kv.delete(name(key));
    },
  };
}

function name(key: EntryKey): string {
  return `entry:${keyText(key)}`;
}

/** How long KV keeps the entry. Longer than its own end where KV keeps nothing that short: whoever reads it looks too. */
function lifeSeconds(entry: IndexEntry, now: number): number | null {
  if (entry.state === "expired") return EXPIRED_LIFE_S;
  if (entry.expiresAt === null) return null;
  return Math.max(KV_SHORTEST_LIFE_S, Math.ceil((entry.expiresAt - now) / 1000));
}

function read(text: string): IndexEntry | null {
  try {
    const value = JSON.parse(text) as { version: number; entry: IndexEntry };
    return value.version === VERSION ? value.entry : null;
  } catch {
    return null;
  }
}
