import * as z from "zod";
import { type Api, ApiProblem, path } from "./client.ts";

export const ENTRY_STATES = ["filling", "ready", "stale", "purged", "failed"] as const;
export type EntryState = (typeof ENTRY_STATES)[number];

const time = z.string();

export const entry = z.object({
  key: z.string(),
  status: z.enum(ENTRY_STATES),
  size: z.number().nullable(),
  content_type: z.string().nullable(),
  etag: z.string().nullable(),
  sha256: z.string().nullable(),
  source_url: z.string(),
  created_at: time,
  updated_at: time,
  stored_at: time.nullable(),
  fresh_until: time.nullable(),
  expires_at: time.nullable(),
  refresh_wanted: z.boolean(),
  tags: z.array(z.string()),
  hits: z.number(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  progress: z
    .object({
      bytes: z.number(),
      total_bytes: z.number().nullable(),
      parts: z.number(),
      total_parts: z.number().nullable(),
      attempts: z.number(),
    })
    .nullable(),
});
export type Entry = z.infer<typeof entry>;

export const entryPage = z.object({ entries: z.array(entry), cursor: z.string().nullable() });

export type EntryQuestion = {
  readonly status: EntryState | null;
  readonly tag: string;
  /** One of these at most. */
  readonly search?: string;
  readonly prefix?: string;
  readonly url_prefix?: string;
  readonly cursor: string | null;
  readonly limit: number;
};

/** `GET /cache`; what is empty is not asked. */
export async function listEntries(api: Api, query: EntryQuestion) {
  return await api.get("/cache", entryPage, query);
}

/** `GET /cache/{key}`; `null`: nobody knows of it. */
export async function findEntry(api: Api, key: string): Promise<Entry | null> {
  try {
    return await api.get(path`/cache/${key}`, entry);
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}

export const purgeAnswer = z.object({ key: z.string(), status: z.enum(["purged", "refreshing"]) });

/** `DELETE /cache/{key}`. */
export async function purgeEntry(api: Api, key: string, soft: boolean) {
  return await api.send("DELETE", `${path`/cache/${key}`}${soft ? "?soft=true" : ""}`, purgeAnswer);
}

export const purgeResult = z.object({
  status: z.enum(["queued", "done"]),
  soft: z.boolean(),
  purge: z.string().optional(),
  purged: z.number().optional(),
  missing: z.array(z.string()).optional(),
});

/** `POST /purge`. */
export async function purgeMany(api: Api, selection: Readonly<Record<string, unknown>>) {
  return await api.send("POST", "/purge", purgeResult, selection);
}

export const preloadResult = z.object({
  key: z.string(),
  status: z.enum(["queued", "filling", "ready", "not_storable"]),
});

/** `POST /preload` of one. */
export async function preload(
  api: Api,
  wish: { url: string; hash?: string; expires_at?: string; tags?: readonly string[] },
) {
  return await api.send("POST", "/preload", preloadResult, wish);
}
