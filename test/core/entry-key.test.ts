import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EntryName, entryKey, entryKeyOf, identityDigest, keyText, publicKey } from "../../src/core/entry-key.ts";
import { tenantId } from "./samples.ts";

const ONE = tenantId("one");
const OTHER = tenantId("other");
const IDENTITY = "https://bucket.s3.amazonaws.com:443/a.mp4";

const name: fc.Arbitrary<EntryName> = fc.oneof(
  fc.string().map((key) => ({ by: "custom" as const, key })),
  fc.string().map((identity) => ({ by: "identity" as const, identity })),
);

describe("an entry key", () => {
  it("has an id of 43 characters of base64url, whatever its name", async () => {
    await fc.assert(
      fc.asyncProperty(name, async (entryName) => {
        expect((await entryKey(ONE, entryName)).id).toMatch(/^[A-Za-z0-9_-]{43}$/);
      }),
    );
  });

  it("is the same for the same tenant and name", async () => {
    await fc.assert(
      fc.asyncProperty(name, async (entryName) => {
        expect(await entryKey(ONE, entryName)).toEqual(await entryKey(ONE, { ...entryName }));
      }),
    );
  });

  it("is never shared by two tenants", async () => {
    const tenant = fc.stringMatching(/^[a-z0-9-]{1,12}$/).map(tenantId);
    await fc.assert(
      fc.asyncProperty(tenant, tenant, name, name, async (one, other, nameOne, nameOther) => {
        fc.pre(one !== other);
        expect(keyText(await entryKey(one, nameOne))).not.toBe(keyText(await entryKey(other, nameOther)));
      }),
    );
  });

  it("is never shared by two names", async () => {
    await fc.assert(
      fc.asyncProperty(name, name, async (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect((await entryKey(ONE, one)).id).not.toBe((await entryKey(ONE, other)).id);
      }),
    );
  });

  it("is never shared by a custom key and an identity of the same text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        const custom = await entryKey(ONE, { by: "custom", key: text });
        expect(custom.id).not.toBe((await entryKey(ONE, { by: "identity", identity: text })).id);
      }),
    );
  });

  it("cannot be forged by a custom key that holds the digest's own words", async () => {
    const identity = await entryKey(ONE, { by: "identity", identity: "a" });
    for (const key of ["identity\0a", "\0identity\0a", "a", identity.id, `url-${identity.id}x`, `URL-${identity.id}`]) {
      expect((await entryKey(ONE, { by: "custom", key })).id).not.toBe(identity.id);
    }
  });

  it("is read back from the tenant and id that a store kept", async () => {
    const key = await entryKey(ONE, { by: "custom", key: "k" });
    expect(entryKeyOf(key.tenant, key.id)).toEqual(key);
  });

  it("is one string that begins with its tenant", () => {
    expect(keyText(entryKeyOf(ONE, "id"))).toBe("one/id");
  });
});

describe("the key as a customer sees it", () => {
  it("is their own where they named the entry", async () => {
    const named: EntryName = { by: "custom", key: "my/key" };
    expect(publicKey(await entryKey(ONE, named), named)).toBe("my/key");
  });

  it("is url-… where the URL names the entry, and leads back to it as a custom key", async () => {
    const named: EntryName = { by: "identity", identity: IDENTITY };
    const key = await entryKey(ONE, named);
    const shown = publicKey(key, named);
    expect(shown).toBe(`url-${key.id}`);
    expect(await entryKey(ONE, { by: "custom", key: shown })).toEqual(key);
  });

  it("leads to an entry of one's own at another tenant, never to the first one's", async () => {
    const named: EntryName = { by: "identity", identity: IDENTITY };
    const shown = publicKey(await entryKey(ONE, named), named);
    expect((await entryKey(OTHER, { by: "custom", key: shown })).tenant).toBe(OTHER);
  });

  it.each([
    "url-",
    "url-abc",
    `url-${"a".repeat(42)}`,
    `url-${"a".repeat(44)}`,
    `url-${"a".repeat(42)}+`,
    `url-${"a".repeat(43)}\n`,
  ])("%j is a custom key like any other", async (key) => {
    expect((await entryKey(ONE, { by: "custom", key })).id).not.toBe(key.slice(4));
  });
});

describe("the digest of an identity", () => {
  it("is the id of the entry that the identity names, and does not show it", async () => {
    const digest = await identityDigest(IDENTITY);
    expect(digest).toBe((await entryKey(ONE, { by: "identity", identity: IDENTITY })).id);
    expect(digest).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});
