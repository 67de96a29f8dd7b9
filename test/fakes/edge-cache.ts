import type { CdnPurge, EdgeCache } from "../../src/ports/edge-cache.ts";
import type { StoredHead } from "../../src/ports/object-store.ts";

type Kept = StoredHead & { readonly bytes: Uint8Array<ArrayBuffer>; readonly tags: readonly string[] };

/** A cache in a map, by name. `purgeTags` lets go of what it kept under a tag, as the network does. */
export type FakeEdgeCache = EdgeCache & CdnPurge & { readonly kept: Map<string, Kept> };

export function fakeEdgeCache(maxBytes = 512_000_000): FakeEdgeCache {
  const kept = new Map<string, Kept>();
  const takes = ({ size }: Pick<StoredHead, "size">) => size > 0 && size <= maxBytes;
  return {
    kept,
    takes,
    async get(name, range) {
      const found = kept.get(name);
      if (!found) return null;
      const { size, headers, bytes } = found;
      const { offset, length } = range ?? { offset: 0, length: size };
      // A cache that cannot give the range has nothing.
      if (offset + length > size) return null;
      return { size, headers, body: new Blob([bytes.slice(offset, offset + length)]).stream() };
    },
    async put(name, { size, headers, body }, tags) {
      if (!takes({ size })) return await body.cancel();
      const bytes = new Uint8Array(await new Response(body).arrayBuffer());
      if (bytes.length !== size) throw new RangeError(`${bytes.length} bytes, and ${size} were told of`);
      kept.set(name, { size, headers, bytes, tags });
    },
    async purgeTags(tags) {
      const wanted = new Set(tags.map((tag) => tag.toLowerCase()));
      for (const [name, copy] of kept) {
        if (copy.tags.some((tag) => wanted.has(tag.toLowerCase()))) kept.delete(name);
      }
    },
  };
}
