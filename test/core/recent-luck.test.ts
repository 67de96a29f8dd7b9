import { describe, expect, it } from "vitest";
import { RecentLuck, UNLUCKY_AFTER } from "../../src/core/recent-luck.ts";
import { tenantId } from "./samples.ts";

const [ACME, OTHER] = [tenantId("acme"), tenantId("other")];

/** What so many look-ups in a row found, or did not. */
function note(luck: RecentLuck, times: number, found: boolean, tenant = ACME): RecentLuck {
  for (let time = 0; time < times; time += 1) luck.note(tenant, found);
  return luck;
}

describe("a tenant", () => {
  it.each([
    ["that nobody has asked for anything", 0, false],
    ["whose look-ups found nothing, but few", UNLUCKY_AFTER - 1, false],
    ["whose look-ups found nothing for a while", UNLUCKY_AFTER, true],
    ["whose look-ups never find anything", 1_000, true],
  ])("%s is expected to have nothing: %j times in vain, %j", (_, times, expected) => {
    expect(note(new RecentLuck(), times, false).expectsNothing(ACME)).toBe(expected);
  });

  it("is expected to have something as soon as one look-up finds it, and has all its tries again", () => {
    const luck = note(new RecentLuck(), 100, false);
    luck.note(ACME, true);
    expect(luck.expectsNothing(ACME)).toBe(false);
    expect(note(luck, UNLUCKY_AFTER - 1, false).expectsNothing(ACME)).toBe(false);
    expect(note(luck, 1, false).expectsNothing(ACME)).toBe(true);
  });

  it("of whose look-ups one in twenty finds something never is", () => {
    const luck = new RecentLuck();
    for (let time = 0; time < 1_000; time += 1) {
      expect(luck.expectsNothing(ACME)).toBe(false);
      luck.note(ACME, time % UNLUCKY_AFTER === 0);
    }
  });

  it("has nothing to do with another's luck", () => {
    const luck = note(new RecentLuck(), 100, false);
    expect(luck.expectsNothing(OTHER)).toBe(false);
    luck.note(OTHER, true);
    expect(luck.expectsNothing(ACME)).toBe(true);
  });

  it("begins anew when there are more of them than are told apart", () => {
    const luck = note(new RecentLuck(), UNLUCKY_AFTER, false);
    for (let other = 0; other < 1_000; other += 1) luck.note(tenantId(`t-${other}`), false);
    expect(luck.expectsNothing(ACME)).toBe(false);
    expect(note(luck, UNLUCKY_AFTER, false).expectsNothing(ACME)).toBe(true);
  });
});
