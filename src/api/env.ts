import { type KeyRing, parseKeyRing } from "../core/crypto/key-ring.ts";
import { CLAIM_TIMES } from "../core/fills/claims.ts";
import type { FillMessage } from "../core/fills/fill-message.ts";
import type { DeploymentHosts } from "../core/hosts/deployment-hosts.ts";
import { readDeploymentHosts, readSaas, type SaasZone } from "../core/hosts/read-hosts.ts";
import type { ManifestMessage } from "../core/preload/manifest-message.ts";
import type { PurgeMessage } from "../core/purge/purge-message.ts";
import { binding, optionalText, parsed, positiveNumber, type RawSettings, text } from "../core/settings.ts";
import { readStores, type StoreSettings } from "../core/stores/store-settings.ts";
import type { UsageBatch } from "../core/usage/batch.ts";
import { readEdgeCache, readZone, type ZoneAccess } from "../core/zone-settings.ts";
import type { FillGate } from "../ports/fill-gate.ts";
import type { WithdrawalLog } from "../ports/withdrawals.ts";

/** What the API Worker runs with, checked once per isolate. */
export type ApiEnv = {
  readonly index: KVNamespace;
  readonly objects: R2Bucket;
  /** Stores for copies beside `objects`. */
  readonly stores: readonly StoreSettings[];
  readonly fills: Queue<FillMessage | ManifestMessage | PurgeMessage>;
  readonly usage: Queue<UsageBatch>;
  readonly fillGate: DurableObjectNamespace<FillGate & Rpc.DurableObjectBranded>;
  readonly withdrawals: DurableObjectNamespace<WithdrawalLog & Rpc.DurableObjectBranded>;
  /** Whether copies are kept in Cloudflare's cache, too: it keeps nothing on workers.dev. */
  readonly edgeCached: boolean;
  /** The zone at Cloudflare that carries our traffic, and a token for its API; `null`: none is asked. */
  readonly zone: ZoneAccess | null;
  readonly deploymentHosts: DeploymentHosts;
  /** Where tenants' own hosts are answered for by Cloudflare for SaaS; `null`: by the operator. */
  readonly saas: SaasZone | null;
  /** The name of this deployment among those of its zone: `local`, `staging`, `production`. */
  readonly environment: string;
  /** Local development, where plain http, IP literals and private hosts may be allowed by an origin rule. */
  readonly local: boolean;
  readonly defaultSite: string;
  readonly ring: KeyRing;
  readonly databaseUrl: string;
  /** Where Neon's driver sends its queries instead of the database's own host; `null` for the real thing. */
  readonly neonEndpoint: string | null;
  /** Where the public keys of service accounts are asked for instead of Google's own address; `null`: there. */
  readonly accountKeysEndpoint: string | null;
  /** How long a holder of a claim that is not heard of keeps it, in ms; the gate reads the same setting. */
  readonly leaseMs: number;
  /** How long an origin may send nothing to a download that passes through, in ms. */
  readonly idleMs: number;
  /** How long such a download is kept on, in ms, once its client has left. */
  readonly passAloneMs: number;
  /** The secrets of CONSOLE_KEYS, not yet read as keys; `null`: there is no console. */
  readonly consoleKeys: string | null;
  /** How often one caller, and all of a tenant's together, may make management calls. */
  readonly callerLimit: CallLimit;
  readonly tenantLimit: CallLimit;
  /** `null`: this deployment offers no presigned delivery. */
  readonly presigning: Presigning | null;
};

/** The platform counts; `perMinute` is the number that its binding has, and cannot be asked for. `null`: nobody counts. */
type CallLimit = { readonly binding: RateLimit; readonly perMinute: number } | null;

/** The store's S3 address and a key that may read from it. */
type Presigning = {
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

const IDLE_MS = 30_000;
/** A Worker has 30 s once its client has left; this leaves some to store the last part and to hand over the rest. */
const PASS_ALONE_MS = 20_000;

/** Throws MISCONFIGURED, naming what is missing and never its value. */
export function parseApiEnv(raw: RawSettings): ApiEnv {
  const environment = text(raw, "ENVIRONMENT");
  const local = environment === "local";
  return {
    index: binding(raw, "INDEX"),
    objects: binding(raw, "OBJECTS"),
    stores: readStores(raw, local),
    fills: binding(raw, "FILLS"),
    usage: binding(raw, "USAGE"),
    fillGate: binding(raw, "FILL_GATE"),
    withdrawals: binding(raw, "WITHDRAWALS"),
    edgeCached: readEdgeCache(raw),
    zone: readZone(raw),
    deploymentHosts: readDeploymentHosts(raw),
    saas: readSaas(raw),
    environment,
    local,
    defaultSite: text(raw, "DEFAULT_TENANT"),
    ring: parsed(raw, "SECRET_KEYS", parseKeyRing),
    databaseUrl: text(raw, "DATABASE_URL"),
    neonEndpoint: optionalText(raw, "NEON_ENDPOINT"),
    accountKeysEndpoint: optionalText(raw, "ACCOUNT_KEYS_ENDPOINT"),
    leaseMs: positiveNumber(raw, "CLAIM_LEASE_MS", CLAIM_TIMES.leaseMs),
    idleMs: positiveNumber(raw, "FILL_IDLE_MS", IDLE_MS),
    passAloneMs: positiveNumber(raw, "PASS_ALONE_MS", PASS_ALONE_MS),
    consoleKeys: optionalText(raw, "CONSOLE_KEYS"),
    callerLimit: parseLimit(raw, "CALLER_LIMIT"),
    tenantLimit: parseLimit(raw, "TENANT_LIMIT"),
    presigning: parsePresigning(raw),
  };
}

function parseLimit(raw: RawSettings, name: string): CallLimit {
  if (raw[name] === undefined) return null;
  return {
    binding: binding(raw, name),
    perMinute: parsed(raw, `${name}_PER_MINUTE`, (count) => Number(count) || null),
  };
}

function parsePresigning(raw: RawSettings): Presigning | null {
  const endpoint = optionalText(raw, "R2_S3_ENDPOINT");
  if (endpoint === null) return null;
  return {
    endpoint,
    bucket: text(raw, "R2_S3_BUCKET"),
    accessKeyId: text(raw, "R2_S3_ACCESS_KEY_ID"),
    secretAccessKey: text(raw, "R2_S3_SECRET_ACCESS_KEY"),
  };
}
