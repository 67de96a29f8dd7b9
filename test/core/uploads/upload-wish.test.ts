import { describe, expect, it } from "vitest";
import { contentType, fileName, sha256, totalSize, userId, userRole } from "../../../src/core/uploads/upload-wish.ts";

describe("a wish to upload", () => {
  it.each(["a.mp4", "../../x", "\u0000\u202e", "e\u0301", "\ud800", ".", "x".repeat(1024)])(
    "may name the file %j, which is only shown",
    (text) => {
      expect(fileName.parse(text)).toBe(text);
    },
  );

  it.each(["", "x".repeat(1025), null, 7])("may not name it %j", (text) => {
    expect(fileName.safeParse(text).success).toBe(false);
  });

  it.each(["user123", "a", "ada@example.com", "auth0|5f7c8ec7c33c6c004bbafe82", "_x", "9", "a..b", "u".repeat(128)])(
    "may be of the user %j",
    (text) => {
      expect(userId.parse(text)).toBe(text);
    },
  );

  it.each(["", ".", "..", "../x", "a/b", "a\\b", "a b", "a\u0000", "é", "%2e", "a?b", "u".repeat(129), 7, "user\n"])(
    "may not be of the user %j, whose folder would be another's",
    (text) => {
      expect(userId.safeParse(text).success).toBe(false);
    },
  );

  it.each([
    "video/mp4",
    "text/plain; charset=utf-8",
    "application/vnd.oasis.opendocument.text",
    "image/svg+xml",
    "a/b",
  ])("may be of the type %j", (text) => {
    expect(contentType.parse(text)).toBe(text);
  });

  it.each([
    "",
    "video",
    "video/",
    "/mp4",
    "video/mp4\r\nX: y",
    "video/mp4; a=\u0000",
    "a b/c",
    `a/${"b".repeat(255)}`,
    null,
  ])("may not be of the type %j", (text) => {
    expect(contentType.safeParse(text).success).toBe(false);
  });

  it.each([0, 1, 10_737_418_240, Number.MAX_SAFE_INTEGER])("may have %d bytes", (bytes) => {
    expect(totalSize.parse(bytes)).toBe(bytes);
  });

  it.each([-1, 1.5, "7", null, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("may not have %j bytes", (bytes) => {
    expect(totalSize.safeParse(bytes).success).toBe(false);
  });

  it("is of one of three roles", () => {
    expect(["creator", "member", "subscriber"].map((role) => userRole.parse(role))).toHaveLength(3);
    expect(userRole.safeParse("Creator").error?.issues[0]?.message).toContain("creator, member, subscriber");
  });

  it("may declare a digest in hexadecimal of any letter case", () => {
    expect(sha256.parse("AB".repeat(32))).toBe("ab".repeat(32));
    for (const text of ["", "ab", "zz".repeat(32), "ab".repeat(33)]) expect(sha256.safeParse(text).success).toBe(false);
  });
});
