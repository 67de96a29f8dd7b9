import type { CdnPurge } from "../../src/ports/edge-cache.ts";

/** A network that remembers what it was told to let go of: one list of tags for each call. */
export type FakeCdnPurge = CdnPurge & { readonly calls: readonly (readonly string[])[] };

export function fakeCdnPurge(): FakeCdnPurge {
  const calls: (readonly string[])[] = [];
  return {
    calls,
    async purgeTags(tags) {
      calls.push([...tags]);
    },
  };
}
