import { LEDGER_BUDGET_MS } from "../app/ask-ledger.ts";
import { fillWishes } from "../app/fill-wishes.ts";
import { heldBytes } from "../app/hold-bytes.ts";
import { accessProver } from "../app/prove-access.ts";
import { rememberedHits } from "../app/remembered-hits.ts";
import { tenantSecrets } from "../app/tenant-secrets.ts";
import { unknownKeys } from "../app/unknown-keys.ts";
import { exceptOwnHosts } from "../app/which-host.ts";
import { doorkeeper } from "../core/doorkeeper.ts";
import { Patience } from "../core/patience.ts";
import { RecentLuck } from "../core/recent-luck.ts";
import { inBackground } from "../platform/cloudflare/background.ts";
import { cacheApi } from "../platform/cloudflare/cache-api.ts";
import { consoleReport } from "../platform/cloudflare/console-report.ts";
import { digestStreamHash } from "../platform/cloudflare/digest-stream-hash.ts";
import { shardedGate } from "../platform/cloudflare/gate-shards.ts";
import { knownWithdrawals } from "../platform/cloudflare/known-withdrawals.ts";
import { kvEntryIndex } from "../platform/cloudflare/kv-entry-index.ts";
import { kvTenants } from "../platform/cloudflare/kv-tenant-directory.ts";
import { lastKnownTenants } from "../platform/cloudflare/last-known-tenants.ts";
import { openPipe } from "../platform/cloudflare/pipe.ts";
import { queueFills } from "../platform/cloudflare/queue.ts";
import { r2ObjectStore } from "../platform/cloudflare/r2-object-store.ts";
import { rememberEntries } from "../platform/cloudflare/remembered-entries.ts";
import { rememberKeys } from "../platform/cloudflare/remembered-keys.ts";
import { rememberTenants } from "../platform/cloudflare/remembered-tenants.ts";
import { unknownNearby } from "../platform/cloudflare/unknown-nearby.ts";
import { usageCounter } from "../platform/cloudflare/usage-counter.ts";
import { queueUsage } from "../platform/cloudflare/usage-queue.ts";
import { durableWithdrawals } from "../platform/cloudflare/withdrawals.ts";
import { edgeLinks } from "../platform/http/edge-link.ts";
import { fetchOrigin } from "../platform/http/origin.ts";
import { googleAccountKeys } from "../platform/http/service-account-keys.ts";
import { postgresApiKeys } from "../platform/postgres/api-keys.ts";
import { findEntry } from "../platform/postgres/find-entry.ts";
import { sharedFind } from "../platform/postgres/shared-find.ts";
import { postgresTenants } from "../platform/postgres/tenant-directory.ts";
import { presignedLinks } from "../platform/s3/presigned-link.ts";
import { routedStore } from "../platform/stores/routed-store.ts";
import { storeLinks } from "../platform/stores/store-links.ts";
import { storeNames } from "../platform/stores/store-names.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import { deferredLedger } from "./deferred-ledger.ts";
import type { ApiEnv } from "./env.ts";
import type { HotAnswer } from "./hot-path.ts";
import { onFirstUse } from "./on-first-use.ts";

/** For what goes wrong outside of any route. */
export { consoleReport as report };

/** All that downloads work with. Made once per isolate; holds on to no request. */
export type DownloadParts = Awaited<ReturnType<typeof compose>>;

/**
 * Where rules and vendors meet for downloads, and, in compose-management.ts, for everything else. What every download
 * needs is here from the start; what few of them need is loaded when the first of them comes.
 */
export async function compose(env: ApiEnv) {
  const clock = Date;
  const database = { databaseUrl: env.databaseUrl, endpoint: env.neonEndpoint };
  const entries = findEntry(database);
  const ledger = {
    ...deferredLedger(onFirstUse(async () => (await import("./compose-ledger.ts")).composeLedger(database))),
    // What downloads ask on their way needs none of what is loaded for the others.
    ...{ ...entries, find: sharedFind(entries, inBackground) },
  };
  const origin = fetchOrigin();
  const withdrawals = durableWithdrawals(env.withdrawals);
  const edge = edgeLinks(env.ring);
  const tenants = lastKnownTenants(caches.default, kvTenants(env.index, postgresTenants(database)));
  const known = knownWithdrawals(withdrawals, clock);
  const index = rememberEntries(kvEntryIndex(env.index, clock), known, clock);
  const hits = rememberedHits<HotAnswer>({ index, withdrawals: known });
  const ownLinks = env.presigning && presignedLinks(env.presigning, clock);
  return {
    clock,
    report: consoleReport,
    inBackground,
    ledger,
    local: env.local,
    defaultSite: env.defaultSite,
    ring: env.ring,
    hits,
    directory: exceptOwnHosts(rememberTenants(tenants, clock, { changed: hits.clear }), env.deploymentHosts),
    deploymentHosts: env.deploymentHosts,
    keys: rememberKeys(postgresApiKeys(database), clock),
    index,
    store: await storesOf(env),
    stores: storeNames(env.stores),
    gate: shardedGate(env.fillGate),
    withdrawals: { ...withdrawals, ...known },
    edge: env.edgeCached ? cacheApi() : null,
    doorkeeper: doorkeeper(),
    pause: (ms: number) => scheduler.wait(ms),
    queue: queueFills(env.fills),
    wishes: fillWishes(),
    luck: new RecentLuck(),
    patience: new Patience(LEDGER_BUDGET_MS),
    unknown: unknownKeys({ nearby: unknownNearby(env.environment), clock, inBackground }),
    secrets: tenantSecrets(env.ring, consoleReport),
    serviceAccounts: googleAccountKeys(
      clock,
      env.accountKeysEndpoint === null ? {} : { endpoint: env.accountKeysEndpoint },
    ),
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
    usage: usageCounter(queueUsage(env.usage), clock),
  };
}

/** The client for stores by their S3 address is loaded where the settings name one. */
async function storesOf({ objects, stores }: ApiEnv): Promise<ObjectStore> {
  if (stores.length === 0) return routedStore({ own: r2ObjectStore(objects), named: new Map(), report: consoleReport });
  const { openStores } = await import("../platform/stores/open-stores.ts");
  return openStores(objects, stores, consoleReport);
}
