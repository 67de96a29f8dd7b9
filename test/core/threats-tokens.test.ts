import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64Url, toBase64Url } from "../../src/core/crypto/base64url.ts";
import { type KeyRing, type Purpose, parseKeyRing } from "../../src/core/crypto/key-ring.ts";
import { seal, unseal } from "../../src/core/crypto/seal.ts";
import { entryKeyOf } from "../../src/core/entry-key.ts";
import { type Link, linkToken, readLinkToken } from "../../src/core/link.ts";
import { sealTenantSecret } from "../../src/core/tenant-secret.ts";
import { NOON, presigned, tenantId } from "./samples.ts";

describe("THREATS 25: a token has one version, one key and one algorithm", () => {
  const secret = (byte: number) => toBase64Url(new Uint8Array(32).fill(byte));
  const ringOf = (text: string): KeyRing => {
    const ring = parseKeyRing(text);
    if (!ring) throw new Error("the ring does not parse");
    return ring;
  };
  const RING = ringOf(`7:${secret(7)},1:${secret(1)}`);
  const LINK: Link = {
    key: entryKeyOf(tenantId("acme"), "a".repeat(43)),
    generation: "generation-1",
    expiresAt: NOON,
    originUrl: presigned("https://bucket.s3.amazonaws.com/a"),
    presentation: null,
    network: null,
    epoch: 0,
    sha256: null,
    size: null,
    rule: null,
  };

  /** The token with one of its bytes changed. */
  function withByte(token: string, at: number, change: (byte: number) => number): string {
    const bytes = fromBase64Url(token) ?? new Uint8Array();
    return toBase64Url(bytes.map((byte, index) => (index === at ? change(byte) : byte)));
  }

  it("THREATS 25: it begins with the version and the id of the key that sealed it", async () => {
    const bytes = fromBase64Url(await linkToken(RING, LINK)) ?? new Uint8Array();
    expect([...bytes.subarray(0, 2)]).toEqual([1, 7]);
  });

  it("THREATS 25: no other version opens, so no weaker one can be asked for", async () => {
    const token = await linkToken(RING, LINK);
    expect(await readLinkToken(RING, token)).toEqual(LINK);
    for (let version = 0; version < 256; version++) {
      if (version !== 1)
        expect(
          await readLinkToken(
            RING,
            withByte(token, 0, () => version),
          ),
        ).toBeNull();
    }
  });

  it("THREATS 25: no other key id opens, one that the ring holds or not", async () => {
    const token = await linkToken(RING, LINK);
    for (let id = 0; id < 256; id++) {
      if (id !== 7)
        expect(
          await readLinkToken(
            RING,
            withByte(token, 1, () => id),
          ),
        ).toBeNull();
    }
  });

  it("THREATS 25: an older key still opens, and none seals but the newest", async () => {
    const token = await linkToken(ringOf(`1:${secret(1)}`), LINK);
    expect(await readLinkToken(RING, token)).toEqual(LINK);
    expect(await readLinkToken(ringOf(`7:${secret(7)}`), token)).toBeNull();
    expect(await linkToken(RING, LINK)).not.toBe(token);
  });

  it("THREATS 25: one id with another secret opens nothing", async () => {
    expect(await readLinkToken(ringOf(`7:${secret(8)}`), await linkToken(RING, LINK))).toBeNull();
  });

  it("THREATS 25: what was sealed for one purpose is nothing for another", async () => {
    const purposes: readonly Purpose[] = ["link", "stored-url", "link-key", "verification-key"];
    for (const one of purposes) {
      const sealed = await seal(RING, one, "text");
      for (const other of purposes) expect(await unseal(RING, other, sealed)).toBe(one === other ? "text" : null);
    }
    const text = JSON.stringify([LINK.key.tenant, LINK.key.id, "generation-1", NOON, null, null, null]);
    expect(await readLinkToken(RING, await sealTenantSecret(RING, "link-key", LINK.key.tenant, "k1", text))).toBeNull();
  });

  it("THREATS 25: any changed byte is noticed, wherever it stands", async () => {
    const token = await linkToken(RING, LINK);
    const length = (fromBase64Url(token) ?? new Uint8Array()).length;
    await fc.assert(
      fc.asyncProperty(fc.nat(length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        expect(
          await readLinkToken(
            RING,
            withByte(token, at, (byte) => byte ^ mask),
          ),
        ).toBeNull();
      }),
    );
  });

  it.each([
    ["a JSON web token without an algorithm", "eyJhbGciOiJub25lIn0.e30."],
    ["a JSON web token", "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl"],
    ["its link in clear", btoa(JSON.stringify(["acme", "a"])).replaceAll("=", "")],
  ])("THREATS 25: %s is no token", async (_, token) => {
    expect(await readLinkToken(RING, token)).toBeNull();
  });
});
