import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstStep, LARGEST_STEP_BYTES, nextStep, type Step } from "../../src/app/read-step.ts";

const KIB = 1024;

/** The steps of a reader that is never away, from an origin of so many bytes a second. */
function stepsAt(bytesPerSecond: number, count: number, start: Step = firstStep(0)): Step[] {
  const steps = [start];
  for (let step = start; steps.length < count; steps.push(step)) {
    const ms = Math.max(1, Math.ceil((step.bytes * 1000) / bytesPerSecond));
    step = nextStep(step, Math.max(step.bytes, Math.floor((bytesPerSecond * ms) / 1000)), step.since + ms);
  }
  return steps;
}

describe("the steps in which a body is read", () => {
  it("begin with a single byte", () => {
    expect(firstStep(5_000)).toEqual({ bytes: 1, since: 5_000 });
  });

  it("take about a second each when the origin is slow", () => {
    for (const speed of [200, 20 * KIB, 200 * KIB, 900 * KIB]) {
      const step = stepsAt(speed, 20).at(-1);
      expect(step?.bytes).toBeGreaterThan(speed * 0.9);
      expect(step?.bytes).toBeLessThan(speed * 1.1);
    }
  });

  it("end at the largest when it is fast, within a dozen", () => {
    for (const speed of [2 ** 21, 2 ** 27, 2 ** 33]) {
      expect(stepsAt(speed, 12).at(-1)?.bytes).toBe(LARGEST_STEP_BYTES);
    }
  });

  it("grow by four times at most, whatever lay ready", () => {
    const step = { bytes: 10_000, since: 0 };
    expect(nextStep(step, 8 * 2 ** 20, 0).bytes).toBe(40_000);
    expect(nextStep(step, 8 * 2 ** 20, 1).bytes).toBe(40_000);
  });

  it("become small at once when the origin becomes slow", () => {
    expect(nextStep({ bytes: LARGEST_STEP_BYTES, since: 0 }, LARGEST_STEP_BYTES, 20_000).bytes).toBe(52_428);
  });

  it("count the time that the reader was away, for bytes came meanwhile", () => {
    // 40 KiB lay ready after two seconds: that is a slow origin, though the read itself took no time.
    expect(nextStep({ bytes: 20 * KIB, since: 0 }, 40 * KIB, 2_000).bytes).toBe(20 * KIB);
  });

  it("wait for one byte at least and never more than the largest, also when the clock goes back", () => {
    const number = fc.nat(2 ** 31);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LARGEST_STEP_BYTES }), number, number, number, (bytes, since, got, now) => {
        const step = nextStep({ bytes, since }, got, now);
        expect(step.since).toBe(now);
        expect(Number.isInteger(step.bytes)).toBe(true);
        expect(step.bytes).toBeGreaterThanOrEqual(1);
        expect(step.bytes).toBeLessThanOrEqual(LARGEST_STEP_BYTES);
      }),
    );
  });
});
