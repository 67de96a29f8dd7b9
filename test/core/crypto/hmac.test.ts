import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../../src/core/crypto/hex.ts";
import { hmacKey, hmacSha256 } from "../../../src/core/crypto/hmac.ts";

function bytes(hex: string): Uint8Array {
  const read = fromHex(hex);
  if (!read) throw new Error("this is no hexadecimal");
  return read;
}

describe("HMAC-SHA256", () => {
  it.each([
    // RFC 4231, test cases 1 to 4, 6 and 7.
    ["0b".repeat(20), "4869205468657265", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"],
    [
      "4a656665",
      "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ],
    ["aa".repeat(20), "dd".repeat(50), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"],
    [
      "0102030405060708090a0b0c0d0e0f10111213141516171819",
      "cd".repeat(50),
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
    ],
    [
      "aa".repeat(131),
      Buffer.from("Test Using Larger Than Block-Size Key - Hash Key First").toString("hex"),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ],
    [
      "aa".repeat(131),
      Buffer.from(
        "This is a test using a larger than block-size key and a larger than block-size data. " +
          "The key needs to be hashed before being used by the HMAC algorithm.",
      ).toString("hex"),
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    ],
  ])("under the key %.20s is known", (key, message, mac) => {
    expect(toHex(hmacSha256(hmacKey(bytes(key)), bytes(message)))).toBe(mac);
  });

  it("is what Node makes of any key and message, bytes or text", () => {
    const text = fc.string({ unit: "binary", maxLength: 200 });
    fc.assert(
      fc.property(text, text, (key, message) => {
        const expected = createHmac("sha256", key).update(message, "utf8").digest("hex");
        expect(toHex(hmacSha256(hmacKey(key), message))).toBe(expected);
        const [keyBytes, messageBytes] = [key, message].map((one) => new TextEncoder().encode(one));
        expect(toHex(hmacSha256(hmacKey(keyBytes ?? ""), messageBytes ?? ""))).toBe(expected);
      }),
    );
  });

  it("keeps a key as it was, however often it is used", () => {
    const key = hmacKey("key");
    const first = toHex(hmacSha256(key, "message"));
    for (let count = 0; count < 3; count += 1) hmacSha256(key, `another message ${count}`);
    hmacKey("another key");
    expect(toHex(hmacSha256(key, "message"))).toBe(first);
  });
});
