import * as z from "zod";
import { type Api, path } from "./client.ts";

export const ACCESS_MODES = ["probe", "verify", "signed", "public"] as const;
const accessMode = z.enum(ACCESS_MODES);
const gone = z.object({ status: z.literal("deleted") });

/** What was chosen, or entered, for an origin. */
export const originPrices = z.object({
  table: z.string().optional(),
  own: z
    .object({
      per_gb: z.union([z.string(), z.array(z.object({ up_to_gb: z.number().nullable(), per_gb: z.string() }))]),
      ...{ per_million_requests: z.string(), gb: z.enum(["binary", "decimal"]) },
    })
    .optional(),
});

export const origin = z.object({
  id: z.number(),
  origin: z.string(),
  access: accessMode.nullable(),
  obey_private: z.boolean(),
  tags: z.array(z.string()),
  prices: originPrices.nullable(),
  priced_by: z.object({ table: z.string(), where: z.string(), certain: z.boolean() }).nullable(),
  created_at: z.string(),
});
export type Origin = z.infer<typeof origin>;

export async function listOrigins(api: Api): Promise<Origin[]> {
  return (await api.get("/origins", z.object({ origins: z.array(origin) }))).origins;
}

export async function addOrigin(api: Api, wish: { origin: string; access?: string; tags?: readonly string[] }) {
  return await api.send("POST", "/origins", origin, wish);
}

export async function changeOrigin(api: Api, id: string, change: Readonly<Record<string, unknown>>) {
  return await api.send("PATCH", path`/origins/${id}`, origin, change);
}

export async function removeOrigin(api: Api, id: string) {
  return await api.send("DELETE", path`/origins/${id}`, gone);
}

export const access = z.object({
  access: accessMode,
  delivery: z.enum(["edge", "presigned"]),
  client_networks: z.array(z.string()),
  management_networks: z.array(z.string()),
});
export type Access = z.infer<typeof access>;

export async function readAccess(api: Api): Promise<Access> {
  return await api.get("/access", access);
}

export async function changeAccess(api: Api, change: Readonly<Record<string, unknown>>): Promise<Access> {
  return await api.send("PATCH", "/access", access, change);
}

export const cname = z.object({ host: z.string(), bucket: z.string(), created_at: z.string() });

export async function listCnames(api: Api) {
  return (await api.get("/cnames", z.object({ cnames: z.array(cname) }))).cnames;
}

export async function addCname(api: Api, wish: { host: string; bucket_url: string }) {
  return await api.send("POST", "/cnames", cname, wish);
}

export async function removeCname(api: Api, host: string) {
  return await api.send("DELETE", path`/cnames/${host}`, gone);
}

export const verificationKey = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  created_at: z.string(),
  expires_at: z.string().nullable(),
});

export async function listVerificationKeys(api: Api) {
  const list = z.object({ verification_keys: z.array(verificationKey) });
  return (await api.get("/verification-keys", list)).verification_keys;
}

export async function addVerificationKey(api: Api, material: Readonly<Record<string, unknown>>) {
  return await api.send("POST", "/verification-keys", verificationKey, material);
}

export async function removeVerificationKey(api: Api, id: string) {
  return await api.send("DELETE", path`/verification-keys/${id}`, gone);
}

export const hostSummary = z.object({
  host: z.string(),
  state: z.enum(["pending", "active", "failed"]),
  created_at: z.string(),
});
export const host = z.object({
  ...hostSummary.shape,
  proofs: z.array(z.object({ type: z.string(), name: z.string(), value: z.string() })),
  problems: z.array(z.string()),
});
export type Host = z.infer<typeof host>;

export async function listHosts(api: Api) {
  return (await api.get("/hosts", z.object({ hosts: z.array(hostSummary) }))).hosts;
}

export async function describeHost(api: Api, name: string): Promise<Host> {
  return await api.get(path`/hosts/${name}`, host);
}

export async function addHost(api: Api, name: string): Promise<Host> {
  return await api.send("POST", "/hosts", host, { host: name });
}

export async function removeHost(api: Api, name: string) {
  return await api.send("DELETE", path`/hosts/${name}`, gone);
}
