import fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64, toBase64 } from "../../../src/core/crypto/base64.ts";
import { fromBase64Url, toBase64Url } from "../../../src/core/crypto/base64url.ts";
import { toHex } from "../../../src/core/crypto/hex.ts";
import { NativeBytes } from "../../../src/core/crypto/native-bytes.ts";

const bytes = fc.uint8Array({ maxLength: 300 });

test("workerd has what makes bytes into text by itself", () => {
  expect(NativeBytes.fromBase64).toBeTypeOf("function");
});

test("text of bytes is the same as Node's, and read back", () => {
  fc.assert(
    fc.property(bytes, (given) => {
      const [buffer, own] = [Buffer.from(given), Uint8Array.from(given)];
      expect(toBase64(given)).toBe(buffer.toString("base64"));
      expect(toBase64Url(given)).toBe(buffer.toString("base64url"));
      expect(toHex(given)).toBe(buffer.toString("hex"));
      expect(fromBase64(toBase64(given))).toEqual(own);
      expect(fromBase64Url(toBase64Url(given))).toEqual(own);
    }),
  );
});

test.each(["Zg==", "+//+", "Zm9vY", "Zh", "Zm9", "Zm 9v", "Zm9v\n", " ", "\t\t\t\t", "Zm9\u00e9", "="])(
  "text that is no base64url is none here either: %j",
  (text) => {
    expect(fromBase64Url(text)).toBeNull();
  },
);

test("whatever is read is written so again", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."AQgwZ9_-=+/ \n"), maxLength: 12 }), (text) => {
      const read = fromBase64Url(text);
      if (read) expect(toBase64Url(read)).toBe(text);
    }),
  );
});
