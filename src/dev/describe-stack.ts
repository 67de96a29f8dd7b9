import type { Database } from "../cli/migrate.ts";
import { presignGet } from "./origin/credentials.ts";
import type { DemoOrigin } from "./origin/start-origin.ts";
import { DEMO, DEMO_PRESIGNED } from "./seed/tenants.ts";
import type { DevFile } from "./state/dev-file.ts";
import type { Secrets } from "./state/secrets.ts";

/** The longest that SigV4 allows. */
const SAMPLE_URL_SECONDS = 7 * 24 * 60 * 60;

export type RunningParts = {
  readonly port: number;
  readonly consolePort: number | null;
  readonly database: Database;
  readonly secrets: Secrets;
  readonly origin: DemoOrigin;
};

/** Where everything of a running stack is, with sample URLs that are good from now on. */
export async function describeStack({ port, consolePort, database, secrets, origin }: RunningParts): Promise<DevFile> {
  const { credentials, log } = origin;
  const samples = origin.samples.map(async ({ key, bytes, sha256 }) => ({
    url: await presignGet(credentials, key, SAMPLE_URL_SECONDS),
    bytes,
    sha256,
  }));
  return {
    api: `http://127.0.0.1:${port}`,
    console: consolePort === null ? null : `http://127.0.0.1:${consolePort}`,
    origin: new URL(credentials.endpoint).origin,
    database: database.endpoint ?? "",
    tenant: DEMO,
    apiKey: secrets.apiKeys.demo,
    adminKey: secrets.apiKeys.operator,
    presigned: { tenant: DEMO_PRESIGNED, apiKey: secrets.apiKeys.presigned },
    samples: await Promise.all(samples),
    originLog: log,
    originCredentials: credentials,
  };
}
