import { type KeyRing, parseKeyRing } from "../core/crypto/key-ring.ts";
import type { FillMessage } from "../core/fills/fill-message.ts";
import { binding, optionalText, parsed, type RawSettings, text } from "../core/settings.ts";
import type { FillGate } from "../ports/fill-gate.ts";

/** What the API Worker runs with, checked once per isolate. */
export type ApiEnv = {
  readonly index: KVNamespace;
  readonly objects: R2Bucket;
  readonly fills: Queue<FillMessage>;
  readonly fillGate: DurableObjectNamespace<FillGate & Rpc.DurableObjectBranded>;
  /** Local development, where plain http, IP literals and private hosts may be allowed by an origin rule. */
  readonly local: boolean;
  readonly defaultSite: string;
  readonly ring: KeyRing;
  readonly databaseUrl: string;
  /** Where Neon's driver sends its queries instead of the database's own host; `null` for the real thing. */
  readonly neonEndpoint: string | null;
  /** Where the public keys of service accounts are asked for instead of Google's own address; `null`: there. */
  readonly accountKeysEndpoint: string | null;
  /** `null`: this deployment offers no presigned delivery. */
  readonly presigning: Presigning | null;
};

/** The store's S3 address and a key that may read from it. */
type Presigning = {
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

/** Throws MISCONFIGURED, naming what is missing and never its value. */
export function parseApiEnv(raw: RawSettings): ApiEnv {
  return {
    index: binding(raw, "INDEX"),
    objects: binding(raw, "OBJECTS"),
    fills: binding(raw, "FILLS"),
    fillGate: binding(raw, "FILL_GATE"),
    local: text(raw, "ENVIRONMENT") === "local",
    defaultSite: text(raw, "DEFAULT_TENANT"),
    ring: parsed(raw, "SECRET_KEYS", parseKeyRing),
    databaseUrl: text(raw, "DATABASE_URL"),
    neonEndpoint: optionalText(raw, "NEON_ENDPOINT"),
    accountKeysEndpoint: optionalText(raw, "ACCOUNT_KEYS_ENDPOINT"),
    presigning: parsePresigning(raw),
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
