import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { close, freePort, listen } from "../net/listen.ts";
import { startOnLeash } from "../process/on-leash.ts";
import { untilAnswering } from "../process/until-answering.ts";
import { ORIGIN_BUCKET, type OriginCredentials, S3_PATH } from "./credentials.ts";
import { createFront } from "./front.ts";
import type { BucketConfig } from "./serve-bucket.ts";
import { type StoredSample, storeSamples } from "./store-samples.ts";

export type DemoOrigin = {
  readonly credentials: OriginCredentials;
  readonly samples: readonly StoredSample[];
  /** One line for each request, see {@link OriginRequest}. */
  readonly log: string;
  stop(): Promise<void>;
};

export type OriginOptions = {
  readonly state: string;
  readonly port: number;
  readonly keys: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

const SERVE_BUCKET = join(import.meta.dirname, "serve-bucket.ts");

/**
 * Starts the customer's side of the demo: an S3 that checks signatures (Miniflare's endpoint for a local bucket, in a
 * process of its own) with files in it, behind a server that logs what is asked of it.
 */
export async function startOrigin({ state, port, keys }: OriginOptions): Promise<DemoOrigin> {
  const behind = await freePort();
  const log = join(state, "origin.log");
  const front = createFront(behind, log);
  // At once: until the bucket is up, somebody else could take the port that was chosen.
  const bound = await listen(front, port);
  const bucketLog = join(state, "origin-bucket.log");
  const config = join(state, "origin-bucket.json");
  const persistTo = join(state, "origin/v3");
  await writeFile(config, JSON.stringify({ port: behind, persistTo, keys } satisfies BucketConfig, null, 2));
  const bucket = startOnLeash([SERVE_BUCKET, config], { cwd: state, env: process.env, port: behind, log: bucketLog });
  const credentials = (at: number): OriginCredentials => ({
    ...{ ...keys, region: "auto", bucket: ORIGIN_BUCKET },
    endpoint: `http://127.0.0.1:${at}${S3_PATH}`,
  });
  try {
    await untilAnswering(`http://127.0.0.1:${behind}/`, bucket, bucketLog);
    // Straight to what is behind: the log is for what the customer's users and we ask.
    const samples = await storeSamples(credentials(behind));
    const stop = async () => {
      await close(front);
      await bucket.stop();
    };
    return { credentials: credentials(bound), samples, log, stop };
  } catch (error) {
    await close(front);
    bucket.kill();
    throw error;
  }
}
