import { consoleReport } from "../platform/cloudflare/console-report.ts";
import { digestStreamHash } from "../platform/cloudflare/digest-stream-hash.ts";
import { shardedGate } from "../platform/cloudflare/gate-shards.ts";
import { kvEntryIndex } from "../platform/cloudflare/kv-entry-index.ts";
import { r2ObjectStore } from "../platform/cloudflare/r2-object-store.ts";
import { fetchOrigin } from "../platform/http/origin.ts";
import { connect } from "../platform/postgres/database.ts";
import { postgresLedger } from "../platform/postgres/entry-ledger.ts";
import { postgresTenantSettings } from "../platform/postgres/tenant-settings.ts";
import type { ConsumerEnv } from "./env.ts";

/** All that the consumer works with. Made once per isolate. */
export type Parts = ReturnType<typeof compose>;

/** The only place of this Worker where rules and vendors meet. */
export function compose(env: ConsumerEnv) {
  const clock = Date;
  const db = connect({ databaseUrl: env.databaseUrl, endpoint: env.neonEndpoint });
  return {
    clock,
    report: consoleReport,
    ledger: postgresLedger(db),
    settings: postgresTenantSettings(db),
    index: kvEntryIndex(env.index, clock),
    store: r2ObjectStore(env.objects),
    gate: shardedGate(env.fillGate),
    origin: fetchOrigin(),
    startHash: digestStreamHash,
    ring: env.ring,
    leaseMs: env.leaseMs,
    retryBaseSeconds: env.retryBaseSeconds,
    newGeneration: () => crypto.randomUUID(),
    random: Math.random,
  };
}
