import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  FAULTS,
  type FaultCode,
  fault,
  faultOfStatus,
  isFinal,
  LONGEST_RETRY_AFTER_MS,
} from "../../../src/core/fills/faults.ts";
import { HOUR, MINUTE, NOON, SECOND } from "../samples.ts";

/** What is promised of each: whether it is final, attempts in all where they are fewer than the queue's, quiet in ms. */
const PROMISED: readonly [FaultCode, boolean, number | null, number][] = [
  ["ORIGIN_REFUSED", true, null, 0],
  ["ORIGIN_NOT_FOUND", true, null, MINUTE],
  ["ORIGIN_STATUS", true, null, 0],
  ["ORIGIN_NOT_ALLOWED", true, null, 0],
  ["ORIGIN_BUSY", false, null, 0],
  ["ORIGIN_ERROR", false, null, 0],
  ["REDIRECT_REFUSED", true, null, 0],
  ["REDIRECT_NOT_ALLOWED", true, null, 0],
  ["RANGE_REFUSED", false, 2, 0],
  ["SOURCE_CHANGED", false, null, 0],
  ["URL_EXPIRED", true, null, 0],
  ["URL_UNREADABLE", true, null, 0],
  ["TOO_LARGE", true, null, 10 * MINUTE],
  ["NOT_STORABLE", true, null, 10 * MINUTE],
  ["VARIES", true, null, 10 * MINUTE],
  ["HTML_NOT_STORED", true, null, 10 * MINUTE],
  ["LENGTH_UNKNOWN", true, null, 10 * MINUTE],
  ["WRONG_LENGTH", false, null, 0],
  ["DIGEST_MISMATCH", false, 2, 10 * MINUTE],
  ["STALLED", false, null, 0],
  ["TIMEOUT", false, null, 0],
  ["INTERRUPTED", false, null, 0],
  ["STORE_FAILED", false, null, 0],
  ["OVERTAKEN", true, null, 0],
  ["GAVE_UP", true, null, 0],
];

describe("the table of faults", () => {
  it.each(PROMISED)("%s: final is %s, attempts %s, quiet for %s ms", (code, final, attempts, quietMs) => {
    expect(FAULTS[code]).toMatchObject({ final, attempts, quietMs });
  });

  it("has no row that nothing is promised of", () => {
    expect(Object.keys(FAULTS).sort()).toEqual(PROMISED.map(([code]) => code).sort());
  });

  it.each(Object.entries(FAULTS))("says what %s is in one sentence, without internals", (_, { message }) => {
    expect(message).toMatch(/^[A-Z][^.:/]*\.$/);
    expect(message).not.toMatch(/R2|KV|queue|Durable|http/i);
  });
});

describe("an attempt that ended with a fault", () => {
  it.each<[FaultCode, number, boolean]>([
    ["ORIGIN_NOT_FOUND", 1, true],
    ["URL_EXPIRED", 1, true],
    ["INTERRUPTED", 1, false],
    ["INTERRUPTED", 1000, false],
    ["DIGEST_MISMATCH", 1, false],
    ["DIGEST_MISMATCH", 2, true],
    ["DIGEST_MISMATCH", 3, true],
    ["RANGE_REFUSED", 1, false],
    ["RANGE_REFUSED", 2, true],
  ])("of %s is the last one after attempt %i: %s", (code, attempt, last) => {
    expect(isFinal(fault(code), attempt)).toBe(last);
  });

  it("says what the table says, or more where more is known", () => {
    expect(fault("TIMEOUT")).toEqual({ code: "TIMEOUT", message: "The fill took too long.", retryAfterMs: null });
    expect(fault("DIGEST_MISMATCH", "Declared a, got b.").message).toBe("Declared a, got b.");
    expect(fault("ORIGIN_BUSY", "Later.", SECOND).retryAfterMs).toBe(SECOND);
  });
});

function answer(status: number, headers: Record<string, string> = {}) {
  return faultOfStatus({ status, header: (name) => headers[name] ?? null }, NOON);
}

describe("an origin's status", () => {
  it.each<[number, FaultCode, boolean]>([
    [201, "ORIGIN_STATUS", true],
    [203, "ORIGIN_STATUS", true],
    [204, "ORIGIN_STATUS", true],
    [206, "ORIGIN_STATUS", true],
    [300, "ORIGIN_STATUS", true],
    [301, "REDIRECT_REFUSED", true],
    [302, "REDIRECT_REFUSED", true],
    [303, "REDIRECT_REFUSED", true],
    [304, "ORIGIN_STATUS", true],
    [307, "REDIRECT_REFUSED", true],
    [308, "REDIRECT_REFUSED", true],
    [400, "ORIGIN_STATUS", true],
    [401, "ORIGIN_REFUSED", true],
    [402, "ORIGIN_STATUS", true],
    [403, "ORIGIN_REFUSED", true],
    [404, "ORIGIN_NOT_FOUND", true],
    [405, "ORIGIN_STATUS", true],
    [408, "ORIGIN_ERROR", false],
    [410, "ORIGIN_NOT_FOUND", true],
    [412, "SOURCE_CHANGED", false],
    [416, "RANGE_REFUSED", false],
    [425, "ORIGIN_ERROR", false],
    [429, "ORIGIN_BUSY", false],
    [451, "ORIGIN_STATUS", true],
    [500, "ORIGIN_ERROR", false],
    [502, "ORIGIN_ERROR", false],
    [503, "ORIGIN_BUSY", false],
    [504, "ORIGIN_ERROR", false],
    [530, "ORIGIN_ERROR", false],
    [999, "ORIGIN_ERROR", false],
  ])("of %i is %s, and final is %s", (status, code, final) => {
    expect(answer(status)).toMatchObject({ code, retryAfterMs: null });
    expect(isFinal(answer(status), 1)).toBe(final);
  });

  it.each([204, 400, 401, 403, 404, 410, 429, 500, 503])("of %i can be read in the message", (status) => {
    expect(answer(status).message).toContain(String(status));
  });
});

describe("Retry-After", () => {
  it.each<[string, string, number | null]>([
    ["seconds", "120", 2 * MINUTE],
    ["spaces around them", " 120 ", 2 * MINUTE],
    ["nothing to wait for", "0", 0],
    ["a date", new Date(NOON + 30 * SECOND).toUTCString(), 30 * SECOND],
    ["a date of RFC 850", "Friday, 20-Nov-26 12:00:30 GMT", 30 * SECOND],
    ["a date that is past", new Date(NOON - HOUR).toUTCString(), 0],
    ["the most that is waited", "900", LONGEST_RETRY_AFTER_MS],
    ["more than that", "901", LONGEST_RETRY_AFTER_MS],
    ["a number beyond all numbers", "9".repeat(400), LONGEST_RETRY_AFTER_MS],
    ["a date in years", "Fri, 20 Nov 2099 12:00:00 GMT", LONGEST_RETRY_AFTER_MS],
    ["no text", "", null],
    ["a negative number", "-1", null],
    ["a fraction", "1.5", null],
    ["words", "soon", null],
  ])("is understood as %s", (_, text, expected) => {
    expect(answer(429, { "retry-after": text }).retryAfterMs).toBe(expected);
    expect(answer(503, { "retry-after": text }).retryAfterMs).toBe(expected);
  });

  it("is heeded with every answer that is tried again, and with none that is not", () => {
    const status = fc.integer({ min: 201, max: 599 });
    fc.assert(
      fc.property(status, (code) => {
        const got = answer(code, { "retry-after": "7" });
        expect(got.retryAfterMs).toBe(isFinal(got, 1) ? null : 7 * SECOND);
      }),
    );
  });
});
