/** How an asset is asked for: as it is now, as it was published, or by a token. */
export type AssetDoor = "current" | "version" | "token";

/**
 * How long others may keep an answer. `current`: shared caches for an hour, which hear when it changes, browsers for a
 * minute, which do not. `version`: its bytes never change. `token`: each request is to be counted, and may be refused.
 */
export const CACHE_RULES: Readonly<Record<AssetDoor, string>> = {
  current: "public, s-maxage=3600, max-age=60",
  version: "public, max-age=31536000, immutable",
  token: "private, no-store, no-cache, must-revalidate",
};
