import { assetObjectKey } from "../../core/assets/asset.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { AssetLitter, Assets, ReleasedContent, StoredContent } from "../../ports/assets.ts";
import type { Clock } from "../../ports/clock.ts";
import type { InBackground, Report } from "../in-background.ts";
import { reach } from "../reach.ts";
import { deleteBytes } from "./drop-contents.ts";
import { type Incoming, type IncomingFile, type IncomingParts, readIncoming } from "./incoming.ts";
import type { Room } from "./room.ts";
import { type StoreContentParts, storeContent } from "./store-content.ts";

export type NewContentParts = StoreContentParts &
  IncomingParts & {
    readonly assets: Pick<Assets, "begin" | "noteUpload"> & Pick<AssetLitter, "giveUp">;
    readonly newId: () => string;
    readonly clock: Clock;
    readonly inBackground: InBackground;
    readonly report: Report;
  };

/**
 * Stores the file of a request as a content of the asset, and hands it to `use`, which makes it somebody's. Where either
 * fails nothing is kept: the object goes at once, or, where that fails too, by the content's row, which was there first.
 */
export async function withNewContent<Value>(
  { tenant, asset, room }: { readonly tenant: TenantId; readonly asset: string; readonly room: Room },
  incoming: Incoming,
  parts: NewContentParts,
  use: (content: StoredContent, file: IncomingFile) => Promise<Value>,
): Promise<Value> {
  const { assets, newId, clock, report } = parts;
  const id = newId();
  const objectKey = assetObjectKey(tenant, asset, id);
  let uploadId: string | null = null;
  await reach("assets", assets.begin({ tenant, asset, id, objectKey }, clock.now()), report);
  try {
    const reading = readIncoming(
      incoming,
      (pieces, { contentType, length }) => {
        const begun = async (upload: string) => {
          uploadId = upload;
          await assets.noteUpload(id, upload);
        };
        const place = { objectKey, length, room, headers: headersOf(contentType, id), begun };
        return storeContent(pieces, place, parts);
      },
      parts,
    );
    const { file, taken } = await reach("store", reading, report);
    return await use({ id, ...taken, contentType: file.contentType }, file);
  } catch (error) {
    const dropping = dropUnused({ id, objectKey, uploadId }, parts);
    // Who sends may be gone, and this call with them.
    parts.inBackground(dropping);
    await dropping;
    throw error;
  }
}

/**
 * Unless it has become an asset's after all: a database that was too late with its answer may have done what it was asked.
 * So may a store, later still: the row stays, and the sweep deletes what there is an hour later once more.
 */
async function dropUnused(content: ReleasedContent, { assets, store, clock, report }: NewContentParts): Promise<void> {
  try {
    if (await assets.giveUp(content.id, clock.now())) await deleteBytes(content, store);
  } catch (error) {
    report("assets", error);
  }
}

/** What the store keeps beside the bytes. Downloads go by the content's row: the digest is known only behind the last byte. */
function headersOf(contentType: string | null, id: string) {
  return {
    ...{ contentType, contentEncoding: null, contentLanguage: null, contentDisposition: null },
    ...{ cacheControl: null, etag: `"${id}"`, lastModified: null },
  };
}
