import { ORPHAN_AGE_MS } from "../app/sweep-orphans.ts";
import type { FillLimits } from "../app/take-places.ts";
import { type KeyRing, parseKeyRing } from "../core/crypto/key-ring.ts";
import { CLAIM_TIMES } from "../core/fills/claims.ts";
import type { FillMessage } from "../core/fills/fill-message.ts";
import { RETRY_TIMES } from "../core/fills/retry-delay.ts";
import type { ManifestMessage } from "../core/preload/manifest-message.ts";
import type { PurgeMessage } from "../core/purge/purge-message.ts";
import { binding, optionalText, parsed, positiveNumber, type RawSettings, text } from "../core/settings.ts";
import { readStores, type StoreSettings } from "../core/stores/store-settings.ts";
import type { UsageBatch } from "../core/usage/batch.ts";
import { readEdgeCache, readZone, type ZoneAccess } from "../core/zone-settings.ts";
import type { FillGate } from "../ports/fill-gate.ts";
import type { FillSlots } from "../ports/fill-slots.ts";
import type { WithdrawalLog } from "../ports/withdrawals.ts";

/** What the consumer Worker runs with, checked once per isolate. */
export type ConsumerEnv = {
  readonly index: KVNamespace;
  readonly objects: R2Bucket;
  /** Stores for copies beside `objects`. */
  readonly stores: readonly StoreSettings[];
  readonly fills: Queue<FillMessage | ManifestMessage | PurgeMessage>;
  readonly usage: Queue<UsageBatch>;
  readonly fillGate: DurableObjectNamespace<FillGate & Rpc.DurableObjectBranded>;
  readonly fillSlots: DurableObjectNamespace<FillSlots & Rpc.DurableObjectBranded>;
  readonly withdrawals: DurableObjectNamespace<WithdrawalLog & Rpc.DurableObjectBranded>;
  /** Whether the API keeps copies in Cloudflare's cache: the same setting of both Workers. */
  readonly edgeCached: boolean;
  /** The zone at Cloudflare that carries our traffic, and a token for its API; `null`: none is asked. */
  readonly zone: ZoneAccess | null;
  /** Local development, where plain http, IP literals and private hosts may be allowed by an origin rule. */
  readonly local: boolean;
  readonly ring: KeyRing;
  readonly databaseUrl: string;
  /** Where Neon's driver sends its queries instead of the database's own host; `null` for the real thing. */
  readonly neonEndpoint: string | null;
  /** How long a consumer that is not heard of keeps its claim, in ms; the gate reads the same setting. */
  readonly leaseMs: number;
  /** How long an origin may send nothing, in ms. */
  readonly idleMs: number;
  /** Seconds before the second attempt; each further one waits twice as long, */
  readonly retryBaseSeconds: number;
  /** until it is this long. */
  readonly retryLongestSeconds: number;
  readonly limits: FillLimits;
  /** How old an object that no entry refers to must be before it is removed, in ms: a fill may be about to publish it. */
  readonly orphanAgeMs: number;
};

const IDLE_MS = 30_000;
const LIMITS: FillLimits = { tenantFills: 32, originConnections: 8 };

/** Throws MISCONFIGURED, naming what is missing and never its value. */
export function parseConsumerEnv(raw: RawSettings): ConsumerEnv {
  return {
    index: binding(raw, "INDEX"),
    objects: binding(raw, "OBJECTS"),
    stores: readStores(raw, text(raw, "ENVIRONMENT") === "local"),
    fills: binding(raw, "FILLS"),
    usage: binding(raw, "USAGE"),
    fillGate: binding(raw, "FILL_GATE"),
    fillSlots: binding(raw, "FILL_SLOTS"),
    withdrawals: binding(raw, "WITHDRAWALS"),
    edgeCached: readEdgeCache(raw),
    zone: readZone(raw),
    local: text(raw, "ENVIRONMENT") === "local",
    ring: parsed(raw, "SECRET_KEYS", parseKeyRing),
    databaseUrl: text(raw, "DATABASE_URL"),
    neonEndpoint: optionalText(raw, "NEON_ENDPOINT"),
    leaseMs: positiveNumber(raw, "CLAIM_LEASE_MS", CLAIM_TIMES.leaseMs),
    idleMs: positiveNumber(raw, "FILL_IDLE_MS", IDLE_MS),
    retryBaseSeconds: positiveNumber(raw, "RETRY_BASE_SECONDS", RETRY_TIMES.baseSeconds),
    retryLongestSeconds: positiveNumber(raw, "RETRY_LONGEST_SECONDS", RETRY_TIMES.longestSeconds),
    limits: {
      tenantFills: positiveNumber(raw, "TENANT_FILLS", LIMITS.tenantFills),
      originConnections: positiveNumber(raw, "ORIGIN_CONNECTIONS", LIMITS.originConnections),
    },
    orphanAgeMs: positiveNumber(raw, "ORPHAN_AGE_MS", ORPHAN_AGE_MS),
  };
}
