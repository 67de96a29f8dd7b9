import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { close, freePort, listen } from "../net/listen.ts";
import { untilAnswering } from "../workers/until-answering.ts";
import { startWrangler } from "../workers/wrangler-dev.ts";
import { ORIGIN_BUCKET, type OriginCredentials, S3_PATH } from "./credentials.ts";
import { createFront } from "./front.ts";
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

/**
 * Starts the customer's side of the demo: an S3 that checks signatures (wrangler's endpoint for a local bucket, in a
 * wrangler of its own) with files in it, behind a server that logs what is asked of it.
 */
export async function startOrigin({ state, port, keys }: OriginOptions): Promise<DemoOrigin> {
  const home = join(state, "wrangler/origin");
  await mkdir(home, { recursive: true });
  const config = join(home, "origin.json");
  await writeFile(config, JSON.stringify(bucketWorker(keys), null, 2));

  const behind = await freePort();
  const log = join(state, "origin.log");
  const front = createFront(behind, log);
  // At once: until wrangler is up, somebody else could take the port that was chosen.
  const bound = await listen(front, port);
  const wranglerLog = join(state, "origin-wrangler.log");
  const persistTo = join(state, "origin");
  const wrangler = startWrangler({ configs: [config], port: behind, persistTo, home, log: wranglerLog });
  const credentials = (at: number): OriginCredentials => ({
    ...{ ...keys, region: "auto", bucket: ORIGIN_BUCKET },
    endpoint: `http://127.0.0.1:${at}${S3_PATH}`,
  });
  try {
    await untilAnswering(`http://127.0.0.1:${behind}/`, wrangler, wranglerLog);
    // Straight to what is behind: the log is for what the customer's users and we ask.
    const samples = await storeSamples(credentials(behind));
    const stop = async () => {
      await close(front);
      await wrangler.stop();
    };
    return { credentials: credentials(bound), samples, log, stop };
  } catch (error) {
    await close(front);
    wrangler.kill();
    throw error;
  }
}

function bucketWorker(keys: OriginOptions["keys"]) {
  return {
    name: "snapbyte-demo-origin",
    main: join(import.meta.dirname, "worker.ts"),
    compatibility_date: "2026-10-20",
    r2_buckets: [{ binding: "BUCKET", bucket_name: ORIGIN_BUCKET, local_dev: { experimental_s3_credentials: keys } }],
  };
}
