import { hashAccessToken, isOpen } from "../../core/assets/access-token.ts";
import type { CorsSettings, Tenant, TenantId } from "../../core/tenant.ts";
import { linkTenant } from "../link-tenant.ts";
import { reach } from "../reach.ts";
import type { DownloadAssetParts } from "./download.ts";

/** What a download's path names. */
export type AssetNames = {
  readonly id?: string;
  readonly version_id?: string;
  readonly token?: string;
};

/**
 * Which pages may read a download by script; `null`: none, or there is no such download for anybody who asks here.
 * `hostTenant`: whose own the host is that was asked; `null`: no tenant's.
 */
export async function assetCors(
  names: AssetNames,
  hostTenant: Tenant | null,
  parts: Pick<DownloadAssetParts, "assets" | "directory" | "clock" | "report">,
): Promise<CorsSettings | null> {
  const tenant = await reach("assets", ownerOf(names, parts), parts.report);
  if (hostTenant && hostTenant.id !== tenant) return null;
  return (tenant && (await linkTenant({ key: { tenant } }, parts)))?.serving.cors ?? null;
}

async function ownerOf(
  { id, version_id: version, token }: AssetNames,
  { assets, clock }: Pick<DownloadAssetParts, "assets" | "clock">,
): Promise<TenantId | null> {
  if (token !== undefined) {
    const found = await assets.findToken(hashAccessToken(token));
    return found && isOpen(found.token, clock.now()) ? found.asset.tenant : null;
  }
  const found = version === undefined ? await assets.findAsset(id ?? "") : await assets.findVersion(version);
  return found?.isPublic ? found.tenant : null;
}
