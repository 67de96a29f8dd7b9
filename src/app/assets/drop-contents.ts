import type { AssetLitter, ReleasedContent } from "../../ports/assets.ts";
import type { ObjectStore } from "../../ports/object-store.ts";
import type { Report } from "../in-background.ts";
import { inTurns } from "../in-turns.ts";

/** Objects that are deleted at once: an invocation has six connections. */
const WIDTH = 6;

export type DropContentsParts = {
  readonly store: ObjectStore;
  readonly assets: Pick<AssetLitter, "forget">;
  readonly report: Report;
};

/**
 * Deletes the objects of contents that nothing refers to, and then their rows: what could not be deleted is found by them
 * again. Never rejects. Returns how many are gone.
 */
export async function dropContents(
  contents: readonly ReleasedContent[],
  { store, assets, report }: DropContentsParts,
): Promise<number> {
  const gone = await inTurns(contents, WIDTH, async (content) => {
    try {
      await deleteBytes(content, store);
      return [content.id];
    } catch (error) {
      report("assets", error);
      return [];
    }
  });
  const ids = gone.flat();
  try {
    if (ids.length > 0) await assets.forget(ids);
    return ids.length;
  } catch (error) {
    report("assets", error);
    return 0;
  }
}

/** What the store has of a content, whole or in parts. */
export async function deleteBytes({ objectKey, uploadId }: ReleasedContent, store: ObjectStore): Promise<void> {
  if (uploadId !== null) await store.resumeMultipart(objectKey, uploadId).abort();
  await store.delete(objectKey);
}
