import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { AuditDetail, AuditWho } from "../../core/audit.ts";
import type { EntryState } from "../../core/entry.ts";
import type { OwnLimits } from "../../core/plans/limits.ts";
import type { Aside } from "../../core/plans/standing.ts";
import type { OriginPrices } from "../../core/pricing/origin-prices.ts";
import type { PurgeSelection } from "../../core/purge/selection.ts";
import type {
  AccessMode,
  CorsSettings,
  DeliveryMode,
  FillMode,
  OriginRule,
  ResourcePolicy,
} from "../../core/tenant.ts";
import type { HostState } from "../../core/tenant-host.ts";
import type { MaterialKind } from "../../core/verify/material.ts";
import { moment } from "./columns.ts";

/** Literals, and a list of their own: what a database admits changes by a migration only. */
const ACCESS = sql`('probe', 'verify', 'signed', 'public')`;

export const tenants = pgTable(
  "tenants",
  {
    id: text().primaryKey(),
    site: text().notNull().unique(),
    access: text().$type<AccessMode>().notNull().default("probe"),
    delivery: text().$type<DeliveryMode>().notNull().default("edge"),
    /** CIDR blocks; none: everywhere. */
    clientNetworks: text("client_networks").array().notNull().default([]),
    managementNetworks: text("management_networks").array().notNull().default([]),
    fillMode: text("fill_mode").$type<FillMode>().notNull().default("redirect"),
    storeHtml: boolean("store_html").notNull().default(false),
    /** Null: as much as one object may have at all. */
    maxObjectBytes: bigint("max_object_bytes", { mode: "number" }),
    /** Null: the deployment's own. */
    store: text(),
    /** Null together: one store for copies of every size. */
    largeStore: text("large_store"),
    largeFromBytes: bigint("large_from_bytes", { mode: "number" }),
    /** Null: no page of another origin may read copies. */
    cors: jsonb().$type<CorsSettings>(),
    resourcePolicy: text("resource_policy").$type<ResourcePolicy>().notNull().default("cross-origin"),
    showActive: boolean("show_active").notNull().default(false),
    /** What people call it. */
    name: text().notNull().default(""),
    /** A plan of core/plans; those from before there were plans have none that limits. */
    plan: text().notNull().default("unmetered"),
    /** Limits of its own, which take the place of the plan's. */
    ownLimits: jsonb("own_limits").$type<OwnLimits>().notNull().default({}),
    /** The largest object by plan and own limits, for who reads the tenant without knowing plans; null: as large as any. */
    planObjectBytes: bigint("plan_object_bytes", { mode: "number" }),
    /** Null together: it is not suspended. */
    suspendedAt: moment("suspended_at"),
    suspendedReason: text("suspended_reason"),
    /** Why the cache stands aside; null: it does not. */
    standing: jsonb().$type<Aside>(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    check("tenants_access", sql`${table.access} in ${ACCESS}`),
    check("tenants_delivery", sql`${table.delivery} in ('edge', 'presigned')`),
    check("tenants_fill_mode", sql`${table.fillMode} in ('redirect', 'stream', 'auto')`),
    check("tenants_max_object_bytes", sql`${table.maxObjectBytes} > 0`),
    check("tenants_large_store", sql`(${table.largeStore} is null) = (${table.largeFromBytes} is null)`),
    check("tenants_suspended", sql`(${table.suspendedAt} is null) = (${table.suspendedReason} is null)`),
    check("tenants_resource_policy", sql`${table.resourcePolicy} in ('cross-origin', 'same-site', 'same-origin')`),
  ],
);

export const tenantId = () =>
  text("tenant_id")
    .notNull()
    .references(() => tenants.id, { onDelete: "cascade" });

/** Host names under which a tenant is, or will be, addressed. Only an active one counts. */
export const tenantHosts = pgTable(
  "tenant_hosts",
  {
    host: text().primaryKey(),
    tenantId: tenantId(),
    state: text().$type<HostState>().notNull().default("active"),
    /** The id that Cloudflare for SaaS gave it; null: nobody was asked. */
    customHostnameId: text("custom_hostname_id"),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    index("tenant_hosts_by_tenant").on(table.tenantId),
    check("tenant_hosts_state", sql`${table.state} in ('pending', 'active', 'failed')`),
  ],
);

export const originRules = pgTable(
  "origin_rules",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    tenantId: tenantId(),
    scheme: text().$type<OriginRule["scheme"]>().notNull(),
    host: text().notNull(),
    port: integer().notNull(),
    pathPrefix: text("path_prefix").notNull().default("/"),
    /** Null: as the tenant's default. */
    access: text().$type<AccessMode>(),
    obeyPrivate: boolean("obey_private").notNull().default(false),
    tags: text().array().notNull().default([]),
    /** What the origin charges; null: by the table that its host suggests. */
    prices: jsonb().$type<OriginPrices>(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("origin_rules_once").on(table.tenantId, table.scheme, table.host, table.port, table.pathPrefix),
    check("origin_rules_access", sql`${table.access} in ${ACCESS}`),
  ],
);

/** Hosts that stand for a bucket. Two tenants may name the same host: they share nothing. */
export const tenantCnames = pgTable(
  "tenant_cnames",
  {
    tenantId: tenantId(),
    host: text().notNull(),
    bucket: text().notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.host] })],
);

/** What signs a tenant's links. Only sealed. */
export const linkKeys = pgTable(
  "link_keys",
  {
    tenantId: tenantId(),
    kid: text().notNull(),
    sealed: text().notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.kid] })],
);

