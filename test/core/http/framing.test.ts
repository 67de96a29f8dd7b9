import { describe, expect, it } from "vitest";
import { isChunked } from "../../../src/core/http/framing.ts";

describe("whether the end of a body is marked", () => {
  it.each([
    ["chunked", true],
    ["Chunked", true],
    ["gzip, chunked", true],
    ["gzip", false],
    ["unchunked", false],
    ["", false],
    [null, false],
  ])("says Transfer-Encoding: %s", (value, answer) => {
    expect(isChunked({ status: 200, header: (name) => (name === "transfer-encoding" ? value : null) })).toBe(answer);
  });
});
