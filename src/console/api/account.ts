import * as z from "zod";
import { type Api, path } from "./client.ts";

export const SCOPES = [
  ["proxy:read", "Name keys in /proxy, and download by key"],
  ["preload:write", "Have copies made ahead"],
  ["cache:read", "List files and see what is known of them; inspect URLs"],
  ["cache:purge", "Purge copies"],
  ["links:write", "Make signed links, withdraw links to copies"],
  ["settings:read", "See settings"],
  ["settings:write", "Change settings"],
  ["usage:read", "Read usage and savings"],
  ["keys:write", "Make and revoke API keys"],
  ["audit:read", "Read the audit log"],
  ["assets:read", "List assets and see what is known of them"],
  ["assets:write", "Upload, change, publish and delete assets"],
  ["assets:*", "Everything about assets"],
  ["uploads:*", "Everything about uploads"],
  ["admin", "Everything of this organisation"],
] as const;

export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string().nullable(),
  scopes: z.array(z.string()),
  created_at: z.string(),
  last_used_at: z.string().nullable(),
  expires_at: z.string().nullable(),
});
export const newApiKey = z.object({ ...apiKey.shape, key: z.string() });
export type NewApiKey = z.infer<typeof newApiKey>;

export async function listKeys(api: Api) {
  return (await api.get("/keys", z.object({ keys: z.array(apiKey) }))).keys;
}

export async function addKey(api: Api, wish: { name: string; scopes: readonly string[]; expires_at?: string }) {
  return await api.send("POST", "/keys", newApiKey, wish);
}

export async function rotateKey(api: Api, id: string, graceHours: number) {
  return await api.send("POST", path`/keys/${id}/rotate`, newApiKey, { grace_hours: graceHours });
}

export async function revokeKey(api: Api, id: string) {
  return await api.send("DELETE", path`/keys/${id}`, z.object({ status: z.literal("revoked") }));
}

export const auditRecord = z.object({
  id: z.number(),
  at: z.string(),
  actor: z.string(),
  who: z
    .object({ by: z.string(), id: z.string(), name: z.string(), operator: z.string().nullable() })
    .nullable()
    .optional(),
  action: z.string(),
  detail: z.record(z.string(), z.unknown()),
  address: z.string().nullable(),
  request_id: z.string(),
});
export type AuditRecord = z.infer<typeof auditRecord>;

export async function listAudit(api: Api, query: Readonly<Record<string, string | number | null>>) {
  return await api.get("/audit", z.object({ records: z.array(auditRecord), before: z.number().nullable() }), query);
}

const limit = z.number().nullable();
export const limits = z.object({
  ...{ requests: limit, delivered_bytes: limit, stored_bytes: limit, max_object_bytes: limit },
  ...{ keys: limit, domains: limit, members: limit },
});
export const standing = z.object({
  status: z.enum(["good", "aside"]),
  over: z.string().nullable(),
  until: z.string().nullable(),
});
const suspended = z.object({ at: z.string(), reason: z.string() }).nullable();

export const planState = z.object({
  plan: z.object({ id: z.string(), name: z.string(), price_cents: z.number().nullable(), hard: z.boolean() }),
  limits,
  standing,
  suspended,
});
export type PlanState = z.infer<typeof planState>;

/** `GET /plan`. */
export async function readPlan(api: Api): Promise<PlanState> {
  return await api.get("/plan", planState);
}

export const tenant = z.object({
  ...{ id: z.string(), name: z.string(), site: z.string(), plan: z.string() },
  ...{ own_limits: limits.partial(), suspended, standing, created_at: z.string() },
});
export type Tenant = z.infer<typeof tenant>;
