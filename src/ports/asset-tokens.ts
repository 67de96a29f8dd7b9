import type { Asset, AssetToken } from "../core/assets/asset.ts";
import type { TenantId } from "../core/tenant.ts";

export type NewAssetToken = Pick<AssetToken, "id" | "expiresAt" | "maxDownloads"> & {
  /** SHA-256 of the token, in hex. */
  readonly hash: string;
};

/** Private links to assets. What is decided is decided by these rows, each time anew, and by nothing that was remembered. */
export type AssetTokens = {
  /** `null`: the tenant has no such asset. */
  addToken(tenant: TenantId, asset: string, token: NewAssetToken, now: number): Promise<AssetToken | null>;
  /** From here on it opens nothing. `false`: the tenant's asset has no such token. */
  removeToken(tenant: TenantId, asset: string, id: string): Promise<boolean>;
  /** What a token opens, whether or not it still counts; `null`: nobody's. */
  findToken(hash: string): Promise<{ readonly token: AssetToken; readonly asset: Asset } | null>;
  /**
   * Counts a download, in one step with the look whether the token still counts: of any number of calls at once as many
   * are let through as there are downloads left. `false`: unknown, revoked, expired at `now`, or used up.
   */
  takeDownload(hash: string, now: number): Promise<boolean>;
};
