import { describe, expect, it } from "vitest";
import { dollars } from "../../../src/console/format/money.ts";
import { bytes, count, counted, percent } from "../../../src/console/format/numbers.ts";
import { clock, day, fromNow, moment } from "../../../src/console/format/times.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const away = (ms: number) => fromNow(new Date(NOW + ms).toISOString(), NOW);
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

describe("figures", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.00 kB"],
    [1234, "1.23 kB"],
    [12_345, "12.3 kB"],
    [123_456, "123 kB"],
    [999_499, "999 kB"],
    [999_500, "1.00 MB"],
    [9_994_999, "9.99 MB"],
    [5e12, "5.00 TB"],
    [3e15, "3.00 PB"],
    [9e18, "9000 PB"],
    [-1500, "−1.50 kB"],
  ])("%d bytes are %s", (value, text) => {
    expect(bytes(value)).toBe(text);
  });

  it.each([
    [0, 0, "—"],
    [0, 5, "0 %"],
    [5, 5, "100 %"],
    [2, 3, "66.7 %"],
    [1, 1000, "0.1 %"],
  ])("%d of %d is %s", (part, whole, text) => {
    expect(percent(part, whole)).toBe(text);
  });

  it("are written in groups, with their word", () => {
    expect([count(1_234_567), counted(1, "file"), counted(2, "file"), counted(0, "entry", "entries")]).toEqual([
      "1,234,567",
      "1 file",
      "2 files",
      "0 entries",
    ]);
  });
});

describe("money", () => {
  it.each([
    [0n, "$0.00"],
    [1n, "$0.0000"],
    [49_999n, "$0.0000"],
    [50_000n, "$0.0001"],
    [301_000n, "$0.0003"],
    [99_999_999n, "$0.1000"],
    [30_000_000n, "$0.03"],
    [35_000_000n, "$0.0350"],
    [100_000_000n, "$0.10"],
    [1_004_999_999n, "$1.00"],
    [1_005_000_000n, "$1.01"],
    [-1_005_000_000n, "−$1.01"],
    [-1n, "$0.0000"],
    [1_234_567_890_000_000n, "$1,234,567.89"],
    [123_456_789_012_345_678_901_234n, "$123,456,789,012,345.68"],
  ])("%d nano-dollars are %s", (nano, text) => {
    expect(dollars(nano)).toBe(text);
  });
});

describe("moments", () => {
  it.each([
    [0, "just now"],
    [30_000, "in a moment"],
    [-MINUTE, "1 minute ago"],
    [-59 * MINUTE, "59 minutes ago"],
    [-HOUR, "1 hour ago"],
    [3 * HOUR, "in 3 hours"],
    [-23.6 * HOUR, "1 day ago"],
    [-29 * DAY, "29 days ago"],
    [-31 * DAY, "21 Oct 2026"],
    [400 * DAY, "26 Dec 2027"],
  ])("%d ms away is %s", (ms, text) => {
    expect(away(ms)).toBe(text);
  });

  it("are those of UTC, wherever the machine is", () => {
    expect([day("2026-11-21T23:30:00-05:00"), clock("2026-11-21T23:30:00Z"), moment("2026-01-02T03:04:05Z")]).toEqual([
      "22 Nov 2026",
      "23:30",
      "2 Jan 2026, 03:04 UTC",
    ]);
  });
});
