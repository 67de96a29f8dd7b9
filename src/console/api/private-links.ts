import * as z from "zod";
import { shownAt } from "./assets.ts";
import { type Api, path } from "./client.ts";

const limit = z.number().nullable();

/** A private link that was just made: what opens the asset is in the address. */
export const newPrivateLink = z.object({
  ...{ token_id: z.string(), url: z.string(), expires_at: z.string(), max_downloads: limit },
});
export type NewPrivateLink = z.infer<typeof newPrivateLink>;

export const privateLink = z.object({
  ...{ token_id: z.string(), expires_at: z.string(), max_downloads: limit, downloads: z.number() },
  created_at: z.string(),
});
export type PrivateLink = z.infer<typeof privateLink>;
export const privateLinkPage = z.object({ tokens: z.array(privateLink), cursor: z.string().nullable() });
export type PrivateLinkPage = z.infer<typeof privateLinkPage>;

/** `ttl`: seconds. */
export type PrivateLinkWish = { readonly ttl: number; readonly max_downloads: number | null };

/** `POST /assets/{id}/access-token`. */
export async function makePrivateLink(api: Api, id: string, wish: PrivateLinkWish, edge: string) {
  const made = await api.send("POST", path`/assets/${id}/access-token`, newPrivateLink, wish);
  return { ...made, url: shownAt(made.url, edge) };
}

/** `GET /assets/{id}/access-tokens`. */
export async function listPrivateLinks(api: Api, id: string, page: { cursor: string | null; limit: number }) {
  return await api.get(path`/assets/${id}/access-tokens`, privateLinkPage, page);
}

/** `DELETE /assets/{id}/access-token/{token_id}`. */
export async function revokePrivateLink(api: Api, id: string, token: string) {
  return await api.send(
    "DELETE",
    path`/assets/${id}/access-token/${token}`,
    z.object({ status: z.literal("revoked") }),
  );
}
