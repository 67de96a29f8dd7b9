import { describe, expect, it } from "vitest";
import { wholeLimitMs } from "../../../src/core/fills/whole-limit.ts";

const MIB = 2 ** 20;

describe("how long a body may take in all", () => {
  it.each([
    [0, 60_000],
    [1, 60_000.015_258],
    [MIB, 76_000],
    [64 * MIB, 1_084_000],
  ])("follows its size: %i bytes", (bytes, ms) => {
    expect(wholeLimitMs(bytes)).toBeCloseTo(ms, 3);
  });

  it("has no end where nobody knows the size: an attempt has one", () => {
    expect(wholeLimitMs(null)).toBe(Number.POSITIVE_INFINITY);
  });
});
