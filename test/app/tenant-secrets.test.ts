import { describe, expect, it, vi } from "vitest";
import { tenantSecrets } from "../../src/app/tenant-secrets.ts";
import { toBase64Url } from "../../src/core/crypto/base64url.ts";
import { type KeyRing, parseKeyRing } from "../../src/core/crypto/key-ring.ts";
import { seal } from "../../src/core/crypto/seal.ts";
import type { SealedSecret, Tenant } from "../../src/core/tenant.ts";
import { sealTenantSecret } from "../../src/core/tenant-secret.ts";
import type { Material } from "../../src/core/verify/material.ts";
import { tenantId } from "../core/samples.ts";
import { LINK_KEY, S3_SECRET, sealedLinkKey, sealedMaterial } from "./proofs.ts";
import { ACME, makeWorld, reported, wrapped } from "./world.ts";

const OTHER = tenantId("other");
const BUNNY: Material = { kind: "bunny", hosts: ["a.b-cdn.net"], securityKey: "bunny-key" };

function ringOf(...bytes: number[]): KeyRing {
  const text = bytes.map((byte) => `${byte}:${toBase64Url(new Uint8Array(32).fill(byte))}`).join();
  const ring = parseKeyRing(text);
  if (!ring) throw new Error("the ring does not parse");
  return ring;
}

const withLinkKeys = (...linkKeys: SealedSecret[]): Tenant => ({ ...ACME, linkKeys });
const withMaterial = (...verificationKeys: SealedSecret[]): Tenant => ({ ...ACME, verificationKeys });

/** How often something was opened while `work` went on. */
async function countOpened(work: () => Promise<unknown>): Promise<number> {
  let opened = 0;
  const subtle = wrapped(crypto.subtle, async (method, call) => {
    if (method === "decrypt") opened += 1;
    return await call();
  });
  vi.stubGlobal("crypto", { subtle });
  await work().finally(() => vi.unstubAllGlobals());
  return opened;
}

describe("a link key", () => {
  it("is the text that was sealed to its tenant and id", async () => {
    const { ring, secrets } = makeWorld();
    const tenant = withLinkKeys(await sealedLinkKey(ring, "two", "k2"), await sealedLinkKey(ring));
    expect(await secrets.linkKey(tenant, "k1")).toBe(LINK_KEY);
    expect(await secrets.linkKey(tenant, "k2")).toBe("two");
  });

  it("is none of an id that the tenant does not have, and that is nobody's fault", async () => {
    const world = makeWorld();
    const tenant = withLinkKeys(await sealedLinkKey(world.ring));
    for (const kid of ["k2", "", "K1", "__proto__"]) expect(await world.secrets.linkKey(tenant, kid)).toBeNull();
    expect(world.reports).toEqual([]);
  });

  it.each<[string, (ring: KeyRing) => Promise<SealedSecret>]>([
    ["to another tenant", (ring) => sealedLinkKey(ring, LINK_KEY, "k1", OTHER)],
    ["under another id", async (ring) => ({ ...(await sealedLinkKey(ring, LINK_KEY, "k2")), id: "k1" })],
    ["to nothing", async (ring) => ({ id: "k1", sealed: await seal(ring, "link-key", LINK_KEY) })],
    [
      "for another purpose",
      async (ring) => ({ id: "k1", sealed: await sealTenantSecret(ring, "verification-key", ACME.id, "k1", LINK_KEY) }),
    ],
    ["by another deployment", () => sealedLinkKey(ringOf(9))],
    ["and then cut", async (ring) => ({ id: "k1", sealed: (await sealedLinkKey(ring)).sealed.slice(0, -1) })],
    ["not at all", async () => ({ id: "k1", sealed: LINK_KEY })],
  ])("THREATS 9 and 20: does not open when it was sealed %s, and the operator hears of it", async (_, make) => {
    const world = makeWorld();
    const tenant = withLinkKeys(await make(world.ring));
    await expect(world.secrets.linkKey(tenant, "k1")).rejects.toThrow("does not open");
    expect(reported(world)).toEqual(["secrets"]);
    expect(String(world.reports[0]?.error)).not.toContain(LINK_KEY);
  });

  it("opens by a secret that is being rotated out, until it is gone", async () => {
    const tenant = withLinkKeys(await sealedLinkKey(ringOf(1)));
    expect(await tenantSecrets(ringOf(2, 1), () => {}).linkKey(tenant, "k1")).toBe(LINK_KEY);
    await expect(tenantSecrets(ringOf(2), () => {}).linkKey(tenant, "k1")).rejects.toThrow();
  });

  it("is opened once, however often it is asked for and whichever the tenant's record", async () => {
    const { ring, secrets } = makeWorld();
    const key = await sealedLinkKey(ring);
    const opened = await countOpened(async () => {
      const ask = () => secrets.linkKey(withLinkKeys(key), "k1");
      expect(await Promise.all([ask(), ask()])).toEqual([LINK_KEY, LINK_KEY]);
      await ask();
    });
    expect(opened).toBe(1);
  });

  it("is another when it is rotated in place", async () => {
    const { ring, secrets } = makeWorld();
    expect(await secrets.linkKey(withLinkKeys(await sealedLinkKey(ring, "old")), "k1")).toBe("old");
    expect(await secrets.linkKey(withLinkKeys(await sealedLinkKey(ring, "new")), "k1")).toBe("new");
  });

  it("is remembered for its tenant alone, whatever the same sealed text is at another's", async () => {
    const { ring, secrets } = makeWorld();
    const key = await sealedLinkKey(ring);
    expect(await secrets.linkKey(withLinkKeys(key), "k1")).toBe(LINK_KEY);
    await expect(secrets.linkKey({ ...withLinkKeys(key), id: OTHER }, "k1")).rejects.toThrow();
  });
});

