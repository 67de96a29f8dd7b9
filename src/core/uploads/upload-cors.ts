import { withCors } from "../http/cors.ts";
import type { CorsSettings } from "../tenant.ts";

/** What a script may send with an upload. In lower case. */
const REQUESTED = [
  ...["authorization", "content-type", "content-md5", "x-upload-id", "x-chunk-index", "x-chunk-sha256"],
  ...["tus-resumable", "upload-length", "upload-offset", "upload-metadata", "upload-concat", "upload-checksum"],
  ...["upload-defer-length", "x-http-method-override", "x-requested-with", "x-request-id"],
];
/** What it needs to see of an answer. In lower case. */
const EXPOSED = [
  ...["location", "retry-after", "tus-resumable", "tus-version", "tus-extension", "tus-max-size"],
  ...["tus-checksum-algorithm", "upload-offset", "upload-length", "upload-expires", "upload-metadata", "upload-concat"],
];

/**
 * The answer to a preflight. It shows no credentials, so nobody knows whose upload it is about, and is the same for every
 * page: what lets a page in is its token, which no browser sends by itself, and whether it may read what is answered then
 * is its tenant's to say.
 */
export const UPLOAD_PREFLIGHT: Readonly<Record<string, string>> = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
  "Access-Control-Allow-Headers": REQUESTED.join(", "),
  /** Seconds. Browsers take two hours at most. */
  "Access-Control-Max-Age": "7200",
};

/** The fields by which a page of `origin` may read an answer; `cors` is `null` where the tenant allows nobody. */
export function uploadCors(cors: CorsSettings | null, origin: string | null): Record<string, string> {
  return withCors({}, cors && { ...cors, exposedHeaders: [...EXPOSED, ...cors.exposedHeaders] }, origin);
}
