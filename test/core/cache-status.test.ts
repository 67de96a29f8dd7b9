import { describe, expect, it } from "vitest";
import { cacheStatus } from "../../src/core/cache-status.ts";
import { heldEntry } from "./samples.ts";

describe("Cache-Status", () => {
  it("tells a hit", () => {
    expect(cacheStatus({ go: "copy", entry: heldEntry() })).toBe("snapbyte; hit");
  });

  it.each(["uri-miss", "stale", "bypass"] as const)("tells why a request was forwarded: %s", (forward) => {
    for (const fill of [true, false]) {
      expect(cacheStatus({ go: "origin", fill, forward })).toBe(`snapbyte; fwd=${forward}`);
    }
  });
});