describe("verification material", () => {
  it("is all that the tenant registered, as it was", async () => {
    const { ring, secrets } = makeWorld();
    const tenant = withMaterial(await sealedMaterial(ring, S3_SECRET, "a"), await sealedMaterial(ring, BUNNY, "b"));
    expect(await secrets.material(tenant)).toEqual([S3_SECRET, BUNNY]);
    expect(await secrets.material(ACME)).toEqual([]);
  });

  it("is the same object for the same secret, so that imported keys are remembered by it", async () => {
    const { ring, secrets } = makeWorld();
    const [one, two] = [await sealedMaterial(ring, S3_SECRET, "a"), await sealedMaterial(ring, BUNNY, "b")];
    const [first] = await secrets.material(withMaterial(one));
    const [, again] = await secrets.material(withMaterial(two, one));
    expect(again).toBe(first);
    const tenant = withMaterial(one);
    expect(await secrets.material(tenant)).toBe(await secrets.material(tenant));
  });

  it("is another object once another secret has its id", async () => {
    const { ring, secrets } = makeWorld();
    const [first] = await secrets.material(withMaterial(await sealedMaterial(ring, S3_SECRET)));
    const [second] = await secrets.material(withMaterial(await sealedMaterial(ring, BUNNY)));
    expect([first, second]).toEqual([S3_SECRET, BUNNY]);
  });

  it("leaves out what does not open, and says so without a word of it", async () => {
    const world = makeWorld();
    const foreign = await sealedMaterial(world.ring, S3_SECRET, "a", OTHER);
    const tenant = withMaterial(foreign, await sealedMaterial(world.ring, BUNNY, "b"));
    expect(await world.secrets.material(tenant)).toEqual([BUNNY]);
    expect(reported(world)).toEqual(["secrets"]);
    const told = String(world.reports[0]?.error);
    expect(told).toContain("a of tenant acme");
    for (const secret of [foreign.sealed, S3_SECRET.secretAccessKey]) expect(told).not.toContain(secret);
  });

  it("is opened once for a tenant, and what does not open is reported once", async () => {
    const world = makeWorld();
    const secrets = [await sealedMaterial(world.ring, S3_SECRET), { id: "b", sealed: "none" }];
    const opened = await countOpened(async () => {
      for (const tenant of [withMaterial(...secrets), withMaterial(...secrets)]) {
        await Promise.all([world.secrets.material(tenant), world.secrets.material(tenant)]);
      }
    });
    expect(opened).toBe(1);
    expect(reported(world)).toEqual(["secrets"]);
  });
});
