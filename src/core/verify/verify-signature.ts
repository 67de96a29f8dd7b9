import { verifyAkamai } from "./akamai.ts";
import { verifyAzureSas } from "./azure-sas.ts";
import { verifyBunny } from "./bunny.ts";
import { verifyCloudFront } from "./cloudfront.ts";
import { verifyGcsV2 } from "./gcs-v2.ts";
import { verifyGcsV4 } from "./gcs-v4.ts";
import type { Material, SignatureVerdict } from "./material.ts";
import { verifyOssV1 } from "./oss-v1.ts";
import { verifyOssV4 } from "./oss-v4.ts";
import { verifyQiniu } from "./qiniu.ts";
import { verifySigV2 } from "./sigv2.ts";
import { verifySigV4 } from "./sigv4.ts";
import type { Circumstances, SignedUrl, Verifier } from "./verifier.ts";

/** By id of the scheme, as the table of providers has them. */
const VERIFIERS: ReadonlyMap<string, Verifier> = new Map([
  ["s3-sigv4", verifySigV4],
  ["s3-sigv2", verifySigV2],
  ["gcs-v4", verifyGcsV4],
  ["gcs-v2", verifyGcsV2],
  ["cloudfront", verifyCloudFront],
  ["azure-sas", verifyAzureSas],
  ["oss-v1", verifyOssV1],
  ["oss-v4", verifyOssV4],
  ["bunny", verifyBunny],
  ["akamai", verifyAkamai],
  ["qiniu", verifyQiniu],
]);

/**
 * Whether the origin would accept this URL now, by its signature alone. A URL that carries two schemes is `unknown`: which
 * of them counts is the origin's to say. So is what fails on our side. Never rejects.
 */
export async function verifySignature(
  url: SignedUrl & { readonly schemes: readonly string[] },
  material: readonly Material[],
  circumstances: Circumstances,
): Promise<SignatureVerdict> {
  const [scheme = "", another] = url.schemes;
  const verifier = another === undefined ? VERIFIERS.get(scheme) : undefined;
  if (!verifier) return "unknown";
  try {
    return await verifier(url, material, circumstances);
  } catch {
    return "unknown";
  }
}
