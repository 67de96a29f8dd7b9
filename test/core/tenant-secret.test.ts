import { describe, expect, it } from "vitest";
import { toBase64Url } from "../../src/core/crypto/base64url.ts";
import { parseKeyRing } from "../../src/core/crypto/key-ring.ts";
import { openTenantSecret, sealTenantSecret } from "../../src/core/tenant-secret.ts";
import { tenantId } from "./samples.ts";

const parsedRing = parseKeyRing(`1:${toBase64Url(new Uint8Array(32).fill(1))}`);
if (!parsedRing) throw new Error("the ring does not parse");
const RING = parsedRing;
const ACME = tenantId("acme");

describe("a tenant's secret", () => {
  it.each(["link-key", "verification-key"] as const)("comes back as it was: a %s", async (kind) => {
    for (const text of ["secret", "", '{"kind": "s3-secret"}', "caf\u00e9\n"]) {
      const sealed = await sealTenantSecret(RING, kind, ACME, "k1", text);
      expect(await openTenantSecret(RING, kind, ACME, "k1", sealed)).toBe(text);
    }
  });

  it("shows nothing of itself, nor of whose it is", async () => {
    const sealed = await sealTenantSecret(RING, "link-key", ACME, "k1", "a-secret-to-recognise");
    const text = sealed + Buffer.from(sealed, "base64url").toString("latin1");
    for (const part of ["a-secret", "acme", "k1"]) expect(text).not.toContain(part);
  });

  it("is another text for each tenant, id and kind, so that nobody sees who has the same", async () => {
    const sealed = await Promise.all([
      sealTenantSecret(RING, "link-key", ACME, "k1", "secret"),
      sealTenantSecret(RING, "link-key", ACME, "k2", "secret"),
      sealTenantSecret(RING, "link-key", tenantId("other"), "k1", "secret"),
      sealTenantSecret(RING, "verification-key", ACME, "k1", "secret"),
    ]);
    expect(new Set(sealed).size).toBe(4);
  });

  it("THREATS 9: opens for its tenant alone, under its id, and as what it is", async () => {
    const sealed = await sealTenantSecret(RING, "link-key", ACME, "k1", "secret");
    expect(await openTenantSecret(RING, "link-key", tenantId("other"), "k1", sealed)).toBeNull();
    expect(await openTenantSecret(RING, "link-key", ACME, "k2", sealed)).toBeNull();
    expect(await openTenantSecret(RING, "verification-key", ACME, "k1", sealed)).toBeNull();
    expect(await openTenantSecret(RING, "link-key", ACME, "k1", `${sealed}A`)).toBeNull();
    expect(await openTenantSecret(RING, "link-key", ACME, "k1", "secret")).toBeNull();
  });
});
