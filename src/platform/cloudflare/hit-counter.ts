import type { EntryKey } from "../../core/entry-key.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { UsageSink } from "../../ports/usage-sink.ts";
import { inBackground } from "./background.ts";

/** Hits are handed over at most so often, in ms. */
export const FLUSH_EVERY_MS = 1_000;
/** A flush that is this late will not come, in ms: the runtime dropped the request that it hung on. */
const FLUSH_LOST_MS = 30_000;
/** Entries that are counted at a time; hits of more are lost. */
const MAX_KEYS = 10_000;

export type Hits = { readonly key: EntryKey; readonly count: number };

/**
 * Sums hits in the isolate and hands them to `flush` once a second, after the answers. Hits of a failed flush go with the
 * next one; failing twice, or with the isolate, they are lost: a count is not worth a download's wait.
 */
export function hitCounter(
  flush: (hits: readonly Hits[]) => Promise<void>,
  clock: Clock,
  background = inBackground,
): UsageSink {
  let counted = new Counts();
  let unsent: readonly Hits[] = [];
  let flushBegan: number | null = null;

  async function flushSoon(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, FLUSH_EVERY_MS));
    const fresh = counted.all();
    for (const { key, count } of unsent) counted.add(key, count);
    const all = counted.all();
    counted = new Counts();
    unsent = [];
    flushBegan = null;
    try {
      await flush(all);
    } catch (error) {
      unsent = fresh;
      throw error;
    }
  }

  return {
    record({ kind, key }, now = clock.now()) {
      if (kind !== "hit") return;
      counted.add(key, 1);
      if (flushBegan !== null && now - flushBegan < FLUSH_LOST_MS) return;
      flushBegan = now;
      background(flushSoon());
    },
  };
}

type Sum = { readonly key: EntryKey; count: number };

/** Sums by tenant and by entry: one text for both would have to be put together for every hit. */
class Counts {
  readonly #tenants = new Map<TenantId, Map<string, Sum>>();
  #size = 0;

  add(key: EntryKey, count: number): void {
    const entries = this.#tenants.get(key.tenant) ?? new Map<string, Sum>();
    const known = entries.get(key.id);
    if (known) known.count += count;
    if (known || this.#size >= MAX_KEYS) return;
    this.#tenants.set(key.tenant, entries.set(key.id, { key, count }));
    this.#size += 1;
  }

  /** The sums now: what is added later does not change them. */
  all(): readonly Hits[] {
    return [...this.#tenants.values()].flatMap((entries) => [...entries.values()].map((hits) => ({ ...hits })));
  }
}
