import { roomFor } from "../app/assets/room.ts";
import { assetOfUpload } from "../app/uploads/make-asset.ts";
import { SnapbyteError } from "../core/errors.ts";
import { type AssertionKeys, parseAssertionKeys } from "../core/people/assertion.ts";
import type { TenantId } from "../core/tenant.ts";
import type { UploadSession } from "../core/uploads/upload-session.ts";
import { kvUploadLimits } from "../platform/cloudflare/kv-upload-limits.ts";
import { queueManifests, queuePurges } from "../platform/cloudflare/queue.ts";
import { platformRateLimit } from "../platform/cloudflare/rate-limit.ts";
import { cloudflareCustomHostnames } from "../platform/http/cloudflare-custom-hostnames.ts";
import { cloudflarePurge } from "../platform/http/cloudflare-purge.ts";
import { postgresAccounts } from "../platform/postgres/accounts.ts";
import { postgresAssets } from "../platform/postgres/assets.ts";
import { postgresAuditLog } from "../platform/postgres/audit-log.ts";
import { postgresBilling } from "../platform/postgres/billing.ts";
import { postgresBillingReports } from "../platform/postgres/billing-reports.ts";
import { connect } from "../platform/postgres/database.ts";
import { postgresDeadLetters } from "../platform/postgres/dead-letters.ts";
import { postgresFillCensus } from "../platform/postgres/fill-census.ts";
import { postgresKeySettings } from "../platform/postgres/key-settings.ts";
import { postgresMonthCounters } from "../platform/postgres/month-counters.ts";
import { postgresOriginPrices } from "../platform/postgres/origin-price-list.ts";
import { postgresPreloadBatches } from "../platform/postgres/preload-batches.ts";
import { postgresPurgeJobs } from "../platform/postgres/purge-jobs.ts";
import { postgresStorage } from "../platform/postgres/storage-ledger.ts";
import { postgresTenantSettings } from "../platform/postgres/tenant-settings.ts";
import { postgresTusUploads } from "../platform/postgres/tus-uploads.ts";
import { postgresUploads } from "../platform/postgres/uploads.ts";
import { postgresUsage } from "../platform/postgres/usage-ledger.ts";
import { s3DirectUploads } from "../platform/s3/direct-uploads.ts";
import type { DownloadParts } from "./compose.ts";
import type { ApiEnv } from "./env.ts";

/** All that management calls work with. */
export type ManagementParts = ReturnType<typeof composeManagement>;

/** What management needs beside what downloads do, so that a change which is made here is seen by both at once. */
export function composeManagement(env: ApiEnv, parts: DownloadParts) {
  const db = connect({ databaseUrl: env.databaseUrl, endpoint: env.neonEndpoint });
  const accounts = postgresAccounts(db);
  const counters = postgresMonthCounters(db);
  const assets = postgresAssets(db);
  const newId = () => crypto.randomUUID();
  return {
    ...parts,
    hostnames: env.saas && cloudflareCustomHostnames(env.saas),
    edgeCached: env.edgeCached,
    cdn: env.zone && cloudflarePurge(env.zone),
    manifests: queueManifests(env.fills),
    batches: postgresPreloadBatches(db),
    purges: queuePurges(env.fills),
    purgeJobs: postgresPurgeJobs(db),
    deadLetters: postgresDeadLetters(db),
    census: postgresFillCensus(db),
    audit: postgresAuditLog(db),
    assets,
    usageLedger: postgresUsage(db),
    storageLedger: postgresStorage(db),
    originPrices: postgresOriginPrices(db),
    settings: postgresTenantSettings(db),
    accounts,
    apiKeys: postgresKeySettings(db),
    uploads: postgresUploads(db),
    tus: postgresTusUploads(db),
    uploadLimits: kvUploadLimits(env.index, parts.clock, parts.report),
    direct: env.presigning && s3DirectUploads(env.presigning, parts.clock),
    makeAsset: async (session: UploadSession) => await assetOfUpload(session, { ...parts, assets, newId }),
    roomFor: async (tenant: TenantId, bytes: number) => await roomFor(tenant, bytes, { ...parts, accounts, counters }),
    counters,
    billing: postgresBilling(db),
    reports: postgresBillingReports(db),
    assertionKeys: readAssertionKeys(env.consoleKeys),
    callerLimit: platformRateLimit(env.callerLimit),
    tenantLimit: platformRateLimit(env.tenantLimit),
    newId,
    random: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
  };
}

function readAssertionKeys(setting: string | null): AssertionKeys | null {
  const keys = setting === null ? null : parseAssertionKeys(setting);
  if (setting !== null && !keys)
    throw new SnapbyteError("MISCONFIGURED", "This deployment lacks a valid CONSOLE_KEYS.");
  return keys;
}
