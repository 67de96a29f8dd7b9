import { type Asset, assetObjectKey } from "../../src/core/assets/asset.ts";
import type { TenantId } from "../../src/core/tenant.ts";
import type { AssetTokens } from "../../src/ports/asset-tokens.ts";
import type { AssetDelivery, AssetLitter, Assets, StoredContent } from "../../src/ports/assets.ts";
import { NOON } from "../core/samples.ts";

export type AssetsUnderTest = {
  readonly assets: Assets & AssetDelivery & AssetTokens & AssetLitter;
  readonly tenants: readonly [TenantId, TenantId];
};
export type MakeAssets = () => Promise<AssetsUnderTest>;

export const newId = () => crypto.randomUUID();

/** What is known of bytes of this length, all of which are alike. */
export function storedContent(id: string, size = 5): StoredContent {
  return { id, size, sha256: String(size).padStart(64, "0"), contentType: "text/plain" };
}

/** Begins a content of an asset and returns its id. */
export async function begun({ assets, tenants }: AssetsUnderTest, asset: string, now = NOON): Promise<string> {
  const id = newId();
  await assets.begin({ tenant: tenants[0], asset, id, objectKey: assetObjectKey(tenants[0], asset, id) }, now);
  return id;
}

/** An asset of the first tenant's. */
export async function added(
  world: AssetsUnderTest,
  { now = NOON, size = 5, filename = "a.txt", isPublic = true } = {},
): Promise<Asset> {
  const id = newId();
  const content = await begun(world, id, now);
  const asset = await world.assets.add(
    { tenant: world.tenants[0], id, filename, isPublic },
    storedContent(content, size),
    now,
  );
  if (!asset) throw new Error("the asset was not added");
  return asset;
}

/** The asset with a new content. */
export async function replaced(world: AssetsUnderTest, { id }: Asset, size: number, now = NOON): Promise<Asset> {
  const content = await begun(world, id, now);
  const asset = await world.assets.replace(world.tenants[0], id, storedContent(content, size), now);
  if (!asset) throw new Error("the content was not replaced");
  return asset;
}
