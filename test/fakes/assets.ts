import type { Asset, AssetContent, AssetToken, AssetVersion } from "../../src/core/assets/asset.ts";
import { SnapbyteError } from "../../src/core/errors.ts";
import type { TenantId } from "../../src/core/tenant.ts";
import type { AssetTokens } from "../../src/ports/asset-tokens.ts";
import type { AssetDelivery, AssetLitter, Assets, StoredContent } from "../../src/ports/assets.ts";

type ContentRow = Pick<AssetContent, "id" | "objectKey"> & {
  readonly asset: string;
  readonly begunAt: number;
  uploadId: string | null;
  /** `null`: it is not whole, or never was. */
  content: AssetContent | null;
  releasedAt: number | null;
};
type TokenRow = { token: AssetToken; readonly hash: string };

/** Rows in maps, by id; tokens by their hash. */
export type FakeAssets = Assets &
  AssetDelivery &
  AssetTokens &
  AssetLitter & {
    readonly assets: Map<string, Asset>;
    readonly rows: Map<string, AssetVersion>;
    readonly contents: Map<string, ContentRow>;
    readonly tokens: Map<string, TokenRow>;
  };

export function fakeAssets(): FakeAssets {
  const assets = new Map<string, Asset>();
  const rows = new Map<string, AssetVersion>();
  const contents = new Map<string, ContentRow>();
  const tokens = new Map<string, TokenRow>();

  const owned = (tenant: TenantId, id: string) => {
    const asset = assets.get(id);
    return asset?.tenant === tenant ? asset : null;
  };
  const put = (asset: Asset) => {
    assets.set(asset.id, asset);
    return asset;
  };
  const ofAsset = (id: string) => [...rows.values()].filter((version) => version.asset === id);
  const isHeld = (id: string) => [...assets.values(), ...rows.values()].some(({ content }) => content.id === id);
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
    ...{ assets, rows, contents, tokens },
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
      const after = cursor === null ? 0 : Number(cursor);
      if (!Number.isSafeInteger(after))
        throw new SnapbyteError("INVALID_FIELD", "cursor is not one that this list gave.");
      const all = [...assets.values()]
        .filter((asset) => asset.tenant === tenant)
        .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
      const end = after + limit;
      return { assets: all.slice(after, end), cursor: all.length > end ? String(end) : null };
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

    async giveUp(id, now) {
      const row = contents.get(id);
      if (row && !row.content) row.releasedAt ??= now;
      return !row?.content;
    },
    async giveUpOld(before, now) {
      const old = [...contents.values()].filter(({ begunAt }) => begunAt <= before);
      const open = old.filter(({ content, releasedAt }) => content === null && releasedAt === null);
      for (const row of open) row.releasedAt = now;
      return open.length;
    },
    async released(before, limit) {
      const due = [...contents.values()].filter(
        ({ id, releasedAt }) => releasedAt !== null && releasedAt <= before && !isHeld(id),
      );
      return due.slice(0, limit).map(releasedContent);
    },
    async forget(ids) {
      for (const id of ids) contents.delete(id);
    },
    async dropExpiredTokens(now) {
      const expired = [...tokens.values()].filter(({ token }) => token.expiresAt <= now);
      for (const { hash } of expired) tokens.delete(hash);
      return expired.length;
    },
  };
}

function releasedContent({ id, objectKey, uploadId }: ContentRow) {
  return { id, objectKey, uploadId };
}
