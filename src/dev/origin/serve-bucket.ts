/** The demo origin's bucket behind an S3 endpoint that checks signatures; its argument is the path of a config file. */
import { readFileSync } from "node:fs";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { ORIGIN_BUCKET } from "./credentials.ts";

export type BucketConfig = {
  readonly port: number;
  /** Where the objects are kept. */
  readonly persistTo: string;
  readonly keys: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

/** A bucket needs a Worker to be bound to. */
const WORKER =
  'export default { fetch: () => new Response("Only the S3 endpoint is served here.\\n", { status: 404 }) };';

const [path = ""] = process.argv.slice(2);
const { port, persistTo, keys } = JSON.parse(readFileSync(path, "utf8")) as BucketConfig;
await new Miniflare(
  convertV4MiniflareOptions({
    host: "127.0.0.1",
    port,
    resourcePersistencePath: persistTo,
    modules: true,
    script: WORKER,
    compatibilityDate: "2026-10-20",
    r2Buckets: { BUCKET: { id: ORIGIN_BUCKET, s3Credentials: keys } },
  }),
).ready;
