import * as z from "zod";
import { API_ORIGIN, type Api, ApiProblem, type PassedBody, path } from "./client.ts";

export const asset = z.object({
  ...{ id: z.string(), filename: z.string(), etag: z.string(), size: z.number(), content_type: z.string().nullable() },
  ...{ is_public: z.boolean(), versions: z.number(), download_url: z.string().nullable() },
  ...{ created_at: z.string(), updated_at: z.string() },
});
export type Asset = z.infer<typeof asset>;

const cursor = z.string().nullable();
export const assetPage = z.object({ assets: z.array(asset), cursor });

export const assetVersion = z.object({
  ...{ version_id: z.string(), version_number: z.number(), filename: z.string(), etag: z.string(), size: z.number() },
  ...{ url: z.string(), is_public: z.boolean(), published_at: z.string() },
});
export type AssetVersion = z.infer<typeof assetVersion>;
export const assetVersionPage = z.object({ versions: z.array(assetVersion), cursor });
export type AssetVersionPage = z.infer<typeof assetVersionPage>;

type Page = { readonly cursor: string | null; readonly limit: number };

/**
 * The address of a download for people. It comes with a host of the tenant's own, or of the deployment's; where that is the
 * one that the console asks at, which is nobody's, `edge` takes its place.
 */
export function shownAt(url: string, edge: string): string {
  return url.startsWith(`${API_ORIGIN}/`) ? edge + url.slice(API_ORIGIN.length) : url;
}

/** `GET /assets`. */
export async function listAssets(api: Api, page: Page) {
  return await api.get("/assets", assetPage, page);
}

/** `GET /assets/{id}`; `null`: there is none. */
export async function findAsset(api: Api, id: string): Promise<Asset | null> {
  try {
    return await api.get(path`/assets/${id}`, asset);
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}

/** `POST /assets/upload`, of a form with the file, as it comes. */
export async function uploadAsset(api: Api, form: PassedBody, isPublic: boolean): Promise<Asset> {
  return await api.pass("POST", "/assets/upload", asset, form, { is_public: String(isPublic) });
}

/** `PUT /assets/{id}/content`, the same. */
export async function replaceContent(api: Api, id: string, form: PassedBody): Promise<Asset> {
  return await api.pass("PUT", path`/assets/${id}/content`, asset, form);
}

/** `PATCH /assets/{id}`. */
export async function changeAsset(api: Api, id: string, change: { filename?: string; is_public?: boolean }) {
  return await api.send("PATCH", path`/assets/${id}`, asset, change);
}

/** `DELETE /assets/{id}`. */
export async function removeAsset(api: Api, id: string) {
  return await api.send("DELETE", path`/assets/${id}`, z.object({ status: z.literal("deleted") }));
}

/** `POST /assets/{id}/publish`. */
export async function publishAsset(api: Api, id: string): Promise<AssetVersion> {
  return await api.send("POST", path`/assets/${id}/publish`, assetVersion);
}

/** `GET /assets/{id}/versions`. */
export async function listVersions(api: Api, id: string, page: Page) {
  return await api.get(path`/assets/${id}/versions`, assetVersionPage, page);
}

/** `POST /assets/{id}/rollback`. */
export async function rollBack(api: Api, id: string, version: string): Promise<Asset> {
  return await api.send("POST", path`/assets/${id}/rollback`, asset, { version_id: version });
}
