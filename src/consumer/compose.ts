import { fillWishes } from "../app/fill-wishes.ts";
import { binding, type RawSettings, text } from "../core/settings.ts";
import { readStores } from "../core/stores/store-settings.ts";
import { consoleReport } from "../platform/cloudflare/console-report.ts";
import { digestStreamHash } from "../platform/cloudflare/digest-stream-hash.ts";
import { durableSlots } from "../platform/cloudflare/fill-slots.ts";
import { shardedGate } from "../platform/cloudflare/gate-shards.ts";
import { kvEntryIndex } from "../platform/cloudflare/kv-entry-index.ts";
import { kvSweepPlace } from "../platform/cloudflare/kv-sweep-place.ts";
import { kvTenants } from "../platform/cloudflare/kv-tenant-directory.ts";
import { loggedFailures } from "../platform/cloudflare/logged-events.ts";
import { queueFills, queueManifests, queuePurges } from "../platform/cloudflare/queue.ts";
import { rememberTenants } from "../platform/cloudflare/remembered-tenants.ts";
import { usageCounter } from "../platform/cloudflare/usage-counter.ts";
import { queueUsage } from "../platform/cloudflare/usage-queue.ts";
import { durableWithdrawals } from "../platform/cloudflare/withdrawals.ts";
import { cloudflarePurge } from "../platform/http/cloudflare-purge.ts";
import { fetchOrigin } from "../platform/http/origin.ts";
import { postgresAccounts } from "../platform/postgres/accounts.ts";
import { postgresAssets } from "../platform/postgres/assets.ts";
import { postgresAuditLog } from "../platform/postgres/audit-log.ts";
import { connect } from "../platform/postgres/database.ts";
import { postgresDeadLetters } from "../platform/postgres/dead-letters.ts";
import { postgresLedger } from "../platform/postgres/entry-ledger.ts";
import { postgresMonthCounters } from "../platform/postgres/month-counters.ts";
import { postgresPreloadBatches } from "../platform/postgres/preload-batches.ts";
import { postgresPurgeJobs } from "../platform/postgres/purge-jobs.ts";
import { postgresStorage } from "../platform/postgres/storage-ledger.ts";
import { postgresTenants } from "../platform/postgres/tenant-directory.ts";
import { postgresTenantSettings } from "../platform/postgres/tenant-settings.ts";
import { postgresUploads } from "../platform/postgres/uploads.ts";
import { postgresUsage } from "../platform/postgres/usage-ledger.ts";
import { openStores } from "../platform/stores/open-stores.ts";
import { storeNames } from "../platform/stores/store-names.ts";
import type { ConsumerEnv } from "./env.ts";

/** All that the consumer works with. Made once per isolate. */
export type Parts = ReturnType<typeof compose>;

/** The only place of this Worker where rules and vendors meet. */
export function compose(env: ConsumerEnv) {
  const clock = Date;
  const database = { databaseUrl: env.databaseUrl, endpoint: env.neonEndpoint };
  const db = connect(database);
  // No message is held up until a flush is over: each second while there is work, and at the end of a batch (worker.ts).
  const background = (work: Promise<unknown>) => void work.catch((error: unknown) => consoleReport("usage", error));
  const counter = usageCounter(queueUsage(env.usage), clock, { background });
  return {
    clock,
    report: consoleReport,
    local: env.local,
    ledger: postgresLedger(db, database),
    settings: postgresTenantSettings(db),
    directory: rememberTenants(kvTenants(env.index, postgresTenants(database)), clock),
    index: kvEntryIndex(env.index, clock),
    store: openStores(env.objects, env.stores, consoleReport),
    stores: storeNames(env.stores),
    sweepPlace: kvSweepPlace(env.index),
    orphanAgeMs: env.orphanAgeMs,
    gate: shardedGate(env.fillGate),
    slots: durableSlots(env.fillSlots),
    withdrawals: durableWithdrawals(env.withdrawals),
    edgeCached: env.edgeCached,
    cdn: env.zone && cloudflarePurge(env.zone),
    pause: (ms: number) => scheduler.wait(ms),
    queue: queueFills(env.fills),
    wishes: fillWishes(),
    manifests: queueManifests(env.fills),
    batches: postgresPreloadBatches(db),
    purges: queuePurges(env.fills),
    purgeJobs: postgresPurgeJobs(db),
    deadLetters: postgresDeadLetters(db),
    audit: postgresAuditLog(db),
    assets: postgresAssets(db),
    accounts: postgresAccounts(db),
    uploads: postgresUploads(db),
    counters: postgresMonthCounters(db),
    origin: fetchOrigin(),
    startHash: digestStreamHash,
    usage: loggedFailures(counter),
    flushUsage: () => counter.flush(),
    usageLedger: postgresUsage(db),
    storageLedger: postgresStorage(db),
    ring: env.ring,
    leaseMs: env.leaseMs,
    idleMs: env.idleMs,
    retryTimes: { baseSeconds: env.retryBaseSeconds, longestSeconds: env.retryLongestSeconds },
    maxAttempts: MAX_ATTEMPTS,
    limits: env.limits,
    newGeneration: () => crypto.randomUUID(),
    random: Math.random,
  };
}

/** As often as the queue delivers a message: once, and `max_retries` of wrangler.toml more. */
const MAX_ATTEMPTS = 6;

/** What the gate works with, which lives in this Worker and is asked by both: it only gives up what fills left behind. */
export function composeGate(raw: RawSettings) {
  const stores = readStores(raw, text(raw, "ENVIRONMENT") === "local");
  return { store: openStores(binding(raw, "OBJECTS"), stores, consoleReport) };
}
