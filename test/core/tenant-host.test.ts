import { describe, expect, it } from "vitest";
import { HOST_STATES, type HostState, nextHostState } from "../../src/core/tenant-host.ts";

type Row = readonly [before: HostState, ownership: HostState, certificate: HostState, after: HostState];

describe("a host name", () => {
  it.each<Row>([
    ["pending", "active", "active", "active"],
    ["failed", "active", "active", "active"],
    ["pending", "pending", "pending", "pending"],
    ["pending", "active", "pending", "pending"],
    ["pending", "pending", "active", "pending"],
    ["pending", "active", "failed", "failed"],
    ["pending", "failed", "pending", "failed"],
    ["failed", "pending", "pending", "pending"],
    // While a certificate is renewed, and when that fails: who has reached us had a good one.
    ["active", "active", "pending", "active"],
    ["active", "active", "failed", "active"],
    // Somebody else's by now, perhaps.
    ["active", "failed", "active", "failed"],
    ["active", "pending", "active", "pending"],
  ])("that is %s, its ownership %s and its certificate %s, is %s", (before, ownership, certificate, after) => {
    expect(nextHostState(before, { ownership, certificate })).toBe(after);
  });

  it("is never active without its owner's proof, and becomes so only with its certificate", () => {
    for (const before of HOST_STATES) {
      for (const ownership of HOST_STATES) {
        for (const certificate of HOST_STATES) {
          if (nextHostState(before, { ownership, certificate }) !== "active") continue;
          expect(ownership).toBe("active");
          expect([before, certificate]).toContain("active");
        }
      }
    }
  });
});
