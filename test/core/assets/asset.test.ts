import { describe, expect, it } from "vitest";
import { assetEtag, assetObjectKey, assetTag } from "../../../src/core/assets/asset.ts";
import { CACHE_RULES } from "../../../src/core/assets/cache-rules.ts";
import { parseObjectKey } from "../../../src/core/entry.ts";
import { isStrongEtag } from "../../../src/core/http/etag.ts";
import { storeOfObject } from "../../../src/core/stores/generation.ts";
import { tenantId } from "../samples.ts";

describe("an asset's ETag", () => {
  it("is the SHA-256 of its bytes, in quotes, and strong", () => {
    const etag = assetEtag({ sha256: "ab".repeat(32) });
    expect(etag).toBe(`"${"ab".repeat(32)}"`);
    expect(isStrongEtag(etag)).toBe(true);
  });
});

describe("an asset's object", () => {
  // A tenant's id may look like an entry's, and a content's like a generation with its store's name.
  it.each([
    ["acme", crypto.randomUUID(), crypto.randomUUID()],
    ["x".repeat(43), "x".repeat(43), "store.generation"],
    [crypto.randomUUID(), "x".repeat(43), "1"],
  ])("is no copy of an entry, and lies in our own store: %s", (tenant, asset, content) => {
    const key = assetObjectKey(tenantId(tenant), asset, content);
    expect(key).toBe(`assets/${tenant}/${asset}/${content}`);
    expect(parseObjectKey(key)).toBeNull();
    expect(storeOfObject(key)).toBeNull();
  });

  it("is kept under a tag that a network takes", () => {
    expect(assetTag("5f6c7a9e-0d60-4f53-9a0c-6a8e0e2ad0c1")).toMatch(/^[!-+\--~]{1,64}$/);
  });
});

describe("how long others may keep an asset", () => {
  it("is said in these words exactly", () => {
    expect(CACHE_RULES).toEqual({
      current: "public, s-maxage=3600, max-age=60",
      version: "public, max-age=31536000, immutable",
      token: "private, no-store, no-cache, must-revalidate",
    });
  });
});
