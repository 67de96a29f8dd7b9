import type { Asset, AssetVersion } from "../../core/assets/asset.ts";
import { SnapbyteError } from "../../core/errors.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { AssetChanges, AssetLitter, Assets, VersionName } from "../../ports/assets.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ObjectStore } from "../../ports/object-store.ts";
import type { UsageSink } from "../../ports/usage-sink.ts";
import type { InBackground } from "../in-background.ts";
import { reach } from "../reach.ts";
import { dropContents } from "./drop-contents.ts";
import { type PurgeAssetParts, purgeAsset } from "./purge-asset.ts";

/** Objects that go with a deleted asset before the next sweep: the background of a call has 30 s. */
const DROPPED_AT_ONCE = 100;

export type AssetParts = PurgeAssetParts & {
  readonly assets: Assets & Pick<AssetLitter, "forget">;
  readonly store: ObjectStore;
  readonly usage: UsageSink;
  readonly newId: () => string;
  readonly clock: Clock;
  readonly inBackground: InBackground;
};

type Reading = Pick<AssetParts, "assets" | "report">;

/** Throws 404 when the tenant has no such asset. */
export async function describeAsset(tenant: TenantId, id: string, { assets, report }: Reading): Promise<Asset> {
  return known(await reach("assets", assets.find(tenant, id), report));
}

/** A page of a tenant's assets, the newest first. Throws 400 for a cursor that no page gave. */
export async function listAssets(
  tenant: TenantId,
  page: Parameters<Assets["list"]>[1],
  { assets, report }: Reading,
): ReturnType<Assets["list"]> {
  return await reach("assets", assets.list(tenant, page), report);
}

/** Renames an asset, makes it public or private, and only what is named. Throws 404. */
export async function changeAsset(
  tenant: TenantId,
  id: string,
  changes: AssetChanges,
  parts: AssetParts,
): Promise<Asset> {
  const { assets, clock, report } = parts;
  const changed = known(await reach("assets", assets.change(tenant, id, changes, clock.now()), report));
  await purgeAsset(id, parts);
  return changed;
}

/** From here on neither it nor its versions and tokens can be had; the bytes go behind the caller's back. Throws 404. */
export async function removeAsset(tenant: TenantId, id: string, parts: AssetParts): Promise<void> {
  const { assets, clock, inBackground, report } = parts;
  const released = known(await reach("assets", assets.remove(tenant, id, clock.now()), report));
  inBackground(dropContents(released.slice(0, DROPPED_AT_ONCE), parts));
  await purgeAsset(id, parts);
}

/**
 * Publishes what the asset is now as its next version, for everybody and for good. Both refer to the same object, which
 * never changes, so nothing is copied. Throws 404.
 */
export async function publishAsset(tenant: TenantId, id: string, parts: AssetParts): Promise<AssetVersion> {
  const { assets, newId, clock, usage, report } = parts;
  const version = known(await reach("assets", assets.publish(tenant, id, newId(), clock.now()), report));
  usage.record({ kind: "asset", tenant, bytes: version.content.size });
  await purgeAsset(id, parts);
  return version;
}

/** A page of an asset's versions, the newest first. Throws 404. */
export async function listVersions(
  tenant: TenantId,
  id: string,
  page: Parameters<Assets["versions"]>[2],
  { assets, report }: Reading,
): Promise<readonly AssetVersion[]> {
  return known(await reach("assets", assets.versions(tenant, id, page), report));
}

/** Makes what a version holds the asset's content again. Throws 404 when there is no such asset, or version of it. */
export async function rollbackAsset(
  tenant: TenantId,
  id: string,
  version: VersionName,
  parts: AssetParts,
): Promise<Asset> {
  const { assets, clock, report } = parts;
  const asset = known(await reach("assets", assets.rollback(tenant, id, version, clock.now()), report));
  await purgeAsset(id, parts);
  return asset;
}

function known<Value>(found: Value | null): Value {
  if (found === null) throw new SnapbyteError("NOT_FOUND");
  return found;
}
