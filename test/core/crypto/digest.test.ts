import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { midstate, sha256 } from "../../../src/core/crypto/digest.ts";
import { toHex } from "../../../src/core/crypto/hex.ts";

describe("SHA-256", () => {
  it.each([
    // FIPS 180-4 examples.
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    [
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
    ],
    // NIST, "SHA Test Vectors": a million times the letter a.
    ["a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
  ])("of %.20j is known", (text, hex) => {
    expect(toHex(sha256(text))).toBe(hex);
  });

  it("of any text is that of its UTF-8, as Node takes it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        expect(toHex(sha256(text))).toBe(createHash("sha256").update(text, "utf8").digest("hex"));
      }),
    );
  });

  it("of any length of bytes is what Web Crypto says", async () => {
    for (let length = 0; length <= 260; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, at) => 7 * at + length);
      expect(sha256(bytes)).toEqual(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
    }
  });

  it("of a short text is not touched by a long one before it", () => {
    const before = toHex(sha256("abc"));
    sha256("é".repeat(20_000));
    expect(toHex(sha256("abc"))).toBe(before);
  });

  it("does not touch the bytes, nor those that it gave before", () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const first = sha256(bytes);
    const text = toHex(first);
    sha256("something else");
    expect([...bytes]).toEqual([1, 2, 3]);
    expect(toHex(first)).toBe(text);
  });

  it("goes on from whole blocks as though they were hashed again", () => {
    fc.assert(
      fc.property(fc.nat(5), fc.uint8Array({ maxLength: 200 }), (blocks, rest) => {
        const beginning = Uint8Array.from({ length: 64 * blocks }, (_, at) => at);
        const state = midstate(beginning);
        expect(sha256(rest, state)).toEqual(sha256(Uint8Array.of(...beginning, ...rest)));
        expect(sha256(rest, midstate(beginning, midstate(beginning)))).toEqual(
          sha256(Uint8Array.of(...beginning, ...beginning, ...rest)),
        );
      }),
    );
  });

  it("goes on from nothing but whole blocks", () => {
    for (const length of [1, 63, 65]) expect(() => midstate(new Uint8Array(length))).toThrow("whole blocks");
  });
});

describe("hexadecimal", () => {
  it("is in lower case, two digits for every byte", () => {
    expect(toHex(Uint8Array.of(0, 1, 15, 16, 171, 255))).toBe("00010f10abff");
    expect(toHex(new Uint8Array())).toBe("");
  });
});
