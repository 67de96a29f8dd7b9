import { cachedCopyName, cacheTags } from "../core/cached-copy.ts";
import type { Doorkeeper } from "../core/doorkeeper.ts";
import { objectKey } from "../core/entry.ts";
import type { ByteRange } from "../core/http/byte-range.ts";
import type { Link } from "../core/link.ts";
import type { Withdrawals } from "../core/withdrawals.ts";
import type { Clock } from "../ports/clock.ts";
import type { EdgeCache } from "../ports/edge-cache.ts";
import type { ObjectStore, StoredHead, StoredObject } from "../ports/object-store.ts";
import { withinBudget } from "../ports/time-budget.ts";
import type { InBackground, Report } from "./in-background.ts";

/** How long the cache may take to begin to answer, in ms: it is there to be faster than the store, which then is asked. */
const EDGE_BUDGET_MS = 300;

/** Where the bytes of a copy are read: the cache of this place, and behind it the store. */
export type CopySource = {
  /** Bytes of the copy; `null`: it is gone. */
  get(range: ByteRange | null): Promise<(StoredObject & { readonly from: "edge" | "store" }) | null>;
  head(): Promise<(StoredHead & { readonly from: "edge" | "store" }) | null>;
};

export type CopySourceParts = {
  readonly store: ObjectStore;
  /** `null`: there is none where this deployment runs. */
  readonly edge: EdgeCache | null;
  readonly doorkeeper: Doorkeeper;
  readonly clock: Clock;
  readonly inBackground: InBackground;
  readonly report: Report;
};

/**
 * What a link names. Without knowing what was withdrawn (`known` of `null`) only the store counts: the bytes of a purged
 * copy are gone there.
 */
export function copySource(
  { key, generation }: Pick<Link, "key" | "generation">,
  known: Withdrawals | null,
  parts: CopySourceParts,
): CopySource {
  const kept = known && { name: cachedCopyName(key, generation, known), tags: () => cacheTags(key) };
  return objectSource(objectKey(key, generation), kept, parts);
}

/** Under what a cache in front of the store keeps an object, and the tags that let go of it. */
export type KeptObject = { readonly name: string; readonly tags: () => readonly string[] };

/** An object of the store, and what a cache in front of it may keep of it; `null`: nothing. */
export function objectSource(object: string, kept: KeptObject | null, parts: CopySourceParts): CopySource {
  const { store, report } = parts;
  let [isAskedFor, isSilent] = [false, false];
  const cached = kept && parts.edge && { cache: parts.edge, ...kept };

  async function fromEdge(range: ByteRange | null): Promise<StoredObject | null> {
    if (!cached || isSilent) return null;
    const found = cached.cache.get(cached.name, range);
    try {
      return await withinBudget("the edge cache", EDGE_BUDGET_MS, found);
    } catch (error) {
      report("edge cache", error);
      found.then((late) => late?.body.cancel()).catch(() => {});
      // One request waits for it once, however many parts it asks for.
      isSilent = true;
      return null;
    }
  }

  /**
   * A second read of the store: what is passed on to a client and to the cache at once would wait in memory for one. A
   * request is one, however many parts it asks for.
   */
  function keep(head: StoredHead): void {
    if (isAskedFor || !cached?.cache.takes(head)) return;
    isAskedFor = true;
    if (!parts.doorkeeper.admits(cached.name, parts.clock.now())) return;
    const { cache, name, tags } = cached;
    const keeping = async () => {
      const whole = await store.get(object, null);
      if (whole) await cache.put(name, whole, tags());
    };
    parts.inBackground(keeping());
  }

  return {
    async get(range) {
      const near = await fromEdge(range);
      if (near) return { ...near, from: "edge" };
      const found = await store.get(object, range);
      if (found) keep(found);
      return found && { ...found, from: "store" };
    },
    async head() {
      const near = await fromEdge(null);
      if (near) {
        await near.body.cancel().catch(() => {});
        return { size: near.size, headers: near.headers, from: "edge" };
      }
      const found = await store.head(object);
      return found && { ...found, from: "store" };
    },
  };
}
