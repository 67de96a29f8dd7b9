import { describe, expect, it } from "vitest";
import { ERRORS, type ErrorCode } from "../../../src/core/errors.ts";
import type { Unstorable } from "../../../src/core/origin-url/unstorable.ts";
import { refusalReason, unstorableReason } from "../../../src/core/usage/reasons.ts";

describe("why nothing is stored", () => {
  it.each<[Unstorable, "unreadable" | "unstorable"]>([
    ["malformed", "unreadable"],
    ["dot-segments", "unreadable"],
    ["signed-headers", "unstorable"],
    ["ip-bound", "unstorable"],
    ["country-bound", "unstorable"],
    ["per-user", "unstorable"],
    ["sub-resource", "unstorable"],
    ["not-an-object", "unstorable"],
    ["encoding-override", "unstorable"],
  ])("%s counts as %s", (why, reason) => {
    expect(unstorableReason(why)).toBe(reason);
  });
});

describe("an error", () => {
  const codes = Object.keys(ERRORS) as ErrorCode[];

  it("that is ours is no refusal", () => {
    const ours = codes.filter((code) => ERRORS[code].status >= 500);
    expect(ours.map(refusalReason)).toEqual(ours.map(() => null));
  });

  it.each<[ErrorCode, string]>([
    ["ORIGIN_NOT_ALLOWED", "origin"],
    ["INVALID_FIELD", "url"],
    ["MISSING_FIELD", "url"],
    ["LINK_SIGNATURE_INVALID", "link"],
    ["LINK_KEY_UNKNOWN", "link"],
    ["LINK_EXPIRED", "link"],
    ["LINK_NOT_YET_VALID", "link"],
    ["LINK_ADDRESS_REFUSED", "network"],
    ["NETWORK_NOT_ALLOWED", "network"],
    ["NOT_FOUND", "key"],
  ])("%s counts as a refusal by %s", (code, reason) => {
    expect(refusalReason(code)).toBe(reason);
  });
});
