import type { Asset, AssetContent, AssetVersion } from "../core/assets/asset.ts";
import type { TenantId } from "../core/tenant.ts";

/** A content that is about to be stored. It has a row before it has an object, so that whatever breaks off is found. */
export type NewContent = Pick<AssetContent, "id" | "objectKey"> & { readonly tenant: TenantId; readonly asset: string };

/** What is known of a content once it is whole. */
export type StoredContent = Pick<AssetContent, "id" | "size" | "sha256" | "contentType">;

export type NewAsset = Pick<Asset, "tenant" | "id" | "filename" | "isPublic">;

/** What is not named stays. */
export type AssetChanges = Partial<Pick<Asset, "filename" | "isPublic">>;

/** A version as a call names it: by its id or by its number. */
export type VersionName = { readonly id: string } | { readonly number: number };

/**
 * Assets and their versions. Each method is the given tenant's own: another tenant's id is as good as none. Each change
 * is whole or not there, and those of one asset wait for each other. `now`: ms since the epoch. Rejects when it cannot be
 * reached; has no time budget.
 */
export type Assets = {
  /** Notes a content that will be stored. */
  begin(content: NewContent, now: number): Promise<void>;
  /** Notes in which upload in parts it is being stored. */
  noteUpload(content: string, uploadId: string): Promise<void>;
  /** Makes an asset of a content that was begun. `null`: the content was given up meanwhile. */
  add(asset: NewAsset, content: StoredContent, now: number): Promise<Asset | null>;
  /**
   * Makes an asset of an object that nobody began here. Where it is one already, that one is what is returned; `null`: it
   * was one, and is deleted.
   */
  adopt(asset: NewAsset, content: AssetContent, now: number): Promise<Asset | null>;
  /** Puts a content that was begun in the place of the asset's. `null`: there is no such asset, or the content was given up. */
  replace(tenant: TenantId, id: string, content: StoredContent, now: number): Promise<Asset | null>;
  find(tenant: TenantId, id: string): Promise<Asset | null>;
  /** The newest first; `cursor` is one that an earlier page gave. Rejects with INVALID_FIELD for any other. */
  list(
    tenant: TenantId,
    page: { readonly cursor: string | null; readonly limit: number },
  ): Promise<{ readonly assets: readonly Asset[]; readonly cursor: string | null }>;
  /** Making an asset private withdraws its versions, making it public brings them back. `null`: there is no such asset. */
  change(tenant: TenantId, id: string, changes: AssetChanges, now: number): Promise<Asset | null>;
  /** With its versions and tokens. The contents that it had, which are still to be deleted; `null`: there is no such asset. */
  remove(tenant: TenantId, id: string, now: number): Promise<readonly ReleasedContent[] | null>;
  /** Publishes what the asset is now as its next version, of this id. `null`: there is no such asset. */
  publish(tenant: TenantId, id: string, version: string, now: number): Promise<AssetVersion | null>;
  /** The newest first, those with a number below `before` (`null`: from the newest). `null`: there is no such asset. */
  versions(
    tenant: TenantId,
    id: string,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly AssetVersion[] | null>;
  /** Makes what a version holds the asset's content again. `null`: there is no such asset, or no such version of it. */
  rollback(tenant: TenantId, id: string, version: VersionName, now: number): Promise<Asset | null>;
};

/** What is asked of assets without knowing whose they are: by names that nobody can guess. */
export type AssetDelivery = {
  /** Whoever's it is; whether it is public is for the caller to look at. */
  findAsset(id: string): Promise<Asset | null>;
  findVersion(id: string): Promise<AssetVersion | null>;
};

/** A content that nothing refers to any more, and the upload in parts that may still be open for it. */
export type ReleasedContent = Pick<AssetContent, "id" | "objectKey"> & { readonly uploadId: string | null };

/** What is left behind by uploads that broke off, and by contents that were replaced or deleted. */
export type AssetLitter = {
  /**
   * Gives up a content, unless it came to be an asset's: from here on it never will. Whether it is nobody's, now or since
   * before.
   */
  giveUp(content: string, now: number): Promise<boolean>;
  /** The same of all that were begun by this moment. Returns how many were given up. */
  giveUpOld(before: number, now: number): Promise<number>;
  /** Contents that were let go of by this moment, or whose tenant is gone, and that nothing refers to, at most `limit`. */
  released(before: number, limit: number): Promise<readonly ReleasedContent[]>;
  /** Their objects are deleted. */
  forget(contents: readonly string[]): Promise<void>;
  /** Returns how many tokens had expired. */
  dropExpiredTokens(now: number): Promise<number>;
};
