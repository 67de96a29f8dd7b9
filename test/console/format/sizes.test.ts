import { describe, expect, it } from "vitest";
import { readSize, writeSize } from "../../../src/console/format/sizes.ts";

describe("a size that somebody types", () => {
  it.each([
    ["10 GB", 10_000_000_000],
    ["1.5MB", 1_500_000],
    ["0.1 kB", 100],
    ["1.001 TB", 1_001_000_000_000],
    ["4096", 4096],
    ["12,345", 12_345],
    ["1 000 kB", 1_000_000],
    ["5 TiB", 5 * 2 ** 40],
    ["1 gib", 2 ** 30],
    ["0", 0],
  ])("%j is %i bytes", (text, size) => {
    expect(readSize(text)).toBe(size);
  });

  it.each(["", "GB", "10 XB", "-1", "1e9", "1.5", "0.0001 kB", "1.2.3 MB", "99999999 TB", "10 GB more", "∞"])(
    "%j is none",
    (text) => {
      expect(readSize(text)).toBeNull();
    },
  );
});

describe("a size that is shown to be changed", () => {
  it.each([
    [10_000_000_000, "10 GB"],
    [5_500_000_000, "5.5 GB"],
    [1_234_000, "1.234 MB"],
    [1_234_567, "1234.567 kB"],
    [999, "999"],
    [2 ** 30, "1073741.824 kB"],
    [5 * 2 ** 40, "5497558138.88 kB"],
    [1, "1"],
  ])("%i is %j, which is read as the same", (size, text) => {
    expect(writeSize(size)).toBe(text);
    expect(readSize(text)).toBe(size);
  });
});
