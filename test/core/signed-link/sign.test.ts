import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SnapbyteError } from "../../../src/core/errors.ts";
import { checkSignedLink } from "../../../src/core/signed-link/check.ts";
import type { UnsignedLink } from "../../../src/core/signed-link/signed-link.ts";
import { anyLink, END, KEY, keyOfByte, PLAIN, signed } from "./links.ts";

async function problem(fields: Partial<UnsignedLink>): Promise<string> {
  const error = await signed(fields).catch((reason: unknown) => reason);
  if (!(error instanceof SnapbyteError)) throw new Error("it was signed");
  return `${error.code} ${error.message}`;
}

describe("signing", () => {
  it("keeps the link as it is and adds 43 characters of base64url", async () => {
    const link = await signed();
    expect(link).toEqual({ ...PLAIN, sig: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) });
  });

  it("gives the same signature again, and another one to another site and by another key", async () => {
    const { sig } = await signed();
    expect((await signed()).sig).toBe(sig);
    expect((await signed({ site: "acme2" })).sig).not.toBe(sig);
    expect((await signed({}, keyOfByte(2))).sig).not.toBe(sig);
  });

  it("makes links that hold, of every kind", async () => {
    await fc.assert(
      fc.asyncProperty(anyLink(), async (fields) => {
        const link = await signed({ ...fields, ip: null });
        expect(await checkSignedLink(link, () => KEY, { now: (link.nbf ?? 0) * 1000, address: null })).toBe("ok");
      }),
    );
  });

  it("takes a prefix link with no hash yet", async () => {
    const bare = await signed({ scope: "a/*", hash: null, url: null });
    expect(bare.sig).toBe((await signed({ scope: "a/*", hash: "a/b" })).sig);
  });

  it.each([
    ["hash", { hash: "a\nb" }],
    ["hash", { hash: "a\0" }],
    ["hash", { hash: "a\u0085" }],
    ["hash", { hash: "a\ud800" }],
    ["hash", { hash: "" }],
    ["hash", { scope: "b/*", hash: "a/b" }],
    ["url", { url: "https://b.co/\r\n" }],
    ["url", { url: "https://b.co/\u007f" }],
    ["url", { url: "https://b.co/\udc00a" }],
    ["url", { url: "" }],
    ["url", { scope: "rep*", url: "https://b.co/\n" }],
    ["site", { site: "ac\nme" }],
    ["site", { site: "" }],
    ["scope", { scope: "a/", hash: "a/b" }],
    ["scope", { scope: "*" }],
    ["scope", { scope: "" }],
    ["scope", { scope: "a*b*", hash: "a*b" }],
    ["scope", { scope: "**" }],
    ["scope", { scope: "a\n*", hash: null }],
    ["scope", { scope: `${"a".repeat(513)}*`, hash: null }],
    ["ip", { ip: "203.0.113.7/24" }],
    ["ip", { ip: "" }],
    ["ip", { ip: "somewhere" }],
    ["exp", { exp: -1 }],
    ["exp", { exp: 1.5 }],
    ["exp", { exp: Number.NaN }],
    ["exp", { exp: Number.POSITIVE_INFINITY }],
    ["exp", { exp: END * 1000 }],
    ["nbf", { nbf: 0.5 }],
    ["nbf", { nbf: END }],
    ["nbf", { nbf: END + 1 }],
  ] as const)("refuses a bad %s: %j", async (field, fields) => {
    expect(await problem(fields)).toMatch(new RegExp(`^INVALID_FIELD ${field} `));
  });

  it("refuses a link to nothing", async () => {
    expect(await problem({ url: null, hash: null })).toBe("MISSING_FIELD url, hash or scope is required.");
  });
});
