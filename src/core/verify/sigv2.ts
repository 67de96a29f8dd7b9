import { toBase64 } from "../crypto/base64.ts";
import type { RawParameter } from "../origin-url/raw-url.ts";
import { bucketPath } from "./bucket-path.ts";
import { sameText } from "./constant-time.ts";
import { isBeforeEpoch } from "./epoch-expiry.ts";
import { hmac, hmacKey } from "./hmac.ts";
import type { Material } from "./material.ts";
import { soleParameters } from "./sole-parameters.ts";
import type { Verifier } from "./verifier.ts";

/** The parameters that are signed, as botocore's `HmacV1Auth.QSAOfInterest` has them; all others are not. */
const SIGNED =
  `accelerate acl analytics cors defaultObjectAcl delete inventory lifecycle location logging metrics notification
  object-lock partNumber policy replication requestPayment response-cache-control response-content-disposition
  response-content-encoding response-content-language response-content-type response-expires restore select select-type
  storageClass tagging torrent uploadId uploads versionId versioning versions website`.split(/\s+/);
const SPELLING = new Map(SIGNED.map((name) => [name.toLowerCase(), name]));

/**
 * S3's presigned URLs of the second version (HMAC-SHA1).
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html
 */
export const verifySigV2: Verifier = async (url, material, { now }) => {
  const { parameters } = url.raw;
  const fields = soleParameters(parameters, ["AWSAccessKeyId", "Expires", "Signature"]);
  if (typeof fields === "string") return fields;
  if (!isBeforeEpoch(fields.Expires, now)) return "invalid";
  // Headers that are sent as parameters: a session token, whose secret is another, and what else we cannot check.
  if (parameters.some(({ name }) => name.startsWith("x-amz-"))) return "unknown";
  const path = url.object?.store === "az" ? null : bucketPath(url);
  const signed = signedParameters(parameters);
  const secrets = material.filter((one) => isSecretOf(one, fields.AWSAccessKeyId));
  if (path === null || signed === null || secrets.length === 0) return "unknown";
  const text = `GET\n\n\n${fields.Expires}\n${path}${signed && `?${signed}`}`;
  for (const secret of secrets) {
    const signature = await hmac(await hmacKey(secret, secret.secretAccessKey, "SHA-1"), text);
    if (sameText(toBase64(signature), fields.Signature)) return "valid";
  }
  return "invalid";
};

function isSecretOf(one: Material, keyId: string): one is Extract<Material, { kind: "s3-secret" }> {
  return one.kind === "s3-secret" && one.accessKeyId === keyId;
}

/** Sorted by name, values decoded. `null` for a spelling that only some stores would take for the parameter. */
function signedParameters(parameters: readonly RawParameter[]): string | null {
  const found: { readonly name: string; readonly text: string }[] = [];
  for (const { name, raw, value } of parameters) {
    const exact = SPELLING.get(name);
    if (exact === undefined) continue;
    if ((raw !== exact && !raw.startsWith(`${exact}=`)) || raw.includes("+")) return null;
    found.push({ name: exact, text: raw === exact ? exact : `${exact}=${value}` });
  }
  found.sort((one, other) => (one.name < other.name ? -1 : 1));
  if (found.some(({ name }, at) => name === found[at + 1]?.name)) return null;
  return found.map(({ text }) => text).join("&");
}
