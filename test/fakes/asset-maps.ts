import type { Asset, AssetContent, AssetToken, AssetVersion } from "../../src/core/assets/asset.ts";
import type { TenantId } from "../../src/core/tenant.ts";

export type ContentRow = Pick<AssetContent, "id" | "objectKey"> & {
  readonly asset: string;
  readonly begunAt: number;
  uploadId: string | null;
  /** `null`: it is not whole, or never was. */
  content: AssetContent | null;
  releasedAt: number | null;
};
type TokenRow = { token: AssetToken; readonly hash: string };

export type AssetMaps = ReturnType<typeof assetMaps>;

/** Rows in maps, by id; tokens by their hash. */
export function assetMaps() {
  const assets = new Map<string, Asset>();
  const rows = new Map<string, AssetVersion>();
  const contents = new Map<string, ContentRow>();
  const tokens = new Map<string, TokenRow>();
  return {
    ...{ assets, rows, contents, tokens },
    /** The tenant's asset of this id. */
    owned(tenant: TenantId, id: string): Asset | null {
      const asset = assets.get(id);
      return asset?.tenant === tenant ? asset : null;
    },
    /** Whether an asset or a version refers to this content. */
    isHeld: (content: string) => [...assets.values(), ...rows.values()].some((row) => row.content.id === content),
  };
}
