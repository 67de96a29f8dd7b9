import { toBase64 } from "../crypto/base64.ts";
import { sameText } from "./constant-time.ts";
import { decodedPath } from "./decoded-path.ts";
import { isBeforeEpoch } from "./epoch-expiry.ts";
import { hmac, hmacKey } from "./hmac.ts";
import type { Material } from "./material.ts";
import { ossObject, readsObject } from "./oss-bucket.ts";
import { type PlainParameters, plainParameters } from "./plain-parameters.ts";
import type { Verifier } from "./verifier.ts";

const CREDENTIALS = ["OSSAccessKeyId", "Expires", "Signature"];

/** The parameters that are signed and still read the object, sorted (ali-oss, `signUtils._signatureForURL`). */
const SIGNED = [
  ...["response-cache-control", "response-content-disposition", "response-content-encoding"],
  ...["response-content-language", "response-content-type", "response-expires"],
  ...["versionId", "x-oss-process", "x-oss-traffic-limit"],
];

/** Alibaba OSS's signed URLs of the first version: HMAC-SHA1 over verb, expiry, object and listed parameters. */
export const verifyOssV1: Verifier = async ({ raw }, material, { now }) => {
  const given = plainParameters(raw.parameters, [...CREDENTIALS, ...SIGNED]);
  const object = ossObject(raw);
  const path = object && decodedPath(object.path);
  // A session token has a secret of its own, and other x-oss- parameters count as headers that we do not know.
  const known = raw.parameters.every(({ name }) => !/^x-oss-|^security-token$/.test(name) || given?.has(name));
  if (!given || path === null || !known || !readsObject(raw)) return "unknown";
  const secret = material.find(
    (one): one is OssSecret => one.kind === "oss-secret" && one.accessKeyId === given.get("OSSAccessKeyId"),
  );
  if (!secret) return "unknown";
  const expires = given.get("Expires") ?? "";
  if (!isBeforeEpoch(expires, now)) return "invalid";
  const signed = `GET\n\n\n${expires}\n${path}${query(given)}`;
  const signature = await hmac(await hmacKey(secret, secret.accessKeySecret, "SHA-1"), signed);
  return sameText(toBase64(signature), given.get("Signature") ?? "") ? "valid" : "invalid";
};

type OssSecret = Extract<Material, { kind: "oss-secret" }>;

function query(given: PlainParameters): string {
  const texts = SIGNED.filter((name) => given.has(name)).map(
    (name) => `${name}${given.get(name) && "="}${given.get(name)}`,
  );
  return texts.length > 0 ? `?${texts.join("&")}` : "";
}
