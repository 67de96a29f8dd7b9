import { describe, expect, test } from "vitest";
import type { CdnPurge } from "../../src/ports/edge-cache.ts";

/** A network, and all tags that it was asked to let go of, one after the other. */
export type CdnPurgeUnderTest = { readonly cdn: CdnPurge; purged(): readonly string[] };

export function cdnPurgeContract(title: string, make: () => CdnPurgeUnderTest): void {
  describe(`CdnPurge: ${title}`, () => {
    test.each([1, 100, 101, 250])("%s tags are all purged, in their order", async (count) => {
      const { cdn, purged } = make();
      const tags = Array.from({ length: count }, (_, at) => `entry:acme/${at}`);
      await cdn.purgeTags(tags);
      expect(purged()).toEqual(tags);
    });

    test("no tag is nothing to ask for", async () => {
      const { cdn, purged } = make();
      await cdn.purgeTags([]);
      expect(purged()).toEqual([]);
    });
  });
}
