import type { AssetLitter, ReleasedContent } from "../../src/ports/assets.ts";
import type { AssetMaps, ContentRow } from "./asset-maps.ts";

/** What nothing refers to any more. */
export function fakeAssetLitter({ contents, tokens, isHeld }: AssetMaps): AssetLitter {
  return {
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

export function releasedContent({ id, objectKey, uploadId }: ContentRow): ReleasedContent {
  return { id, objectKey, uploadId };
}
