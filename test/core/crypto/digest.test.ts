import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../src/core/crypto/digest.ts";
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
  ])("of %j is known", async (text, hex) => {
    expect(toHex(await sha256(text))).toBe(hex);
  });

  it("of any text is that of its UTF-8, as Node takes it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        expect(toHex(await sha256(text))).toBe(createHash("sha256").update(text, "utf8").digest("hex"));
      }),
    );
  });
});

describe("hexadecimal", () => {
  it("is in lower case, two digits for every byte", () => {
    expect(toHex(Uint8Array.of(0, 1, 15, 16, 171, 255))).toBe("00010f10abff");
    expect(toHex(new Uint8Array())).toBe("");
  });
});
