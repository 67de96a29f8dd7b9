import { endpointOf, placeOf } from "./endpoints.ts";
import { bucketText } from "./object-name.ts";
import { foldPercentEncoding } from "./percent-encoding.ts";
import { parseRawUrl } from "./raw-url.ts";

/**
 * The bucket that a URL of one names, as a `BucketCname` holds it: `s3:aws/media` for `https://media.s3.amazonaws.com`,
 * `gs:media` for `https://storage.googleapis.com/media`, `az:acct` for `https://acct.blob.core.windows.net`. `null` when it
 * names none of a store that we know. A key behind the bucket is not looked at.
 */
export function readBucket(url: string): string | null {
  const raw = parseRawUrl(url);
  if (typeof raw === "string") return null;
  const endpoint = endpointOf(raw.host, []);
  if (!endpoint) return null;
  if (endpoint.store === "az") return `az:${endpoint.namespace}`;
  // Any key does: only the bucket is asked for.
  const path = `${foldPercentEncoding(raw.path).replace(/\/$/, "")}/key`;
  const object = placeOf(raw.host, path, [])?.object;
  return object ? bucketText(object) : null;
}
