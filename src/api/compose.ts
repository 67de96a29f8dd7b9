import { heldBytes } from "../app/hold-bytes.ts";
import { accessProver } from "../app/prove-access.ts";
import { tenantSecrets } from "../app/tenant-secrets.ts";
import { exceptOwnHosts } from "../app/which-host.ts";
import { doorkeeper } from "../core/doorkeeper.ts";
import { inBackground } from "../platform/cloudflare/background.ts";
import { cacheApi } from "../platform/cloudflare/cache-api.ts";
import { consoleReport } from "../platform/cloudflare/console-report.ts";
import { digestStreamHash } from "../platform/cloudflare/digest-stream-hash.ts";
import { shardedGate } from "../platform/cloudflare/gate-shards.ts";
import { hitCounter } from "../platform/cloudflare/hit-counter.ts";
import { knownWithdrawals } from "../platform/cloudflare/known-withdrawals.ts";
import { kvEntryIndex } from "../platform/cloudflare/kv-entry-index.ts";
import { kvTenants } from "../platform/cloudflare/kv-tenant-directory.ts";
import { lastKnownTenants } from "../platform/cloudflare/last-known-tenants.ts";
import { openPipe } from "../platform/cloudflare/pipe.ts";
import { queueFills, queueManifests, queuePurges } from "../platform/cloudflare/queue.ts";
import { rememberTenants } from "../platform/cloudflare/remembered-tenants.ts";
import { durableWithdrawals } from "../platform/cloudflare/withdrawals.ts";
import { cloudflareCustomHostnames } from "../platform/http/cloudflare-custom-hostnames.ts";
import { cloudflarePurge } from "../platform/http/cloudflare-purge.ts";
import { edgeLinks } from "../platform/http/edge-link.ts";
import { fetchOrigin } from "../platform/http/origin.ts";
import { googleAccountKeys } from "../platform/http/service-account-keys.ts";
import { postgresApiKeys } from "../platform/postgres/api-keys.ts";
import { postgresAuditLog } from "../platform/postgres/audit-log.ts";
import { connect } from "../platform/postgres/database.ts";
import { postgresLedger } from "../platform/postgres/entry-ledger.ts";
import { postgresPreloadBatches } from "../platform/postgres/preload-batches.ts";
import { postgresPurgeJobs } from "../platform/postgres/purge-jobs.ts";
import { postgresTenants } from "../platform/postgres/tenant-directory.ts";
import { postgresTenantSettings } from "../platform/postgres/tenant-settings.ts";
import { presignedLinks } from "../platform/s3/presigned-link.ts";
import { openStores, storeLinks, storeNames } from "../platform/stores/open-stores.ts";
import type { ApiEnv } from "./env.ts";

/** For what goes wrong outside of any route. */
export { consoleReport as report };

/** All that the routes work with. Made once per isolate; holds on to no request. */
export type Parts = ReturnType<typeof compose>;

/** The only place of this Worker where rules and vendors meet. */
export function compose(env: ApiEnv) {
  const clock = Date;
  const db = connect({ databaseUrl: env.databaseUrl, endpoint: env.neonEndpoint });
  const ledger = postgresLedger(db);
  const origin = fetchOrigin();
  const withdrawals = durableWithdrawals(env.withdrawals);
  const edge = edgeLinks(env.ring);
  const ownLinks = env.presigning && presignedLinks(env.presigning, clock);
  const tenants = lastKnownTenants(caches.default, kvTenants(env.index, postgresTenants(db)));
  return {
    clock,
    report: consoleReport,
    inBackground,
    ledger,
    local: env.local,
    defaultSite: env.defaultSite,
    ring: env.ring,
    directory: exceptOwnHosts(rememberTenants(tenants, clock), env.deploymentHosts),
    deploymentHosts: env.deploymentHosts,
    hostnames: env.saas && cloudflareCustomHostnames(env.saas),
    keys: postgresApiKeys(db),
    index: kvEntryIndex(env.index, clock),
    store: openStores(env.objects, env.stores, consoleReport),
    stores: storeNames(env.stores),
    gate: shardedGate(env.fillGate),
    withdrawals: { ...withdrawals, ...knownWithdrawals(withdrawals, clock) },
    edge: env.edgeCached ? cacheApi() : null,
    edgeCached: env.edgeCached,
    doorkeeper: doorkeeper(),
    cdn: env.zone && cloudflarePurge(env.zone),
    pause: (ms: number) => scheduler.wait(ms),
    queue: queueFills(env.fills),
    manifests: queueManifests(env.fills),
    batches: postgresPreloadBatches(db),
    purges: queuePurges(env.fills),
    purgeJobs: postgresPurgeJobs(db),
    audit: postgresAuditLog(db),
    settings: postgresTenantSettings(db),
    secrets: tenantSecrets(env.ring, consoleReport),
    serviceAccounts: googleAccountKeys(
      clock,
      env.accountKeysEndpoint === null ? {} : { endpoint: env.accountKeysEndpoint },
    ),
    random: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
    origin,
    prove: accessProver(origin, clock, consoleReport),
    startHash: digestStreamHash,
    openPipe,
    held: heldBytes(),
    leaseMs: env.leaseMs,
    idleMs: env.idleMs,
    aloneMs: env.passAloneMs,
    newGeneration: () => crypto.randomUUID(),
    links: { edge, presigned: storeLinks(ownLinks, env.stores, { otherwise: edge, clock }) },
    usage: hitCounter((hits) => ledger.addHits(hits), clock),
  };
}
