import { type EntryKey, entryKeyOf } from "../../core/entry-key.ts";
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
    const before = unsent;
    counted = new Counts();
    unsent = [];
    flushBegan = null;
    try {
      await flush([...fresh, ...before]);
    } catch (error) {
      unsent = fresh;
      throw error;
    }
  }

  return {
    record({ kind, key }, now = clock.now()) {
      if (kind !== "hit") return;
      counted.add(key);
      if (flushBegan !== null && now - flushBegan < FLUSH_LOST_MS) return;
      flushBegan = now;
      background(flushSoon());
    },
  };
}

/** By tenant and by entry: one text for both would have to be put together for every hit. */
class Counts {
  readonly #tenants = new Map<TenantId, Map<string, number>>();
  #size = 0;

  add({ tenant, id }: EntryKey): void {
    const entries = this.#tenants.get(tenant) ?? this.#entriesOf(tenant);
    const count = entries.get(id);
    if (count === undefined) {
      if (this.#size >= MAX_KEYS) return;
      this.#size += 1;
    }
    entries.set(id, (count ?? 0) + 1);
  }

  all(): readonly Hits[] {
    return [...this.#tenants].flatMap(([tenant, entries]) =>
      [...entries].map(([id, count]) => ({ key: entryKeyOf(tenant, id), count })),
    );
  }

  #entriesOf(tenant: TenantId): Map<string, number> {
    const entries = new Map<string, number>();
    this.#tenants.set(tenant, entries);
    return entries;
  }
}
