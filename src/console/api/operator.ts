import * as z from "zod";
import { tenant } from "./account.ts";
import { type Api, path } from "./client.ts";
import { readSavings, type Savings } from "./savings.ts";
import { type Period, readUsage, type UsageRow } from "./usage.ts";

/** `GET /tenants`. */
export async function listTenants(api: Api, query: { search: string | null; cursor: string | null; limit: number }) {
  return await api.get("/tenants", z.object({ tenants: z.array(tenant), cursor: z.string().nullable() }), query);
}

export async function readTenant(api: Api, id: string) {
  return await api.get(path`/tenants/${id}`, tenant);
}

export async function changeTenant(api: Api, id: string, change: Readonly<Record<string, unknown>>) {
  return await api.send("PATCH", path`/tenants/${id}`, tenant, change);
}

export async function suspendTenant(api: Api, id: string, reason: string) {
  return await api.send("POST", path`/tenants/${id}/suspend`, tenant, { reason });
}

export async function resumeTenant(api: Api, id: string) {
  return await api.send("POST", path`/tenants/${id}/resume`, tenant);
}

export const health = z.object({
  status: z.enum(["ok", "degraded"]),
  dependencies: z.record(z.string(), z.enum(["ok", "down"])),
});

/** `GET /health`. */
export async function readHealth(api: Api) {
  return await api.get("/health", health);
}

export const systemStatus = z.object({
  fills_in_flight: z.number(),
  queued_messages: z.number().nullable(),
  dead_letters: z.number(),
  failed_fills_last_hour: z.number(),
  lost_batches: z.number(),
  stuck_fills: z.array(z.object({ tenant: z.string(), key: z.string(), since: z.string() })).nullable(),
  usage_waits_since: z.string().nullable(),
});
export type SystemStatus = z.infer<typeof systemStatus>;

/** `GET /status`. */
export async function readStatus(api: Api) {
  return await api.get("/status", systemStatus);
}

export const deadLetter = z.object({
  id: z.string(),
  kind: z.enum(["fill", "manifest", "manifest_chunk", "unknown"]),
  tenant: z.string().nullable(),
  key: z.string().nullable(),
  batch: z.string().nullable(),
  attempts: z.number(),
  error: z.object({ code: z.string(), message: z.string() }),
  at: z.string(),
  source_ends_at: z.string().nullable(),
  forgotten_at: z.string(),
  replayed_at: z.string().nullable(),
});
export type DeadLetter = z.infer<typeof deadLetter>;

export const deadLetterPage = z.object({ dead_letters: z.array(deadLetter), cursor: z.string().nullable() });

/** `GET /dead-letters`. */
export async function listDeadLetters(api: Api, query: { cursor: string | null; limit: number }) {
  return await api.get("/dead-letters", deadLetterPage, query);
}

export const deadLetterReplay = z.object({ id: z.string(), status: z.enum(["queued", "filling", "ready"]) });

/** `POST /dead-letters/{id}/replay`. */
export async function replayDeadLetter(api: Api, id: string) {
  return await api.send("POST", path`/dead-letters/${id}/replay`, deadLetterReplay);
}

/** `GET /usage/all`: as `/usage`, of all tenants together. */
export async function readGlobalUsage(api: Api, by: Period): Promise<UsageRow[]> {
  return await readUsage(api, { by, group: "none" }, "/usage/all");
}

/** `GET /savings/all`: the sum of all tenants' ledgers. */
export async function readGlobalSavings(api: Api): Promise<Savings> {
  return await readSavings(api, "/savings/all");
}
