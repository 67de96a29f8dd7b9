import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import type { Services } from "./provided.ts";

type S3Settings = Services["s3"];

/** The bucket of the contracts. */
const CONTRACT: Omit<S3Settings, "endpoint"> = {
  bucket: "contract-objects",
  accessKeyId: "contract",
  secretAccessKey: "contract-secret",
};

/** Starts an empty R2 bucket behind an S3 address that checks signatures, in a workerd of its own. */
export async function startS3(bucket = CONTRACT): Promise<{ settings: S3Settings; stop(): Promise<void> }> {
  const { bucket: id, ...s3Credentials } = bucket;
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: "export default { fetch: () => new Response() };",
      compatibilityDate: "2026-10-20",
      r2Buckets: { OBJECTS: { id, s3Credentials } },
    }),
  );
  const url = await miniflare.ready;
  const endpoint = `http://127.0.0.1:${url.port}/cdn-cgi/local/r2/s3`;
  return { settings: { endpoint, ...bucket }, stop: () => miniflare.dispose() };
}
