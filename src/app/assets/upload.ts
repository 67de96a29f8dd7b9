import type { Asset } from "../../core/assets/asset.ts";
import { displayName, MAX_FILE_NAME_BYTES } from "../../core/assets/file-name.ts";
import { SnapbyteError } from "../../core/errors.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { Assets } from "../../ports/assets.ts";
import type { UsageSink } from "../../ports/usage-sink.ts";
import { reach } from "../reach.ts";
import type { AssetWish } from "./adopt-object.ts";
import { type Incoming, type IncomingFile, isForm, leastBytes } from "./incoming.ts";
import { type NewContentParts, withNewContent } from "./new-content.ts";
import { type PurgeAssetParts, purgeAsset } from "./purge-asset.ts";
import { type RoomParts, roomFor } from "./room.ts";

export type UploadParts = RoomParts &
  NewContentParts &
  PurgeAssetParts & {
    readonly assets: Pick<Assets, "add" | "replace" | "find">;
    readonly usage: UsageSink;
  };

/** What a request for a new asset says beside its body; `null`: nothing, and then a form's fields count. */
export type UploadWish = { readonly filename: string | null; readonly isPublic: boolean | null };

/**
 * Takes a file in as it comes, and makes an asset of it. Throws 400 for one without a name, or that does not come whole,
 * 413 and 402 as {@link roomFor} does, 503 when a part of ours cannot be reached. In all of these nothing is kept.
 */
export async function uploadAsset(
  tenant: TenantId,
  wish: UploadWish,
  incoming: Incoming,
  parts: UploadParts,
): Promise<Asset> {
  const { assets, newId, clock, usage, report } = parts;
  // Before a byte is taken, where that can be said: a form may yet tell.
  if (wish.filename !== null || !isForm(incoming)) checkFileName(wish.filename);
  const room = await roomFor(tenant, leastBytes(incoming), parts);
  const asset = newId();
  const added = await withNewContent({ tenant, asset, room }, incoming, parts, async (content, file) => {
    const adding = assets.add({ tenant, id: asset, ...wished(wish, file) }, content, clock.now());
    return given(await reach("assets", adding, report));
  });
  usage.record({ kind: "upload", tenant, bytes: added.content.size });
  return added;
}

/**
 * Takes a file in as the asset's new content. What it was before can be had only as versions that were published. Throws as
 * {@link uploadAsset} does, and 404 when there is no such asset.
 */
export async function replaceContent(
  tenant: TenantId,
  id: string,
  incoming: Incoming,
  parts: UploadParts,
): Promise<Asset> {
  const { assets, clock, usage, report } = parts;
  if (!(await reach("assets", assets.find(tenant, id), report))) throw new SnapbyteError("NOT_FOUND");
  const room = await roomFor(tenant, leastBytes(incoming), parts);
  const replaced = await withNewContent({ tenant, asset: id, room }, incoming, parts, async (content) => {
    return given(await reach("assets", assets.replace(tenant, id, content, clock.now()), report));
  });
  usage.record({ kind: "upload", tenant, bytes: replaced.content.size });
  await purgeAsset(id, parts);
  return replaced;
}

/** Somebody has deleted it meanwhile, or it took longer than a day. */
function given(asset: Asset | null): Asset {
  if (!asset) throw new SnapbyteError("NOT_FOUND");
  return asset;
}

function wished({ filename, isPublic }: UploadWish, file: IncomingFile): AssetWish {
  const name = filename ?? file.fields.get("filename") ?? file.filename;
  return { filename: checkFileName(name), isPublic: isPublic ?? flag(file.fields.get("is_public")) };
}

/** As people call it. Throws 400 where there is none, for an empty one, and for one that is too long. */
export function checkFileName(given: string | null): string {
  if (given === null) throw new SnapbyteError("MISSING_FIELD", "filename is required.");
  const name = displayName(given);
  if (name !== null) return name;
  throw new SnapbyteError("INVALID_FIELD", `filename: must be 1 to ${MAX_FILE_NAME_BYTES} bytes long.`);
}

function flag(text = "false"): boolean {
  if (text === "true" || text === "false") return text === "true";
  throw new SnapbyteError("INVALID_FIELD", "is_public: must be true or false.");
}
