import type { z } from "zod";
import type { apiKey, auditRecord, PlanState, tenant } from "../../../src/console/api/account.ts";
import type * as delivery from "../../../src/console/api/delivery.ts";
import type { Entry } from "../../../src/console/api/entries.ts";
import type { deadLetter, health, systemStatus } from "../../../src/console/api/operator.ts";
import type * as settings from "../../../src/console/api/settings.ts";
import { HOSTILE_NAME, sampleAssets, samplePrivateLinks, sampleVersions } from "./sample-assets.ts";
import { sampleEntries } from "./sample-entries.ts";
import { sampleSavings, sampleStorage, sampleUsage } from "./sample-usage.ts";

export const NOW = Date.parse("2026-11-21T12:34:00Z");

/** The moment so many hours before {@link NOW}. */
export function ago(hours: number): string {
  return new Date(NOW - hours * 3_600_000).toISOString();
}

/** What a fake API knows. */
export type ApiData = ReturnType<typeof apiData>;

/** An organisation in the middle of its work. */
export function apiData() {
  const tenants: z.infer<typeof tenant>[] = [
    { ...{ id: "acme", name: "Acme Media", site: "acme", plan: "pro" }, ...STANDS, created_at: ago(9000) },
    {
      ...{ id: "globex", name: "Globex", site: "globex", plan: "free", own_limits: { keys: 9 } },
      suspended: { at: ago(30), reason: "The invoice of October is open." },
      ...{ standing: { status: "aside", over: "suspended", until: null }, created_at: ago(4000) },
    },
  ];
  return {
    now: ago(0),
    entries: sampleEntries(),
    ...{ assets: sampleAssets(), assetVersions: sampleVersions(), privateLinks: samplePrivateLinks() },
    usage: sampleUsage(),
    ...{ savings: sampleSavings(), storage: sampleStorage() },
    ...{ keys: sampleKeys(), audit: sampleAudit(), tenants, plan: samplePlan() },
    preloaded: "queued",
    linkKeys: [{ kid: "lk2", created_at: ago(100) }],
    origins: [
      origin(1, "https://media.s3.eu-west-1.amazonaws.com/", "verify", ["media"]),
      origin(2, "https://*.blob.core.windows.net/public/", "public", []),
      origin(3, "https://storage.googleapis.com/acme-downloads/", null, []),
    ],
    access: { access: "probe", delivery: "edge", client_networks: [], management_networks: ["198.51.100.0/24"] },
    serving: {
      cors: {
        ...{ origins: ["https://app.acme.example"], request_headers: ["x-player"], exposed_headers: [] },
        max_age_seconds: 3600,
      },
      ...{ resource_policy: "cross-origin", show_active: false },
    } as z.infer<typeof delivery.serving>,
    fills: {
      ...{ mode: "auto", store_html: false, max_object_bytes: 10e9, store: null },
      large_store: { store: "archive", from_bytes: 1e9 },
    } as z.infer<typeof delivery.fills>,
    cnames: [{ host: "media.acme.example", bucket: "s3:aws/media", created_at: ago(800) }],
    verificationKeys: [
      { id: "v1", kind: "s3_secret", name: "AKIAEXAMPLE", created_at: ago(700), expires_at: null },
    ] as z.infer<typeof settings.verificationKey>[],
    newVerificationKey: { id: "v2", kind: "bunny", name: "files.acme.example", created_at: ago(0), expires_at: null },
    hosts: [
      { host: "files.acme.example", state: "active" as const, created_at: ago(700), proofs: [], problems: [] },
      {
        ...{
          host: "cdn.acme.example",
          state: "pending" as const,
          created_at: ago(2),
          problems: ["The CNAME is not there yet."],
        },
        proofs: [{ type: "CNAME", name: "cdn.acme.example", value: "edge.example.com" }],
      },
    ] as settings.Host[],
    newHost: { host: "", state: "pending", created_at: ago(0), proofs: [], problems: [] },
    inspection: {
      ...{ provider: "s3-sigv4", identity: "s3:aws/media/film.mp4", expires_at: ago(-1), storable: true, reason: null },
      ...{ access: "verify", cached: true },
      parameters: {
        credential: ["X-Amz-Credential", "X-Amz-Signature"],
        ...{ significant: ["versionId"], presentational: [], unsigned: [] },
      },
    },
    health: { status: "ok", dependencies: { index: "ok", ledger: "ok", objects: "ok" } } as z.infer<typeof health>,
    status: {
      ...{ fills_in_flight: 4, queued_messages: 12, dead_letters: 1, failed_fills_last_hour: 3, lost_batches: 0 },
      ...{ stuck_fills: [{ tenant: "acme", key: "s3:aws/media/silent.mov", since: ago(2) }], usage_waits_since: null },
    } as z.infer<typeof systemStatus>,
    deadLetters: [
      {
        ...{ id: "d1", kind: "fill", tenant: "acme", key: "s3:aws/media/broken.mov", batch: null, attempts: 6 },
        ...{ at: ago(3), source_ends_at: ago(-24), forgotten_at: ago(-333), replayed_at: null },
        error: { code: "ORIGIN_STATUS", message: "The origin answered 500 at every attempt." },
      },
      {
        ...{ id: "d2", kind: "unknown", tenant: null, key: null, batch: null, attempts: 6, at: ago(30) },
        ...{ source_ends_at: null, forgotten_at: ago(-306), replayed_at: ago(29) },
        error: { code: "UNKNOWN_MESSAGE", message: "The message was of no form that the consumer knew." },
      },
    ] as z.infer<typeof deadLetter>[],
  };
}

