import * as z from "zod";
import { type AssetVersion, assetEtag } from "../../core/assets/asset.ts";

export const assetVersionBody = z
  .strictObject({
    version_id: z.string(),
    version_number: z.number().int().describe("From 1."),
    asset_id: z.string(),
    filename: z.string(),
    etag: z.string(),
    size: z.number().int().describe("Bytes."),
    content_type: z.string().nullable(),
    url: z.string().describe("Where everybody gets these bytes, for good."),
    is_public: z
      .boolean()
      .describe("false: the asset was made private since, and the address is 404 until it is public."),
    published_at: z.iso.datetime(),
  })
  .meta({ id: "AssetVersion" });

export const assetVersionPage = z
  .strictObject({
    versions: z.array(assetVersionBody),
    cursor: z.string().nullable().describe("Give it back to get the next page; null on the last."),
  })
  .meta({ id: "AssetVersionPage" });

/** Of Postgres. */
const MAX_INTEGER = 2 ** 31 - 1;

export const versionQuery = z.strictObject({
  cursor: z.coerce.number().int().positive().max(MAX_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  site: z.string().optional().describe("For operators: the tenant to act for."),
});

export const assetRollback = z
  .strictObject({
    version_id: z.string().regex(/^[\w-]{1,64}$/, "is no version's"),
    version_number: z.number().int().positive().max(MAX_INTEGER),
  })
  .partial()
  .refine((version) => Object.keys(version).length === 1, "exactly one of version_id and version_number is required")
  .meta({ id: "AssetRollback" });

/** A version as the API shows it; `origin` is where it is downloaded. */
export function versionToBody(version: AssetVersion, origin: string): z.infer<typeof assetVersionBody> {
  const { id, number, asset, filename, content, isPublic, publishedAt } = version;
  return {
    ...{ version_id: id, version_number: number, asset_id: asset, filename },
    ...{ etag: assetEtag(content), size: content.size, content_type: content.contentType },
    ...{ url: `${origin}/assets/public/${id}`, is_public: isPublic, published_at: new Date(publishedAt).toISOString() },
  };
}
