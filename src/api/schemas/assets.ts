import * as z from "zod";
import { checkFileName } from "../../app/assets/upload.ts";
import { type Asset, assetEtag } from "../../core/assets/asset.ts";
import { MAX_FILE_NAME_BYTES } from "../../core/assets/file-name.ts";

const filename = z.string().describe(`As people call it: 1 to ${MAX_FILE_NAME_BYTES} bytes of anything.`);
const isPublic = z.boolean().describe("Whether everybody may download it under its id.");

export const assetBody = z
  .strictObject({
    id: z.string(),
    filename,
    etag: z.string().describe("The SHA-256 of the content, in hex and in quotes, as downloads have it."),
    size: z.number().int().describe("Bytes."),
    content_type: z.string().nullable().describe("As whoever sent it called it; null: they did not."),
    is_public: isPublic,
    versions: z.number().int().describe("How many were ever published."),
    download_url: z.string().nullable().describe("null: it is private."),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Asset" });

export const assetPage = z
  .strictObject({
    assets: z.array(assetBody),
    cursor: z.string().nullable().describe("Give it back to get the next page; null on the last."),
  })
  .meta({ id: "AssetPage" });

export const assetDeleted = z
  .strictObject({ id: z.string(), status: z.literal("deleted") })
  .meta({ id: "AssetDeleted" });

export const assetChange = z
  .strictObject({ filename: filename.transform(checkFileName), is_public: isPublic })
  .partial()
  .meta({ id: "AssetChange" });

export const assetForm = z
  .strictObject({
    file: z.string().meta({ format: "binary" }),
    is_public: z.enum(["true", "false"]).optional(),
    filename: filename.optional().describe("Instead of the file's own."),
  })
  .meta({ id: "AssetForm" });

const flag = z.enum(["true", "false"]);

export const uploadQuery = z.strictObject({
  filename: filename.optional(),
  is_public: flag.optional(),
  site: z.string().optional(),
});

export const assetQuery = z.strictObject({
  cursor: z.string().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  site: z.string().optional().describe("For operators: the tenant to act for."),
});

/** An asset as the API shows it; `origin` is where it is downloaded. */
export function assetToBody(asset: Asset, origin: string): z.infer<typeof assetBody> {
  const { id, filename: name, content, versions, createdAt, updatedAt } = asset;
  return {
    ...{ id, filename: name, etag: assetEtag(content), size: content.size, content_type: content.contentType },
    ...{ is_public: asset.isPublic, versions },
    download_url: asset.isPublic ? `${origin}/assets/${id}/download` : null,
    created_at: new Date(createdAt).toISOString(),
    updated_at: new Date(updatedAt).toISOString(),
  };
}
