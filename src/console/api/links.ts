import * as z from "zod";
import type { Api } from "./client.ts";

export const linkAnswer = z.object({ link: z.string(), kid: z.string(), expires_at: z.string() });

export type LinkWish = {
  url?: string;
  hash?: string;
  scope?: string;
  expires_in?: number;
  not_before?: string;
  ip?: string;
  tags?: readonly string[];
};

/** `POST /links`. The link comes with the host that the API was asked at: `edge` takes its place. */
export async function makeLink(api: Api, wish: LinkWish, edge: string) {
  const made = await api.send("POST", "/links", linkAnswer, wish);
  const { pathname, search } = new URL(made.link);
  return { ...made, link: edge + pathname + search };
}

const names = z.array(z.string());

export const inspection = z.object({
  provider: z.string().nullable(),
  identity: z.string(),
  expires_at: z.string().nullable(),
  storable: z.boolean(),
  reason: z.string().nullable(),
  access: z.string().nullable(),
  cached: z.boolean(),
  parameters: z.object({ credential: names, significant: names, presentational: names, unsigned: names }),
});
export type Inspection = z.infer<typeof inspection>;

/** `POST /inspect`. */
export async function inspect(api: Api, url: string): Promise<Inspection> {
  return await api.send("POST", "/inspect", inspection, { url });
}

export const linkKey = z.object({ kid: z.string(), created_at: z.string() });
export const newLinkKey = z.object({ ...linkKey.shape, key: z.string() });

export async function listLinkKeys(api: Api) {
  return (await api.get("/link-keys", z.object({ link_keys: z.array(linkKey) }))).link_keys;
}

/** `POST /link-keys`, or in place of the older of two `POST /link-keys/rotate`. */
export async function makeLinkKey(api: Api, rotate: boolean) {
  return await api.send("POST", rotate ? "/link-keys/rotate" : "/link-keys", newLinkKey);
}

/** `POST /links/revoke`. */
export async function revokeLinks(api: Api) {
  return await api.send("POST", "/links/revoke", z.object({ epoch: z.number() }));
}
