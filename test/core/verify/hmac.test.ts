import { expect, test, vi } from "vitest";
import { fromHex, toHex } from "../../../src/core/crypto/hex.ts";
import { sameText } from "../../../src/core/verify/constant-time.ts";
import { hmac, hmacKey, importHmacKey } from "../../../src/core/verify/hmac.ts";

// RFC 2202 section 3 and RFC 4231 section 4.3, test case 2 of both.
test.each([
  ["SHA-1", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"],
  ["SHA-256", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"],
] as const)("HMAC with %s as the RFCs have it, of text and of bytes", async (hash, expected) => {
  const text = "what do ya want for nothing?";
  expect(toHex(await hmac(await importHmacKey("Jefe", hash), text))).toBe(expected);
  const bytes = (of: string) => new Uint8Array(new TextEncoder().encode(of));
  expect(toHex(await hmac(await importHmacKey(bytes("Jefe"), hash), bytes(text)))).toBe(expected);
});

test("a registered secret is imported once for each hash", async () => {
  const importKey = vi.spyOn(crypto.subtle, "importKey");
  const owner = {};
  const key = await hmacKey(owner, "secret");
  expect(await hmacKey(owner, "secret")).toBe(key);
  expect(await hmacKey(owner, "secret", "SHA-1")).not.toBe(key);
  expect(importKey).toHaveBeenCalledTimes(2);
  importKey.mockRestore();
});

test("an empty secret is no key", async () => {
  await expect(importHmacKey("")).rejects.toThrow();
});

test.each([
  ["", "", true],
  ["abc", "abc", true],
  ["abc", "abd", false],
  ["abc", "Abc", false],
  ["abc", "ab", false],
  ["", "a", false],
])("%j and %j are the same: %s", (one, other, same) => {
  expect(sameText(one, other)).toBe(same);
});

test.each([
  ["", []],
  ["00fF10", [0, 255, 16]],
  ["0", null],
  ["0g", null],
  [" 00", null],
])("%j in hexadecimal is %j", (text, bytes) => {
  expect(fromHex(text)).toEqual(bytes && Uint8Array.from(bytes));
});
