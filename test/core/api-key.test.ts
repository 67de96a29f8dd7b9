import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { API_KEY_BYTES, bearerApiKey, formatApiKey, hashApiKey, shownPrefix } from "../../src/core/api-key.ts";

const RANDOM = new Uint8Array(API_KEY_BYTES).fill(0xfb);
const KEY = formatApiKey("tenant", RANDOM);

describe("an API key", () => {
  it.each([
    ["tenant", /^snap_key_[A-Za-z0-9_-]{43}$/],
    ["operator", /^snap_op_[A-Za-z0-9_-]{43}$/],
  ] as const)("of a %s tells what it opens", (role, shape) => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: API_KEY_BYTES, maxLength: API_KEY_BYTES }), (random) => {
        const key = formatApiKey(role, random);
        expect(key).toMatch(shape);
        expect(bearerApiKey(`Bearer ${key}`)).toBe(key);
      }),
    );
  });

  it("is another one for other random bytes", () => {
    expect(formatApiKey("tenant", new Uint8Array(API_KEY_BYTES))).not.toBe(KEY);
  });

  it("is kept as the SHA-256 of its text", async () => {
    expect(await hashApiKey("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(await hashApiKey(KEY)).toMatch(/^[0-9a-f]{64}$/);
    expect(await hashApiKey(KEY)).not.toBe(await hashApiKey(formatApiKey("operator", RANDOM)));
  });
});

describe("an Authorization field", () => {
  it.each([
    ["as it should be", `Bearer ${KEY}`],
    ["with the scheme in lower case", `bearer ${KEY}`],
    ["with the scheme in upper case", `BEARER ${KEY}`],
    ["with several spaces", `Bearer   ${KEY}`],
  ])("holds a key %s", (_, field) => {
    expect(bearerApiKey(field)).toBe(KEY);
  });

  it.each([
    ["when it is absent", null],
    ["when it is empty", ""],
    ["with a scheme alone", "Bearer"],
    ["with an empty key", "Bearer "],
    ["without a scheme", KEY],
    ["without a space", `Bearer${KEY}`],
    ["with a tab", `Bearer\t${KEY}`],
    ["with another scheme", `Basic ${KEY}`],
    ["with the key of somebody else", "Bearer sk_live_0123456789"],
    ["with a key that is cut", `Bearer ${KEY.slice(0, -1)}`],
    ["with a key that is too long", `Bearer ${KEY}a`],
    ["with a padded key", `Bearer ${KEY}=`],
    ["with two keys", `Bearer ${KEY} ${KEY}`],
    ["with two fields joined", `Bearer ${KEY}, Bearer ${KEY}`],
    ["with a line break behind", `Bearer ${KEY}\n`],
    ["with a space before", ` Bearer ${KEY}`],
  ])("holds none %s", (_, field) => {
    expect(bearerApiKey(field)).toBeNull();
  });
});

describe("what is shown of a key", () => {
  it.each([
    ["tenant", "snap_key_AQEB"],
    ["operator", "snap_op_AQEB"],
  ] as const)("of a %s is its beginning", (role, shown) => {
    expect(shownPrefix(formatApiKey(role, new Uint8Array(API_KEY_BYTES).fill(1)))).toBe(shown);
  });
});
