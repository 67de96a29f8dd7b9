import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64Url, toBase64Url } from "../../../src/core/crypto/base64url.ts";
import { type KeyRing, parseKeyRing, SECRET_BYTES } from "../../../src/core/crypto/key-ring.ts";
import { seal, unseal } from "../../../src/core/crypto/seal.ts";

/** A ring of keys; the same number always has the same secret, unless `salt` differs. */
function ringOf(ids: readonly number[], salt = 0): KeyRing {
  const ring = parseKeyRing(
    ids.map((id) => `${id}:${toBase64Url(new Uint8Array(SECRET_BYTES).fill(id + salt))}`).join(","),
  );
  if (!ring) throw new Error("the ring does not parse");
  return ring;
}

const RING = ringOf([1]);
const TEXT = "https://b.co/a?X-Amz-Signature=secret";

function bytesOf(sealed: string): Uint8Array<ArrayBuffer> {
  const bytes = fromBase64Url(sealed);
  if (!bytes) throw new Error("what was sealed is no base64url");
  return bytes;
}

describe("a sealed text", () => {
  it("opens again, whatever it holds", async () => {
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("", "\ufeffa", "\0", "\u{1f600}"));
    await fc.assert(
      fc.asyncProperty(text, fc.string({ unit: "binary" }), async (plain, context) => {
        expect(await unseal(RING, "link", await seal(RING, "link", plain, context), context)).toBe(plain);
      }),
    );
  });

  it("is not touched by others that are sealed at the same time, long ones among them", async () => {
    const texts = Array.from({ length: 50 }, (_, at) => `${at} ${"é".repeat(at % 5 === 0 ? 9_000 : 10 * at)}`);
    const sealed = await Promise.all(texts.map((text, at) => seal(RING, "link", text, `place ${at}`)));
    const alone = [];
    for (const [at, text] of texts.entries()) alone.push(await seal(RING, "link", text, `place ${at}`));
    expect(sealed).toEqual(alone);
    const opened = await Promise.all(sealed.map((text, at) => unseal(RING, "link", text, `place ${at}`)));
    expect(opened).toEqual(texts);
  });

  it("shows neither the text nor anything that is not safe in a URL", async () => {
    const sealed = await seal(RING, "stored-url", TEXT);
    expect(sealed).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(new TextDecoder("latin1").decode(bytesOf(sealed))).not.toContain("Signature");
  });

  it("tells its version and key in its first two bytes", async () => {
    expect([...bytesOf(await seal(ringOf([200]), "link", TEXT)).subarray(0, 2)]).toEqual([1, 200]);
  });

  it("is the same for the same text, purpose and context", async () => {
    expect(await seal(ringOf([1]), "link", TEXT, "a")).toBe(await seal(ringOf([1]), "link", TEXT, "a"));
  });

  it("has another nonce for every other text, purpose, context and key", async () => {
    const sealed = await Promise.all([
      seal(RING, "link", TEXT, "a"),
      seal(RING, "link", `${TEXT}x`, "a"),
      seal(RING, "link", TEXT, "b"),
      seal(RING, "link", `a${TEXT}`, ""),
      seal(RING, "link", TEXT, ""),
      seal(RING, "stored-url", TEXT, "a"),
      seal(ringOf([2]), "link", TEXT, "a"),
    ]);
    const nonces = sealed.map((text) => bytesOf(text).subarray(2, 14).join());
    expect(new Set(nonces).size).toBe(sealed.length);
  });

  it("does not open with context and text shifted into each other", async () => {
    const [one, other] = await Promise.all([seal(RING, "link", "bc", "a"), seal(RING, "link", "c", "ab")]);
    expect(bytesOf(one).subarray(2, 14)).not.toEqual(bytesOf(other).subarray(2, 14));
    expect(await unseal(RING, "link", one, "ab")).toBeNull();
  });
});

