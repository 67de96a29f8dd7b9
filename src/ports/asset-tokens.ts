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
  /**
   * Those that live on at `now`, the newest first, used up or not; `cursor` is one that an earlier page gave. Rejects with
   * INVALID_FIELD for any other. `null`: the tenant has no such asset.
   */
  listTokens(
    tenant: TenantId,
    asset: string,
    page: { readonly cursor: string | null; readonly limit: number },
    now: number,
  ): Promise<{ readonly tokens: readonly AssetToken[]; readonly cursor: string | null } | null>;
  /** What a token opens, whether or not it still counts; `null`: nobody's. */
  findToken(hash: string): Promise<{ readonly token: AssetToken; readonly asset: Asset } | null>;
  /**
   * Counts a download, in one step with the look whether the token still counts: of any number of calls at once as many
   * are let through as there are downloads left. `false`: unknown, revoked, expired at `now`, or used up.
   */
  takeDownload(hash: string, now: number): Promise<boolean>;
};
