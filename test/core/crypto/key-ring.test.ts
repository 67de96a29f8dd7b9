import { describe, expect, it } from "vitest";
import { toBase64Url } from "../../../src/core/crypto/base64url.ts";
import { toHex } from "../../../src/core/crypto/hex.ts";
import { hmacSha256 } from "../../../src/core/crypto/hmac.ts";
import { parseKeyRing, SECRET_BYTES } from "../../../src/core/crypto/key-ring.ts";

function secret(byte: number, length = SECRET_BYTES): string {
  return toBase64Url(new Uint8Array(length).fill(byte));
}

describe("a key ring", () => {
  it.each([
    ["one key", `1:${secret(1)}`, 1],
    ["the newest of two", `7:${secret(7)},1:${secret(1)}`, 7],
    ["the first, not the highest", `1:${secret(1)},7:${secret(7)}`, 1],
    ["the lowest id", `0:${secret(0)}`, 0],
    ["the highest id", `255:${secret(255)}`, 255],
    ["one among spaces and line breaks", ` 1:${secret(1)} ,\n 2:${secret(2)}\n`, 1],
  ])("seals with %s", (_, text, current) => {
    expect(parseKeyRing(text)?.current).toBe(current);
  });

  it.each([
    ["nothing", ""],
    ["a comma", ","],
    ["a comma at its end", `1:${secret(1)},`],
    ["no id", secret(1)],
    ["an empty id", `:${secret(1)}`],
    ["a negative id", `-1:${secret(1)}`],
    ["an id above one byte", `256:${secret(1)}`],
    ["an id of four digits", `0001:${secret(1)}`],
    ["an id that is no number", `a:${secret(1)}`],
    ["no secret", "1:"],
    ["a short secret", `1:${secret(1, SECRET_BYTES - 1)}`],
    ["a long secret", `1:${secret(1, SECRET_BYTES + 1)}`],
    ["a padded secret", `1:${secret(1)}=`],
    ["a secret in plain base64", `1:${"+".repeat(43)}`],
    ["a secret in hexadecimal", `1:${"0".repeat(64)}`],
    ["one id twice", `1:${secret(1)},1:${secret(2)}`],
    ["one id in two spellings", `1:${secret(1)},01:${secret(2)}`],
    ["a second key that is none", `1:${secret(1)},2:x`],
    ["another separator", `1:${secret(1)};2:${secret(2)}`],
  ])("is not read from %s", (_, text) => {
    expect(parseKeyRing(text)).toBeNull();
  });
});

describe("the keys of an id", () => {
  const text = `2:${secret(2)},1:${secret(1)}`;

  it("are made once for each id and purpose", async () => {
    const ring = parseKeyRing(text);
    const links = await ring?.keys(2, "link");
    expect(links).toBeTruthy();
    expect(await ring?.keys(2, "link")).toBe(links);
    expect(await ring?.keys(2, "stored-url")).not.toBe(links);
    expect(await ring?.keys(1, "link")).not.toBe(links);
  });

  it("are null for an id that the ring does not hold", async () => {
    for (const id of [0, 3, 255, -1, 256, 1.5, Number.NaN])
      expect(await parseKeyRing(text)?.keys(id, "link")).toBeNull();
  });

  it("are others for every id and purpose", async () => {
    const ring = parseKeyRing(text);
    const signatures = [];
    for (const id of [1, 2]) {
      for (const purpose of ["link", "stored-url", "link-key", "verification-key"] as const) {
        const keys = await ring?.keys(id, purpose);
        if (keys) signatures.push(toHex(hmacSha256(keys.nonce, "")));
      }
    }
    expect(new Set(signatures).size).toBe(8);
  });

  it("cannot be read out where they open what is sealed", async () => {
    const keys = await parseKeyRing(text)?.keys(1, "link");
    expect(keys?.encrypt).toMatchObject({ extractable: false, algorithm: { name: "AES-GCM", length: 256 } });
  });

  it("are for nonces what Web Crypto makes of the secret", async () => {
    const keys = await parseKeyRing(text)?.keys(1, "link");
    if (!keys) throw new Error("the ring lacks its key");
    const root = await crypto.subtle.importKey("raw", new Uint8Array(SECRET_BYTES).fill(1), "HKDF", false, [
      "deriveKey",
    ]);
    const info = new TextEncoder().encode("snapbyte link nonce");
    const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
    const hmac = { name: "HMAC", hash: "SHA-256", length: 256 };
    const expected = await crypto.subtle.deriveKey(hkdf, root, hmac, false, ["sign"]);
    const mac = await crypto.subtle.sign("HMAC", expected, new TextEncoder().encode("text"));
    expect(hmacSha256(keys.nonce, "text")).toEqual(new Uint8Array(mac));
  });
});
