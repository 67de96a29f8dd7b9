import { describe, expect, it } from "vitest";
import { isOpen, shownStatus, UPLOAD_STATUSES } from "../../../src/core/uploads/upload-session.ts";
import { NOON } from "../samples.ts";

const OPEN = ["initiated", "in_progress"];

describe("a session", () => {
  it.each(UPLOAD_STATUSES)("that is %s is open as long as nothing has ended it", (status) => {
    expect(isOpen({ status, expiresAt: NOON + 1 }, NOON)).toBe(OPEN.includes(status));
    expect(shownStatus({ status, expiresAt: NOON + 1 }, NOON)).toBe(status);
  });

  it.each(UPLOAD_STATUSES)(
    "that is %s ends with its time, to the millisecond, unless it has ended before",
    (status) => {
      expect(isOpen({ status, expiresAt: NOON }, NOON)).toBe(false);
      expect(shownStatus({ status, expiresAt: NOON }, NOON)).toBe(OPEN.includes(status) ? "expired" : status);
    },
  );
});
