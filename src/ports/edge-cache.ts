import type { ByteRange } from "../core/http/byte-range.ts";
import type { StoredHead, StoredObject } from "./object-store.ts";

/**
 * A cache of this place's in front of the store. It may forget anything at any time, and is never asked for what must be
 * true: the name holds entry, generation and the number of the last purge.
 */
export type EdgeCache = {
  /** The whole, or a range of it; `null`: not here. Rejects when the cache does. */
  get(name: string, range: ByteRange | null): Promise<StoredObject | null>;
  /** Whether it would take an object of this head. */
  takes(head: StoredHead): boolean;
  /** Keeps a whole object; settles when it is kept, or was refused. Streams: holds no second copy in memory. */
  put(name: string, object: StoredObject, tags: readonly string[]): Promise<void>;
};

/** What a network of caches holds of public answers, by the tags that these carry (Cache-Tag). */
export type CdnPurge = {
  /** Lets go of everything with any of these tags. Rejects when the network refuses. */
  purgeTags(tags: readonly string[]): Promise<void>;
};
