import { type KeyRing, parseKeyRing } from "../core/crypto/key-ring.ts";
import { CLAIM_TIMES } from "../core/fills/claims.ts";
import { binding, optionalText, parsed, positiveNumber, type RawSettings, text } from "../core/settings.ts";
import type { FillGate } from "../ports/fill-gate.ts";

/** What the consumer Worker runs with, checked once per isolate. */
export type ConsumerEnv = {
  readonly index: KVNamespace;
  readonly objects: R2Bucket;
  readonly fillGate: DurableObjectNamespace<FillGate & Rpc.DurableObjectBranded>;
  readonly ring: KeyRing;
  readonly databaseUrl: string;
  /** Where Neon's driver sends its queries instead of the database's own host; `null` for the real thing. */
  readonly neonEndpoint: string | null;
  /** How long a consumer that is not heard of keeps its claim, in ms; the gate reads the same setting. */
  readonly leaseMs: number;
  /** Seconds before the second attempt; each further one waits twice as long. */
  readonly retryBaseSeconds: number;
};

/** Throws MISCONFIGURED, naming what is missing and never its value. */
export function parseConsumerEnv(raw: RawSettings): ConsumerEnv {
  return {
    index: binding(raw, "INDEX"),
    objects: binding(raw, "OBJECTS"),
    fillGate: binding(raw, "FILL_GATE"),
    ring: parsed(raw, "SECRET_KEYS", parseKeyRing),
    databaseUrl: text(raw, "DATABASE_URL"),
    neonEndpoint: optionalText(raw, "NEON_ENDPOINT"),
    leaseMs: positiveNumber(raw, "CLAIM_LEASE_MS", CLAIM_TIMES.leaseMs),
    retryBaseSeconds: positiveNumber(raw, "RETRY_BASE_SECONDS", 10),
  };
}
