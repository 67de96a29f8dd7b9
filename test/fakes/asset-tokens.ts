import type { AssetTokens } from "../../src/ports/asset-tokens.ts";
import type { AssetMaps } from "./asset-maps.ts";
import { pageOf } from "./newest-first.ts";

/** Private links. */
export function fakeAssetTokens({ assets, tokens, owned }: AssetMaps): AssetTokens {
  return {
    async addToken(tenant, asset, { hash, ...token }, now) {
      if (!owned(tenant, asset)) return null;
      const row = { hash, token: { ...token, asset, downloads: 0, createdAt: now } };
      tokens.set(hash, row);
      return row.token;
    },
    async removeToken(tenant, asset, id) {
      const found = [...tokens.values()].find(({ token }) => token.id === id && token.asset === asset);
      return found !== undefined && owned(tenant, asset) !== null && tokens.delete(found.hash);
    },
    async listTokens(tenant, asset, page, now) {
      if (!owned(tenant, asset)) return null;
      const ofIt = [...tokens.values()].map(({ token }) => token).filter((token) => token.asset === asset);
      const [listed, cursor] = pageOf(
        ofIt.filter(({ expiresAt }) => now < expiresAt),
        page,
      );
      return { tokens: listed, cursor };
    },
    async findToken(hash) {
      const token = tokens.get(hash)?.token;
      const asset = token && assets.get(token.asset);
      return token && asset ? { token, asset } : null;
    },
    async takeDownload(hash, now) {
      const row = tokens.get(hash);
      if (!row) return false;
      const { expiresAt, maxDownloads, downloads } = row.token;
      if (now >= expiresAt || (maxDownloads !== null && downloads >= maxDownloads)) return false;
      row.token = { ...row.token, downloads: downloads + 1 };
      return true;
    },
  };
}
