import { describe, expect, it } from "vitest";
import { parseHttpDate } from "../../../src/core/http/http-date.ts";

const TIME = Date.UTC(1994, 10, 6, 8, 49, 37);

describe("an HTTP date", () => {
  it.each([
    ["as it is sent today", "Sun, 06 Nov 1994 08:49:37 GMT"],
    ["as RFC 850 wrote it", "Sunday, 06-Nov-94 08:49:37 GMT"],
    ["as asctime wrote it", "Sun Nov  6 08:49:37 1994"],
  ])("is understood %s (RFC 9110 section 5.6.7)", (_, text) => {
    expect(parseHttpDate(text)).toBe(TIME);
  });

  it("takes two digits of a year below 70 for this century", () => {
    expect(parseHttpDate("Friday, 20-Nov-26 12:00:00 GMT")).toBe(Date.UTC(2026, 10, 20, 12));
  });

  it.each([
    ["nothing", null],
    ["no text", ""],
    ["a number", "1"],
    ["an ISO date", "1994-11-06T08:49:37Z"],
    ["another zone", "Sun, 06 Nov 1994 08:49:37 CET"],
    ["an offset", "Sun, 06 Nov 1994 08:49:37 +0000"],
    ["lower case", "sun, 06 nov 1994 08:49:37 gmt"],
    ["one digit of a day", "Sun, 6 Nov 1994 08:49:37 GMT"],
    ["a day that the month has not", "Sun, 31 Nov 1994 08:49:37 GMT"],
    ["hour 24", "Sun, 06 Nov 1994 24:00:00 GMT"],
    ["minute 60", "Sun, 06 Nov 1994 08:60:00 GMT"],
    ["something behind it", "Sun, 06 Nov 1994 08:49:37 GMT, more"],
  ])("is not read into %s", (_, text) => {
    expect(parseHttpDate(text)).toBeNull();
  });
});