describe("what does not open", () => {
  it("is a sealed text with any bit of any byte changed", async () => {
    const bytes = bytesOf(await seal(RING, "link", TEXT));
    for (let index = 0; index < bytes.length; index++) {
      for (const bit of [1, 128]) {
        const changed = Uint8Array.from(bytes);
        changed[index] = (changed[index] ?? 0) ^ bit;
        expect(await unseal(RING, "link", toBase64Url(changed)), `byte ${index}`).toBeNull();
      }
    }
  });

  it("is a sealed text with any character changed", async () => {
    const sealed = await seal(RING, "link", TEXT);
    const character = fc.constantFrom(..."ABCabc019-_+/=. %\u00e9");
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), character, async (index, other) => {
        fc.pre(sealed[index] !== other);
        expect(await unseal(RING, "link", sealed.slice(0, index) + other + sealed.slice(index + 1))).toBeNull();
      }),
    );
  });

  it("is a sealed text cut or lengthened anywhere", async () => {
    const bytes = bytesOf(await seal(RING, "link", TEXT));
    for (let length = 0; length < bytes.length; length++) {
      expect(await unseal(RING, "link", toBase64Url(bytes.subarray(0, length))), `${length} bytes`).toBeNull();
    }
    expect(await unseal(RING, "link", toBase64Url(Uint8Array.from([...bytes, 0])))).toBeNull();
  });

  it("is anything else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.uint8Array({ maxLength: 100 }).map(toBase64Url)), async (text) => {
        expect(await unseal(RING, "link", text)).toBeNull();
      }),
    );
  });

  it.each([
    ["in another context", RING, "link", "b"],
    ["without its context", RING, "link", ""],
    ["for another purpose", RING, "stored-url", "a"],
    ["with another secret under the same key id", ringOf([1], 50), "link", "a"],
    ["with a ring that lacks its key", ringOf([2]), "link", "a"],
  ] as const)("is a sealed text %s", async (_, ring, purpose, context) => {
    expect(await unseal(ring, purpose, await seal(RING, "link", TEXT, "a"), context)).toBeNull();
  });

  it("is a text of another version, though our own key sealed it", async () => {
    const keys = await RING.keys(1, "link");
    if (!keys) throw new Error("the ring lacks its key");
    const iv = new Uint8Array(12);
    const sealAs = async (version: number) => {
      const header = Uint8Array.of(version, 1);
      const plain = new TextEncoder().encode(TEXT);
      const cipher = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: header }, keys.encrypt, plain);
      return toBase64Url(Uint8Array.from([...header, ...iv, ...new Uint8Array(cipher)]));
    };
    expect(await unseal(RING, "link", await sealAs(1))).toBe(TEXT);
    expect(await unseal(RING, "link", await sealAs(2))).toBeNull();
  });

  it("is a sealed text that claims another key of the ring", async () => {
    const ring = ringOf([1, 2]);
    const bytes = bytesOf(await seal(ring, "link", TEXT));
    bytes[1] = 2;
    expect(await unseal(ring, "link", toBase64Url(bytes))).toBeNull();
  });
});

describe("a text that was sealed before", () => {
  // By the code of 2026-11-21, whose nonces came from Web Crypto: links that are out there must open, and stay the same.
  const BEFORE = "AQFmVdqSRUXNv2-zDrTCcV4qOliGkskjQcmlHHM0_o6ZUv_DWdftYJchdxyKfSW-CDIv5R5CRuybmWQ_USRZInjFuA";

  it("opens", async () => {
    expect(await unseal(RING, "link", BEFORE, "tenant/entry")).toBe(TEXT);
  });

  it("is sealed to the same text again", async () => {
    expect(await seal(RING, "link", TEXT, "tenant/entry")).toBe(BEFORE);
  });
});

describe("rotation", () => {
  it("seals with the new key, opens what the old one sealed, and forgets that with the old key", async () => {
    const old = await seal(ringOf([1]), "link", TEXT);
    const during = ringOf([2, 1]);
    expect(bytesOf(await seal(during, "link", TEXT))[1]).toBe(2);
    expect(await unseal(during, "link", old)).toBe(TEXT);
    expect(await unseal(ringOf([2]), "link", old)).toBeNull();
  });
});