/** What a tenant registered so that we can check providers' signatures. Secret or not, only sealed. */
export const verificationKeys = pgTable(
  "verification_keys",
  {
    id: text().primaryKey(),
    tenantId: tenantId(),
    kind: text().$type<MaterialKind>().notNull(),
    /** Tells people which key it is, and is no secret. */
    name: text().notNull(),
    sealed: text().notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    /** When it is of no use any more; null: never. */
    expiresAt: moment("expires_at"),
  },
  (table) => [uniqueIndex("verification_keys_once").on(table.tenantId, table.kind, table.name)],
);

/** Only the SHA-256 of a key is kept; a key without a tenant is an operator's. */
export const apiKeys = pgTable(
  "api_keys",
  {
    hash: text().primaryKey(),
    /** Names the key in calls and in the audit log; no secret. */
    id: text().notNull().unique().default(sql`gen_random_uuid()::text`),
    tenantId: text("tenant_id").references(() => tenants.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** The beginning of the key; null: it is from before that was kept. */
    prefix: text(),
    /** What it may do; null: it is from before there were scopes, and may do all. */
    scopes: text().array(),
    createdAt: moment("created_at").notNull().defaultNow(),
    /** About when it was used last. */
    lastUsedAt: moment("last_used_at"),
    /** When it ends; null: never. */
    expiresAt: moment("expires_at"),
    revokedAt: moment("revoked_at"),
  },
  (table) => [index("api_keys_by_tenant").on(table.tenantId, table.createdAt)],
);

/**
 * One row per entry; the columns of the copy are null together, but for those that a copy may lack: of `sha256` and the
 * two of its parts it has the one or the others.
 */
export const entries = pgTable(
  "entries",
  {
    tenantId: text("tenant_id").notNull(),
    /** EntryKey.id. */
    id: text().notNull(),
    publicKey: text("public_key").notNull(),
    state: text().$type<EntryState>().notNull(),
    /** The highest fence seen: a change that carries a lower one is refused. */
    fence: bigint({ mode: "number" }).notNull(),
    boundTo: text("bound_to").notNull(),
    trusted: boolean().notNull(),
    /** Without its credentials. */
    sourceUrl: text("source_url").notNull(),
    generation: text(),
    size: bigint({ mode: "number" }),
    contentType: text("content_type"),
    etag: text(),
    originEtag: text("origin_etag"),
    sha256: text(),
    /** Digest over the parts, for a copy that was stored in parts side by side. */
    partsSha256: text("parts_sha256"),
    partBytes: bigint("part_bytes", { mode: "number" }),
    storedAt: moment("stored_at"),
    /** When the copy is fresh no more; null: never. */
    freshUntil: moment("fresh_until"),
    expiresAt: moment("expires_at"),
    /** Somebody wants the copy made anew, and served meanwhile. */
    refreshWanted: boolean("refresh_wanted").notNull().default(false),
    /** Names under which it can be purged with others. */
    tags: text().array().notNull().default([]),
    failureCode: text("failure_code"),
    failureMessage: text("failure_message"),
    hits: bigint({ mode: "number" }).notNull().default(0),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({ columns: [table.tenantId], foreignColumns: [tenants.id] }).onDelete("cascade"),
    index("entries_by_change").on(table.tenantId, table.updatedAt.desc(), table.id),
    // In the order of bytes, so that a prefix is a range.
    index("entries_by_public_key").on(table.tenantId, sql`${table.publicKey} collate "C"`),
    // Of a URL only its beginning: an index takes 2,704 bytes.
    index("entries_by_source").on(table.tenantId, sql`left(${table.sourceUrl}, 512) collate "C"`),
    index("entries_by_tag").using("gin", table.tags),
    // For how the deployment stands: what is on its way, and what failed lately.
    index("entries_unfinished").on(table.state, table.updatedAt).where(sql`${table.state} in ('filling', 'failed')`),
    // Purged entries keep a wish that ended them, and would pile up in front of those that are due.
    index("entries_by_expiry")
      .on(table.expiresAt)
      .where(sql`${table.expiresAt} is not null and ${table.state} <> 'purged'`),
  ],
);

/** Purges of more than one call may do by itself, for a week. */
export const purgeJobs = pgTable(
  "purge_jobs",
  {
    id: text().primaryKey(),
    tenantId: tenantId(),
    selection: jsonb().$type<PurgeSelection>().notNull(),
    soft: boolean().notNull(),
    purged: integer().notNull().default(0),
    createdAt: moment("created_at").notNull(),
    /** Null: it is still at work. */
    finishedAt: moment("finished_at"),
  },
  (table) => [index("purge_jobs_by_age").on(table.createdAt)],
);

/** Who changed what, when, and from where. Never changed, and never removed with what it tells of. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    tenantId: tenantId(),
    at: moment("at").notNull(),
    /** `operator`, `tenant`, or the clock: `schedule`. */
    actor: text().notNull(),
    /** The key, or the person; null: nobody, or it is from before that was kept. */
    who: jsonb().$type<AuditWho>(),
    action: text().notNull(),
    detail: jsonb().$type<AuditDetail>().notNull(),
    /** The client's IP address; null: not known. */
    address: text(),
    requestId: text("request_id").notNull(),
  },
  (table) => [index("audit_log_by_time").on(table.tenantId, table.id.desc())],
);
