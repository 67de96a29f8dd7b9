import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  ACCESS_TOKEN_BYTES,
  DEFAULT_TTL_S,
  formatAccessToken,
  hashAccessToken,
  isOpen,
  MAX_TTL_S,
} from "../../../src/core/assets/access-token.ts";
import type { AssetToken } from "../../../src/core/assets/asset.ts";
import { NOON, SECOND } from "../samples.ts";

const TOKEN: AssetToken = {
  ...{ id: "token-1", asset: "asset-1", expiresAt: NOON + SECOND, maxDownloads: null, downloads: 0, createdAt: NOON },
};

describe("a token", () => {
  it("is 32 random bytes, in 43 characters that stand in a path as they are", () => {
    const bytes = Uint8Array.from({ length: ACCESS_TOKEN_BYTES }, (_, at) => 255 - at);
    expect(ACCESS_TOKEN_BYTES).toBe(32);
    expect(formatAccessToken(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
    expect(formatAccessToken(bytes)).toMatch(/^[\w-]{43}$/);
  });

  it.each(["", "a", "я", "x".repeat(100_000), "a\0b", "\ud800"])(
    "is kept as its SHA-256, whatever text it is: %#",
    (text) => {
      const utf8 = Buffer.from(new TextEncoder().encode(text));
      expect(hashAccessToken(text)).toBe(createHash("sha256").update(utf8).digest("hex"));
    },
  );

  it("lives for an hour where nobody says, and never for more than thirty days", () => {
    expect([DEFAULT_TTL_S, MAX_TTL_S]).toEqual([3600, 30 * 24 * 3600]);
  });

  it.each([
    [NOON, true],
    [NOON + SECOND - 1, true],
    [NOON + SECOND, false],
    [NOON + 2 * SECOND, false],
  ])("ends at its very moment: at %d it is open: %s", (now, open) => {
    expect(isOpen(TOKEN, now)).toBe(open);
  });

  it.each([
    [null, 1_000_000, true],
    [1, 0, true],
    [1, 1, false],
    [2, 1, true],
    [2, 3, false],
  ])("of at most %s downloads is open after %d of them: %s", (maxDownloads, downloads, open) => {
    expect(isOpen({ ...TOKEN, maxDownloads, downloads }, NOON)).toBe(open);
  });
});
