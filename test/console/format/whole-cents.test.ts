import { describe, expect, it } from "vitest";
import { inWholeCents } from "../../../src/console/format/whole-cents.ts";

/** Days with charges in nano-dollars. */
const days = (...charges: readonly (readonly [bigint, bigint, bigint])[]) =>
  charges.map(([would_have_paid, paid_to_origin, paid_to_platform], at) => ({
    ...{ day: `2026-11-0${at + 1}`, would_have_paid, paid_to_origin, paid_to_platform },
    saved: would_have_paid - paid_to_origin - paid_to_platform,
  }));

const CENT = 10_000_000n;

describe("a ledger in whole cents", () => {
  it.each([
    [days([15_000_000n, 4_000_000n, 1n], [15_000_000n, 4_000_000n, 1n], [15_000_000n, 4_000_000n, 1n])],
    [days([999_999_999n, 333_333_333n, 4_999_999n], [1n, 1n, 1n], [123_456_789n, 98_765_432n, 5_000_000n])],
    [days([0n, 5_000_000n, 5_000_000n], [0n, 5_000_000n, 5_000_000n])],
    [[]],
  ])("adds up in every row and column", (exact) => {
    const { days: rows, total } = inWholeCents(exact);
    for (const row of [...rows, total]) {
      expect(row.would_have_paid - row.paid_to_origin - row.paid_to_platform).toBe(row.saved);
      expect(row.saved % CENT).toBe(0n);
    }
    for (const name of ["would_have_paid", "paid_to_origin", "paid_to_platform", "saved"] as const) {
      expect(rows.reduce((all, row) => all + row[name], 0n)).toBe(total[name]);
    }
  });

  it("is never further from the exact sum of a charge than half a cent", () => {
    const exact = days(...Array.from({ length: 9 }, (_, n) => [3_333_333n * BigInt(n), 1_111_111n, 7n] as const));
    const { total } = inWholeCents(exact);
    for (const name of ["would_have_paid", "paid_to_origin", "paid_to_platform"] as const) {
      const difference = total[name] - exact.reduce((all, row) => all + row[name], 0n);
      expect(difference < 0n ? -difference : difference).toBeLessThanOrEqual(CENT / 2n);
    }
  });
});
