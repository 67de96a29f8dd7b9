import { eq } from "drizzle-orm";
import { expect, inject, test } from "vitest";
import { postgresAssets } from "../../src/platform/postgres/assets.ts";
import { connect } from "../../src/platform/postgres/database.ts";
import { tenants } from "../../src/platform/postgres/schema.ts";
import { NOON } from "../core/samples.ts";
import { assetLitterContract } from "./asset-litter.contract.ts";
import { added, begun, type MakeAssets, newId, replaced, storedContent } from "./asset-rows.ts";
import { assetTokensContract } from "./asset-tokens.contract.ts";
import { assetVersionsContract } from "./asset-versions.contract.ts";
import { assetsContract } from "./assets.contract.ts";
import { newTenant } from "./keys.ts";

const db = connect(inject("services").database);

const make: MakeAssets = async () => {
  const two = [newTenant(), newTenant()] as const;
  await db.insert(tenants).values(two.map((id) => ({ id, site: id })));
  return { assets: postgresAssets(db), tenants: two };
};

test("what a tenant had is to be deleted when the tenant is gone, and so is what it was sending", async () => {
  const world = await make();
  const { assets, tenants: of } = world;
  const asset = await added(world);
  await assets.publish(of[0], asset.id, newId(), NOON);
  const { content } = await replaced(world, asset, 6);
  const sending = await begun(world, asset.id);
  await db.delete(tenants).where(eq(tenants.id, of[0]));
  expect(await assets.findAsset(asset.id)).toBeNull();
  const released = (await assets.released(0, 1000)).map(({ id }) => id);
  const all = [asset.content.id, content.id, sending];
  expect(released).toEqual(expect.arrayContaining(all));
  // What comes too late is nobody's.
  expect(await assets.replace(of[0], asset.id, storedContent(sending), NOON)).toBeNull();
  await assets.forget(all);
});

assetsContract("Postgres", make);
assetVersionsContract("Postgres", make);
assetTokensContract("Postgres", make);
assetLitterContract("Postgres", make);
