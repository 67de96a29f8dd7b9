import { sha256 } from "../crypto/digest.ts";
import { toHex } from "../crypto/hex.ts";
import { hasDotSegments } from "../origin-url/percent-encoding.ts";
import type { RawUrl } from "../origin-url/raw-url.ts";
import { sigV4Expiry } from "../origin-url/sigv4-expiry.ts";
import type { Material } from "./material.ts";
import { type OssObject, ossObject, readsObject } from "./oss-bucket.ts";
import { plainParameters } from "./plain-parameters.ts";
import { remembered } from "./remembered.ts";
import { sentHost } from "./sent-url.ts";
import { uriEncode } from "./uri-encode.ts";
import { isHmacOf, signingKey } from "./v4-signature.ts";
import type { Verifier } from "./verifier.ts";

const NAMES = [
  "signature-version",
  "credential",
  "date",
  "expires",
  "signature",
  "additional-headers",
  "security-token",
];

/** How far ahead the signer's clock may be, in ms (OSS error 0002-00000235). */
const SKEW = 15 * 60 * 1000;

/** Alibaba OSS's signed URLs of the fourth version: every parameter is signed. https://www.alibabacloud.com/help/en/oss/ */
export const verifyOssV4: Verifier = async ({ raw }, material, { now }) => {
  const given = plainParameters(
    raw.parameters,
    NAMES.map((name) => `x-oss-${name}`),
  );
  const value = (name: string) => given?.get(`x-oss-${name}`) ?? "";
  const object = ossObject(raw);
  const [, keyId, day, region] = /^([^/]+)\/(\d{8})\/([^/]+)\/oss\/aliyun_v4_request$/.exec(value("credential")) ?? [];
  const secret = material.find((one): one is OssSecret => one.kind === "oss-secret" && one.accessKeyId === keyId);
  // A session token has a secret of its own; of headers we know only the host.
  const plain = !given?.has("x-oss-security-token") && ["", "host"].includes(value("additional-headers"));
  if (!given || !object || !secret || !plain || !readsObject(raw) || hasDotSegments(raw.path)) return "unknown";
  if (value("signature-version") !== "OSS4-HMAC-SHA256" || region !== object.region || !day) return "unknown";
  const end = sigV4Expiry(raw.parameters, "x-oss-date", "x-oss-expires");
  const begin = (end ?? 0) - Number(value("expires")) * 1000;
  if (end === null || now >= end || now < begin - SKEW || !value("date").startsWith(day)) return "invalid";
  const request = canonicalRequest(raw, object, value("additional-headers"));
  if (request === null) return "unknown";
  const scope = `${day}/${region}/oss/aliyun_v4_request`;
  const signed = `OSS4-HMAC-SHA256\n${value("date")}\n${scope}\n${toHex(sha256(request))}`;
  const key = await remembered(secret, scope, () => signingKey(`aliyun_v4${secret.accessKeySecret}`, scope));
  return (await isHmacOf(key, signed, value("signature"))) ? "valid" : "invalid";
};

type OssSecret = Extract<Material, { kind: "oss-secret" }>;

/** `null`: broken percent-encoding. */
function canonicalRequest(raw: RawUrl, { path }: OssObject, headers: string): string | null {
  const pairs: { readonly name: string; readonly text: string }[] = [];
  for (const parameter of raw.parameters) {
    const [, rawName = "", rawValue = ""] = /^([^=]*)=?(.*)$/s.exec(parameter.raw) ?? [];
    const [name, value] = [uriEncode(rawName), uriEncode(rawValue)];
    if (name === null || value === null || parameter.raw.includes("+")) return null;
    if (name !== "x-oss-signature") pairs.push({ name, text: value === "" ? name : `${name}=${value}` });
  }
  pairs.sort((one, other) => (one.name < other.name ? -1 : 1));
  const uri = uriEncode(path, true);
  const query = pairs.map(({ text }) => text).join("&");
  const host = headers === "host" ? `host:${sentHost(raw)}\n` : "";
  return uri === null ? null : ["GET", uri, query, host, headers, "UNSIGNED-PAYLOAD"].join("\n");
}
