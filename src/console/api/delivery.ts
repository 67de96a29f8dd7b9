import * as z from "zod";
import type { Api } from "./client.ts";

export const RESOURCE_POLICIES = ["cross-origin", "same-site", "same-origin"] as const;
export const FILL_MODES = ["redirect", "stream", "auto"] as const;

const texts = z.array(z.string());

export const serving = z.object({
  cors: z
    .object({ origins: texts, request_headers: texts, exposed_headers: texts, max_age_seconds: z.number() })
    .nullable(),
  resource_policy: z.enum(RESOURCE_POLICIES),
  show_active: z.boolean(),
});
export type Serving = z.infer<typeof serving>;

/** `GET /serving`: how copies are handed to browsers. */
export async function readServing(api: Api): Promise<Serving> {
  return await api.get("/serving", serving);
}

/** `PATCH /serving`. */
export async function changeServing(api: Api, change: Readonly<Record<string, unknown>>): Promise<Serving> {
  return await api.send("PATCH", "/serving", serving, change);
}

export const fills = z.object({
  mode: z.enum(FILL_MODES),
  store_html: z.boolean(),
  max_object_bytes: z.number().nullable(),
  store: z.string().nullable(),
  large_store: z.object({ store: z.string(), from_bytes: z.number() }).nullable(),
});
export type Fills = z.infer<typeof fills>;

/** `GET /fills`: how copies are made. */
export async function readFills(api: Api): Promise<Fills> {
  return await api.get("/fills", fills);
}

/** `PATCH /fills`. */
export async function changeFills(api: Api, change: Readonly<Record<string, unknown>>): Promise<Fills> {
  return await api.send("PATCH", "/fills", fills, change);
}
