import { fromBase64 } from "../crypto/base64.ts";
import { bucketPath } from "./bucket-path.ts";
import { isBeforeEpoch } from "./epoch-expiry.ts";
import { signedByAccount } from "./gcs-account.ts";
import { soleParameters } from "./sole-parameters.ts";
import type { Verifier } from "./verifier.ts";

/**
 * Google Cloud Storage's signed URLs of the second version: no parameter but `Expires` is signed.
 * https://cloud.google.com/storage/docs/access-control/signed-urls-v2
 */
export const verifyGcsV2: Verifier = async (url, material, circumstances) => {
  const fields = soleParameters(url.raw.parameters, ["GoogleAccessId", "Expires", "Signature"]);
  if (typeof fields === "string") return fields;
  const signature = fromBase64(fields.Signature);
  if (signature === null || !isBeforeEpoch(fields.Expires, circumstances.now)) return "invalid";
  const path = url.object && url.object.store !== "gs" ? null : bucketPath(url);
  if (path === null) return "unknown";
  const text = `GET\n\n\n${fields.Expires}\n${path}`;
  return await signedByAccount(fields.GoogleAccessId, signature, text, material, circumstances);
};
