import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMacOf, macOf } from "../../../src/core/signed-link/mac.ts";
import { KEY, keyOfByte, signable } from "./links.ts";

describe("the MAC of a link", () => {
  it("is HMAC-SHA256 with the key's text, in base64url, as Node computes it", () => {
    fc.assert(
      fc.property(signable(), signable(200), (key, text) => {
        const mac = macOf(key, text);
        expect(mac).toBe(createHmac("sha256", key).update(text).digest("base64url"));
        expect(isMacOf(mac, key, text)).toBe(true);
      }),
    );
  });

  it("is that of RFC 4231's test case 2", () => {
    const hex = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    expect(macOf("Jefe", "what do ya want for nothing?")).toBe(Buffer.from(hex, "hex").toString("base64url"));
  });

  it("THREATS 25: does not hold with another key, another text, or cut, padded or re-encoded", () => {
    const mac = macOf(KEY, "text");
    expect(isMacOf(mac, keyOfByte(2), "text")).toBe(false);
    expect(isMacOf(mac, KEY, "text ")).toBe(false);
    for (const other of ["", mac.slice(0, -1), `${mac}=`, `${mac}A`, ` ${mac}`, mac.slice(0, 22)]) {
      expect(isMacOf(other, KEY, "text"), other).toBe(false);
    }
  });

  it("has one spelling: the two bits that its last character does not use are zero", () => {
    const mac = macOf(KEY, "text");
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const good = [...alphabet].filter((last) =>
      Buffer.from(mac.slice(0, -1) + last, "base64url").equals(Buffer.from(mac, "base64url")),
    );
    expect(good).toHaveLength(4);
    const accepted = [];
    for (const last of good) if (isMacOf(mac.slice(0, -1) + last, KEY, "text")) accepted.push(last);
    expect(accepted).toEqual([mac.at(-1)]);
  });

  it("stays right when more keys are used than are remembered", () => {
    const first = macOf(keyOfByte(7), "text");
    for (let count = 0; count < 1005; count++) macOf(`key ${count}`, "text");
    expect(macOf(keyOfByte(7), "text")).toBe(first);
    expect(isMacOf(first, "key 1004", "text")).toBe(false);
  });
});
