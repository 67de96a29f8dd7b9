import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HELD_BYTES, heldBytes } from "../../src/app/hold-bytes.ts";

describe("what an isolate holds", () => {
  it("has room to the last byte, and none beyond", () => {
    const held = heldBytes(10);
    expect(held.reserve(10)).not.toBeNull();
    expect(held.reserve(0)).not.toBeNull();
    expect(held.reserve(1)).toBeNull();
  });

  it("has room again for what was given back, once however often that is said", () => {
    const held = heldBytes(10);
    const [first, second] = [held.reserve(6), held.reserve(4)];
    first?.();
    first?.();
    expect(held.reserve(7)).toBeNull();
    expect(held.reserve(6)).not.toBeNull();
    second?.();
    expect(held.reserve(4)).not.toBeNull();
  });

  it("is at most half of the memory of an isolate", () => {
    expect(HELD_BYTES).toBe(64 * 2 ** 20);
    expect(heldBytes().reserve(HELD_BYTES + 1)).toBeNull();
  });

  it("never exceeds what it may, in whatever order", () => {
    const steps = fc.array(fc.record({ bytes: fc.nat({ max: 30 }), giveBack: fc.boolean() }), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (all) => {
        const held = heldBytes(50);
        const running: { bytes: number; release: () => void }[] = [];
        for (const { bytes, giveBack } of all) {
          if (giveBack) running.shift()?.release();
          const before = running.reduce((sum, each) => sum + each.bytes, 0);
          const release = held.reserve(bytes);
          expect(release !== null).toBe(before + bytes <= 50);
          if (release) running.push({ bytes, release });
        }
      }),
    );
  });
});
