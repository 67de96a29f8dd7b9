import { describe, expect, it } from "vitest";
import { doesRanges } from "../../../src/core/http/accept-ranges.ts";

describe("whether a server does byte ranges", () => {
  it.each([
    ["bytes", true],
    ["Bytes", true],
    [" bytes ", true],
    ["none", false],
    ["", false],
    ["bytes, seconds", false],
    [null, false],
  ])("says Accept-Ranges: %s", (value, answer) => {
    expect(doesRanges({ status: 200, header: (name) => (name === "accept-ranges" ? value : null) })).toBe(answer);
  });
});
