import { describe, expect, it } from "vitest";
import { assetCors } from "../../../src/app/assets/asset-cors.ts";
import { changeAsset, publishAsset } from "../../../src/app/assets/assets.ts";
import { addToken } from "../../../src/app/assets/tokens.ts";
import { HOUR, tenantId } from "../../core/samples.ts";
import { ACME, failing, register, reported } from "../world.ts";
import { assetWorld, upload } from "./asset-world.ts";

const CORS = { origins: ["https://app.example.com"], requestHeaders: [], exposedHeaders: [], maxAgeSeconds: 60 };

/** A public asset of a tenant that lets pages of another origin read, with a version and a private link. */
async function readable() {
  const world = await assetWorld();
  register(world, { ...ACME, serving: { ...ACME.serving, cors: CORS } });
  const { id } = await upload(world);
  const version = await publishAsset(ACME.id, id, world);
  const { token } = await addToken(ACME.id, id, { ttlSeconds: null, maxDownloads: 1 }, world);
  return { world, id, names: [{ id }, { version_id: version.id }, { token }] };
}

describe("pages of other origins", () => {
  it("may read what can be had, as its tenant says", async () => {
    const { world, names } = await readable();
    for (const name of names) {
      expect(await assetCors(name, null, world)).toEqual(CORS);
      expect(await assetCors(name, ACME, world)).toEqual(CORS);
    }
  });

  it("may read nothing on a host of another tenant's own, where there is nothing", async () => {
    const { world, names } = await readable();
    const other = { ...ACME, id: tenantId("other") };
    for (const name of names) expect(await assetCors(name, other, world)).toBeNull();
  });

  it("may not read what nobody has, what is private, and what a link opens no more", async () => {
    const { world, id, names } = await readable();
    for (const name of [{ id: "nobodys" }, { version_id: "nobodys" }, { token: "nobodys" }, {}]) {
      expect(await assetCors(name, null, world)).toBeNull();
    }
    await changeAsset(ACME.id, id, { isPublic: false }, world);
    world.clock.advance(HOUR);
    for (const name of names) expect(await assetCors(name, null, world)).toBeNull();
  });

  it("may read nothing where the tenant says so, or nobody can say", async () => {
    const { world, names } = await readable();
    const down = { ...world, directory: failing(world.directory) };
    for (const name of names) expect(await assetCors(name, null, down)).toBeNull();
    expect(reported(world)).toEqual(["tenants", "tenants", "tenants"]);
    register(world, ACME);
    for (const name of names) expect(await assetCors(name, null, world)).toBeNull();
    for (const name of names) {
      const asked = assetCors(name, null, { ...world, assets: failing(world.assets) });
      await expect(asked).rejects.toMatchObject({ code: "UNAVAILABLE" });
    }
  });
});
