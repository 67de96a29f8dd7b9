import { type EntryKey, keyText } from "../../core/entry-key.ts";
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
  let counted = new Map<string, Hits>();
  let unsent: readonly Hits[] = [];
  let flushBegan: number | null = null;

  async function flushSoon(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, FLUSH_EVERY_MS));
    const fresh = [...counted.values()];
    for (const hits of unsent) add(counted, hits);
    const all = [...counted.values()];
    counted = new Map();
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
    record({ kind, key }) {
      if (kind !== "hit") return;
      add(counted, { key, count: 1 });
      if (flushBegan !== null && clock.now() - flushBegan < FLUSH_LOST_MS) return;
      flushBegan = clock.now();
      background(flushSoon());
    },
  };
}

function add(counted: Map<string, Hits>, { key, count }: Hits): void {
  const text = keyText(key);
  const known = counted.get(text);
  if (known || counted.size < MAX_KEYS) counted.set(text, { key, count: count + (known?.count ?? 0) });
}
