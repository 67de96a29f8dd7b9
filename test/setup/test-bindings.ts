import type { Services } from "./provided.ts";

/** A gate in tests gives a silent consumer up after this, in ms: long enough for a busy machine. */
const LEASE_MS = 1_000;

/** What both Workers read from their environment, for tests: the database that was started, keys that protect nothing. */
export function testBindings({ database, s3 }: Services): Record<string, string> {
  return {
    DATABASE_URL: database.databaseUrl,
    NEON_ENDPOINT: database.endpoint,
    SECRET_KEYS: `1:${"A".repeat(43)}`,
    CLAIM_LEASE_MS: String(LEASE_MS),
    R2_S3_ENDPOINT: s3.endpoint,
    R2_S3_BUCKET: s3.bucket,
    R2_S3_ACCESS_KEY_ID: s3.accessKeyId,
    R2_S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
  };
}
