import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import type { Services } from "./provided.ts";

const BUCKET = "contract-objects";
const KEYS = { accessKeyId: "contract", secretAccessKey: "contract-secret" };

/** Starts an empty R2 bucket behind an S3 address that checks signatures, in a workerd of its own. */
export async function startS3(): Promise<{ settings: Services["s3"]; stop(): Promise<void> }> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: "export default { fetch: () => new Response() };",
      compatibilityDate: "2026-10-20",
      r2Buckets: { OBJECTS: { id: BUCKET, s3Credentials: KEYS } },
    }),
  );
  const url = await miniflare.ready;
  const endpoint = `http://127.0.0.1:${url.port}/cdn-cgi/local/r2/s3`;
  return { settings: { endpoint, bucket: BUCKET, ...KEYS }, stop: () => miniflare.dispose() };
}
