import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExpiringMap } from "../../src/core/expiring-map.ts";
import { NOON } from "./samples.ts";

describe("an expiring map", () => {
  it("gives a value until its moment, and not at it", () => {
    const map = new ExpiringMap<string>(10);
    map.set("a", "one", NOON);
    expect(map.get("a", NOON - 1)).toBe("one");
    expect(map.get("a", NOON)).toBeUndefined();
  });

  it("does not give back what has ended, even when the clock goes back", () => {
    const map = new ExpiringMap<string>(10);
    map.set("a", "one", NOON);
    map.get("a", NOON);
    expect(map.get("a", NOON - 1)).toBeUndefined();
  });

  it("holds the last value of a key", () => {
    const map = new ExpiringMap<string>(10);
    map.set("a", "one", NOON + 10);
    map.set("a", "two", NOON + 5);
    expect(map.get("a", NOON)).toBe("two");
    expect(map.get("a", NOON + 5)).toBeUndefined();
  });

  it("holds values that are false or null", () => {
    const map = new ExpiringMap<boolean | null>(10);
    map.set("a", false, NOON + 1);
    map.set("b", null, NOON + 1);
    expect([map.get("a", NOON), map.get("b", NOON)]).toEqual([false, null]);
  });

  it("forgets what is deleted", () => {
    const map = new ExpiringMap<string>(10);
    map.set("a", "one", NOON + 1);
    map.delete("a");
    map.delete("never there");
    expect(map.get("a", NOON)).toBeUndefined();
  });

  it("makes room by what was set longest ago", () => {
    const map = new ExpiringMap<number>(2);
    for (const [index, key] of ["a", "b", "a", "c"].entries()) map.set(key, index, NOON + 1);
    expect(["a", "b", "c"].map((key) => map.get(key, NOON))).toEqual([2, undefined, 3]);
  });

  it("never gives what was not set last, has ended, or does not fit", () => {
    const key = fc.constantFrom("a", "b", "c", "d");
    const step = fc.record({ key, value: fc.nat(), until: fc.nat(10), now: fc.nat(10), set: fc.boolean() });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(step), (limit, steps) => {
        const map = new ExpiringMap<number>(limit);
        let model: { key: string; value: number; until: number }[] = [];
        for (const { key: name, value, until, now, set } of steps) {
          if (set) {
            map.set(name, value, until);
            model = [...model.filter((entry) => entry.key !== name), { key: name, value, until }].slice(-limit);
          } else {
            const held = model.find((entry) => entry.key === name);
            if (held && held.until <= now) model = model.filter((entry) => entry !== held);
            expect(map.get(name, now)).toBe(held && held.until > now ? held.value : undefined);
          }
        }
      }),
    );
  });
});
