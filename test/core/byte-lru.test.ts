import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteLru } from "../../src/core/byte-lru.ts";

describe("what is kept", () => {
  it("is found until it is deleted", () => {
    const lru = new ByteLru<number>(100);
    lru.set("a", 1, 10);
    expect(lru.get("a")).toBe(1);
    lru.delete("a");
    expect(lru.get("a")).toBeUndefined();
  });

  it("is the last that was set under a name", () => {
    const lru = new ByteLru<number>(100);
    lru.set("a", 1, 10);
    lru.set("a", 2, 20);
    expect(lru.get("a")).toBe(2);
  });

  it("is nothing after all was cleared", () => {
    const lru = new ByteLru<number>(100);
    for (let at = 0; at < 20; at += 1) lru.set(String(at), at, 10);
    lru.clear();
    expect(Array.from({ length: 20 }, (_, at) => lru.get(String(at)))).toEqual(new Array(20).fill(undefined));
    lru.set("a", 1, 50);
    expect(lru.get("a")).toBe(1);
  });

  it("is nothing that alone is larger than half of the limit", () => {
    const lru = new ByteLru<number>(100);
    lru.set("a", 1, 10);
    lru.set("a", 2, 51);
    lru.set("b", 3, 50);
    expect([lru.get("a"), lru.get("b")]).toEqual([undefined, 3]);
  });
});

describe("when there is no room", () => {
  it("what was not asked for goes, and what was stays", () => {
    const lru = new ByteLru<number>(100);
    lru.set("asked", 0, 10);
    lru.set("not asked", 0, 10);
    for (let at = 0; at < 50; at += 1) {
      lru.set(String(at), at, 10);
      expect(lru.get("asked")).toBe(0);
    }
    expect(lru.get("not asked")).toBeUndefined();
  });

  it("all that was set or found within half of the limit is still there, and no more bytes than the limit are", () => {
    const name = fc.integer({ min: 0, max: 12 }).map(String);
    const step = fc.oneof(
      fc.record({ set: name, bytes: fc.integer({ min: 1, max: 40 }) }),
      fc.record({ get: name }),
      fc.record({ forget: name }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const lru = new ByteLru<number>(100);
        const sizes = new Map<string, number>();
        // The names that were used last, the latest first.
        let used: string[] = [];
        for (const one of steps) {
          if ("set" in one) {
            lru.set(one.set, one.bytes, one.bytes);
            sizes.set(one.set, one.bytes);
            used = [one.set, ...used.filter((each) => each !== one.set)];
          } else if ("get" in one) {
            if (lru.get(one.get) !== undefined) used = [one.get, ...used.filter((each) => each !== one.get)];
          } else {
            lru.delete(one.forget);
            used = used.filter((each) => each !== one.forget);
          }
        }
        let bytes = 0;
        let recent = 0;
        for (const each of used) {
          recent += sizes.get(each) ?? 0;
          const found = lru.get(each);
          if (recent <= 50 - 40) expect(found).toBe(sizes.get(each));
          bytes += found ?? 0;
        }
        // Asking moves things, so that the sum is of what was there at different moments: never more than a half more.
        expect(bytes).toBeLessThanOrEqual(150);
      }),
      { numRuns: 500 },
    );
  });
});
