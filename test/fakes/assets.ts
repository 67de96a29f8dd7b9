import type { Asset, AssetContent } from "../../src/core/assets/asset.ts";
import type { AssetTokens } from "../../src/ports/asset-tokens.ts";
import type { AssetDelivery, AssetLitter, Assets, StoredContent } from "../../src/ports/assets.ts";
import { fakeAssetLitter, releasedContent } from "./asset-litter.ts";
import { type AssetMaps, assetMaps } from "./asset-maps.ts";
import { fakeAssetTokens } from "./asset-tokens.ts";
import { pageOf } from "./newest-first.ts";

export type FakeAssets = AssetMaps & Assets & AssetDelivery & AssetTokens & AssetLitter;

export function fakeAssets(): FakeAssets {
  const maps = assetMaps();
  const { assets, rows, contents, tokens, owned, isHeld } = maps;
  const put = (asset: Asset) => {
    assets.set(asset.id, asset);
    return asset;
  };
  const ofAsset = (id: string) => [...rows.values()].filter((version) => version.asset === id);
  const release = (id: string, now: number) => {
    const row = contents.get(id);
    if (row && !isHeld(id)) row.releasedAt = now;
  };
  const whole = ({ id, ...stored }: StoredContent): AssetContent | null => {
    const row = contents.get(id);
    if (!row || row.content || row.releasedAt !== null) return null;
    row.content = { id, objectKey: row.objectKey, ...stored };
    return row.content;
  };
  const become = (asset: Asset, content: AssetContent, now: number) => {
    const contentSince = Math.max(now, asset.contentSince + 1000);
    const changed = put({ ...asset, content, contentSince, updatedAt: now });
    if (asset.content.id !== content.id) release(asset.content.id, now);
    return changed;
  };

  return {
    ...maps,
    async begin({ id, objectKey, asset }, now) {
      if (contents.has(id)) throw new Error(`${id} was begun before`);
      contents.set(id, { id, objectKey, asset, begunAt: now, uploadId: null, content: null, releasedAt: null });
    },
    async noteUpload(id, uploadId) {
      const row = contents.get(id);
      if (row) row.uploadId = uploadId;
    },
    async add(asset, stored, now) {
      const content = whole(stored);
      return content && put({ ...asset, content, contentSince: now, versions: 0, createdAt: now, updatedAt: now });
    },
    async adopt(asset, content, now) {
      const known = [...contents.values()].find(({ objectKey }) => objectKey === content.objectKey);
      const taken = known && assets.get(known.asset);
      if (known) return taken ?? null;
      const { id, objectKey } = content;
      contents.set(id, { id, objectKey, asset: asset.id, begunAt: now, uploadId: null, content, releasedAt: null });
      return put({ ...asset, content, contentSince: now, versions: 0, createdAt: now, updatedAt: now });
    },
    async replace(tenant, id, stored, now) {
      const asset = owned(tenant, id);
      const content = asset && whole(stored);
      return asset && content && become(asset, content, now);
    },
    find: async (tenant, id) => owned(tenant, id),
    async list(tenant, { cursor, limit }) {
      const [page, next] = pageOf(
        [...assets.values()].filter((asset) => asset.tenant === tenant),
        { cursor, limit },
      );
      return { assets: page, cursor: next };
    },
    async change(tenant, id, changes, now) {
      const asset = owned(tenant, id);
      if (!asset) return null;
      const { isPublic } = changes;
      if (isPublic !== undefined) for (const version of ofAsset(id)) rows.set(version.id, { ...version, isPublic });
      return put({ ...asset, ...changes, updatedAt: now });
    },
    async remove(tenant, id, now) {
      if (!owned(tenant, id)) return null;
      for (const version of ofAsset(id)) rows.delete(version.id);
      for (const [hash, { token }] of tokens) if (token.asset === id) tokens.delete(hash);
      assets.delete(id);
      const released = [...contents.values()].filter(({ asset, content }) => asset === id && content !== null);
      for (const row of released) row.releasedAt ??= now;
      return released.map(releasedContent);
    },
    async publish(tenant, id, versionId, now) {
      const asset = owned(tenant, id);
      if (!asset) return null;
      const number = asset.versions + 1;
      put({ ...asset, versions: number, updatedAt: now });
      const { filename, content } = asset;
      const version = { tenant, asset: id, id: versionId, number, filename, content, isPublic: true, publishedAt: now };
      rows.set(versionId, version);
      return version;
    },
    async versions(tenant, id, { before, limit }) {
      if (!owned(tenant, id)) return null;
      const older = ofAsset(id).filter(({ number }) => before === null || number < before);
      return older.sort((a, b) => b.number - a.number).slice(0, limit);
    },
    async rollback(tenant, id, name, now) {
      const asset = owned(tenant, id);
      const version = ofAsset(id).find((each) => ("id" in name ? each.id === name.id : each.number === name.number));
      return asset && version ? become(asset, version.content, now) : null;
    },

    findAsset: async (id) => assets.get(id) ?? null,
    findVersion: async (id) => rows.get(id) ?? null,
    ...fakeAssetTokens(maps),
    ...fakeAssetLitter(maps),
  };
}
