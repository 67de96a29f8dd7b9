import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  beyondGrant,
  formatUploadToken,
  isSignedBy,
  isUploadToken,
  mayBegin,
  readUploadToken,
  tokenDigest,
  type UploadGrant,
} from "../../../src/core/uploads/upload-token.ts";
import type { UploadWish } from "../../../src/core/uploads/upload-wish.ts";
import { HOUR, NOON } from "../samples.ts";

const KEY = "snap_link_one";
const GRANT: UploadGrant = {
  ...{ site: "acme", kid: "01234567", user_id: "user123", user_role: "creator", content_type: "video/*" },
  ...{ max_size: 1000, exp: (NOON + HOUR) / 1000 },
};
const WISH: UploadWish = {
  ...{ fileName: "a.mp4", size: 1000, userId: "user123", userRole: "creator", contentType: "video/mp4" },
  ...{ sha256: null, asset: false },
};
const TOKEN = formatUploadToken(GRANT, KEY);

/** As somebody makes one who has only the documentation. */
function byHand(claims: unknown, key = KEY, said = "snapbyte upload 1\n"): string {
  const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
  return `snap_upload_${payload}.${createHmac("sha256", key)
    .update(said + payload)
    .digest("base64url")}`;
}

describe("an upload token", () => {
  it("says what it is for, and who has signed it", () => {
    const shown = readUploadToken(TOKEN);
    expect(shown?.grant).toEqual(GRANT);
    expect(shown && isSignedBy(shown, KEY)).toBe(true);
    expect(shown && isSignedBy(shown, "snap_link_other")).toBe(false);
  });

  it("is made by a customer's server as the documentation tells", () => {
    const shown = readUploadToken(byHand({ ...GRANT, file_name: "a.mp4" }));
    expect(shown?.grant).toEqual({ ...GRANT, file_name: "a.mp4" });
    expect(shown && isSignedBy(shown, KEY)).toBe(true);
  });

  it("does not count when it was signed for something else with the same key", () => {
    const shown = readUploadToken(byHand(GRANT, KEY, ""));
    expect(shown && isSignedBy(shown, KEY)).toBe(false);
  });

  it("does not count when anything of it was changed", () => {
    const [, payload = "", mac = ""] = /^snap_upload_(.+)\.(.+)$/.exec(TOKEN) ?? [];
    const larger = Buffer.from(JSON.stringify({ ...GRANT, max_size: 1001 })).toString("base64url");
    const forged = readUploadToken(`snap_upload_${larger}.${mac}`);
    expect(forged && isSignedBy(forged, KEY)).toBe(false);
    const otherMac = readUploadToken(`snap_upload_${payload}.${"A".repeat(43)}`);
    expect(otherMac && isSignedBy(otherMac, KEY)).toBe(false);
  });

  it.each([
    ["nothing", ""],
    ["an API key", `snap_key_${"A".repeat(43)}`],
    ["one without a MAC", TOKEN.split(".")[0] ?? ""],
    ["one that is no JSON", `snap_upload_AAAA.${"A".repeat(43)}`],
    ["one with a claim more", byHand({ ...GRANT, admin: true })],
    ["one with a claim less", byHand({ ...GRANT, user_id: undefined })],
    ["one for a user whose id leaves the folder", byHand({ ...GRANT, user_id: "../other" })],
    ["one for a role that is none", byHand({ ...GRANT, user_role: "owner" })],
    ["one of a negative size", byHand({ ...GRANT, max_size: -1 })],
    ["one that is too long", byHand({ ...GRANT, kid: "k".repeat(10_000) })],
  ])("is not %s", (_, text) => {
    expect(readUploadToken(text)).toBeNull();
  });

  it("is told from other credentials by its beginning", () => {
    expect(isUploadToken(TOKEN)).toBe(true);
    expect(isUploadToken("snap_key_x")).toBe(false);
  });

  it("is known again by a digest that it cannot be made of", () => {
    expect(tokenDigest(TOKEN)).toMatch(/^[0-9a-f]{64}$/);
    expect(tokenDigest(byHand({ ...GRANT, max_size: 1 }))).not.toBe(tokenDigest(TOKEN));
  });

  it.each([
    [0, false],
    [1, true],
    [24 * HOUR, true],
    [24 * HOUR + 1, false],
  ])("begins uploads %d ms before its end: %s", (before, may) => {
    expect(mayBegin(GRANT, NOON + HOUR - before)).toBe(may);
  });

  it.each<[string, Partial<UploadWish>, Partial<UploadGrant>, string | null]>([
    ["what it says", {}, {}, null],
    ["less than it says", { size: 1 }, {}, null],
    ["a type below it, in any letter case", { contentType: "Video/WebM; codecs=vp9" }, {}, null],
    ["its very type", {}, { content_type: "video/mp4" }, null],
    ["its only name", {}, { file_name: "a.mp4" }, null],
    ["no other user", { userId: "user124" }, {}, "user_id"],
    ["no other role", { userRole: "member" }, {}, "user_role"],
    ["no other type", { contentType: "image/png" }, {}, "content_type"],
    ["no type whose name only begins so", { contentType: "videos/mp4" }, {}, "content_type"],
    ["no other subtype", { contentType: "video/webm" }, { content_type: "video/mp4" }, "content_type"],
    ["no byte more", { size: 1001 }, {}, "total_size"],
    ["no other name", { fileName: "b.mp4" }, { file_name: "a.mp4" }, "file_name"],
  ])("is good for %s", (_, wish, grant, beyond) => {
    expect(beyondGrant({ ...GRANT, ...grant }, { ...WISH, ...wish })).toBe(beyond);
  });
});