const STANDS = { own_limits: {}, suspended: null, standing: { status: "good", over: null, until: null } } as const;

/** An organisation in which nothing has happened yet. */
export function emptyData(): ApiData {
  const nothing = { ...apiData(), entries: [], keys: [], audit: [], linkKeys: [], origins: [], cnames: [], hosts: [] };
  return {
    ...nothing,
    ...{ verificationKeys: [], deadLetters: [], tenants: [], assets: [], assetVersions: [], privateLinks: [] },
    usage: { hour: [], day: [], month: [], origins: [] },
    ...{ savings: { months: [] }, storage: { now: 0, days: [] } },
  };
}

function origin(id: number, url: string, access: settings.Origin["access"], tags: string[]): settings.Origin {
  const own = { per_gb: "0.0873", per_million_requests: "0.40", gb: "binary" } as const;
  const priced = [
    { prices: null, priced_by: { table: "s3/us-europe", where: "Amazon S3, US, Canada, Europe", certain: true } },
    { prices: { own }, priced_by: { table: "own", where: "Your own prices", certain: true } },
  ][id - 1] ?? { prices: null, priced_by: null };
  return { id, origin: url, access, obey_private: id === 3, tags, ...priced, created_at: ago(500 + id) };
}

function sampleKeys(): z.infer<typeof apiKey>[] {
  const key = (id: string, name: string, scopes: string[], used: string | null, ends: string | null) => {
    return { id, name, prefix: `snap_key_${id}`, scopes, created_at: ago(900), last_used_at: used, expires_at: ends };
  };
  return [
    key("k1", "upload server", ["preload:write", "cache:read"], ago(5), null),
    key("k2", "reports", ["usage:read"], null, ago(-2000)),
    key("k3", "from before there were scopes", ["admin"], ago(400), null),
  ];
}

function sampleAudit(): z.infer<typeof auditRecord>[] {
  const who = { by: "person", id: "u1", name: "Ada Byron", operator: null };
  const record = (id: number, action: string, detail: Record<string, unknown>, hours: number) => {
    return { id, at: ago(hours), actor: "tenant", who, action, detail, address: "198.51.100.7", request_id: `r${id}` };
  };
  const sha256 = "ab".repeat(32);
  return [
    record(8, "assets.token.add", { id: "a1", token_id: "t1", expires_at: ago(-2), max_downloads: null }, 1),
    record(7, "assets.publish", { id: "a1", version_id: "v24", version_number: 24, sha256 }, 1),
    record(6, "assets.add", { id: "a2", filename: HOSTILE_NAME, is_public: false, size: 4_938_268, sha256 }, 2),
    record(5, "purge", { tag: "spring-sale", soft: true }, 2),
    record(4, "keys.add", { id: "k2", name: "reports", scopes: ["usage:read"] }, 30),
    { ...record(3, "tenants.change", { plan: "pro" }, 50), who: { ...who, operator: "op1" }, actor: "operator" },
    { ...record(2, "purge.done", { purged: 1200 }, 90), who: null, actor: "schedule", address: null },
  ];
}

function samplePlan(): PlanState {
  return {
    plan: { id: "pro", name: "Pro", price_cents: 4900, hard: false },
    limits: {
      ...{ requests: 50_000_000, delivered_bytes: 10e12, stored_bytes: 1e12, max_object_bytes: 100e9 },
      ...{ keys: 50, domains: 10, members: 20 },
    },
    standing: { status: "good", over: null, until: null },
    suspended: null,
  };
}

export type { Entry };
