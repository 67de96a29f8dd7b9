import { describe, expect, test } from "vitest";
import { keyText } from "../../src/core/entry-key.ts";
import type { UnknownNearby } from "../../src/ports/unknown-nearby.ts";
import { newKey, newTenant } from "./keys.ts";

/** `now`: what time its clock shows, ms since the epoch. */
export function unknownNearbyContract(name: string, make: () => { nearby: UnknownNearby; now: number }): void {
  describe(`UnknownNearby: ${name}`, () => {
    test("tells when the ledger was asked, of the entry that was noted and of no other", async () => {
      const { nearby, now } = make();
      const key = newKey();
      await nearby.note(keyText(key), now);
      expect(await nearby.askedAt(keyText(key))).toBe(now);
      expect(await nearby.askedAt(keyText({ ...key, tenant: newTenant() }))).toBeNull();
      expect(await nearby.askedAt(keyText(newKey(key.tenant)))).toBeNull();
    });

    test("tells what was noted last", async () => {
      const { nearby, now } = make();
      const key = keyText(newKey());
      await nearby.note(key, now - 1);
      await nearby.note(key, now);
      expect(await nearby.askedAt(key)).toBe(now);
    });
  });
}
