import { encodeNonAscii } from "../origin-url/percent-encoding.ts";
import type { SignedUrl } from "./verifier.ts";

const ADDRESS = /^(?:localhost|\[.*\]|\d+(?:\.\d+){3})$/;

/**
 * The resource as signatures of the second version name it: `/bucket/key`, undecoded. They do not cover the host, so where
 * it is in doubt whether that stands for a bucket, a link to one object could pass for a link to another: `null`. An IP
 * address or `localhost` never stands for one.
 */
export function bucketPath({ raw, object }: SignedUrl): string | null {
  const path = encodeNonAscii(raw.path);
  if (object) return object.inPath ? path : `/${object.bucket}${path}`;
  return ADDRESS.test(raw.host) ? path : null;
}
