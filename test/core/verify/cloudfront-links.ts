import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { getSignedUrl } from "@aws-sdk/cloudfront-signer";
import { HOUR, NOON } from "../samples.ts";

export const KEY_PAIR_ID = "K2JCJMDEHXQW5F";
export const RSA = generateKeyPairSync("rsa", { modulusLength: 2048 });
export const P256 = generateKeyPairSync("ec", { namedCurve: "P-256" });

export const ENDS = NOON / 1000 + 3600;

export function cloudFrontKey(key: KeyObject, keyPairId: string = KEY_PAIR_ID) {
  const publicKey = key.export({ type: "spki", format: "pem" }).toString();
  return { kind: "cloudfront", keyPairId, publicKey } as const;
}

/** A link of AWS's signer, for an hour from noon; a policy of one's own makes it custom. */
export function sdkLink(url: string, options: { policy?: string; algorithm?: "SHA1" | "SHA256" } = {}): string {
  const privateKey = RSA.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const { policy, algorithm = "SHA1" } = options;
  const signing = { keyPairId: KEY_PAIR_ID, privateKey, url, algorithm };
  return policy === undefined
    ? getSignedUrl({ ...signing, dateLessThan: new Date(NOON + HOUR) })
    : getSignedUrl({ ...signing, policy });
}

/** The same by hand, over any text: the policy is sent along unless `Expires` says it all. */
export function handMade(url: string, text: string, key = P256.privateKey, hash: "SHA1" | "SHA256" = "SHA1"): string {
  const signature = createSign(hash).update(text).sign(key);
  const policy = `Policy=${urlSafe(Buffer.from(text))}`;
  const parameters = `${policy}&Signature=${urlSafe(signature)}&Key-Pair-Id=${KEY_PAIR_ID}`;
  return `${url}${url.includes("?") ? "&" : "?"}${parameters}${hash === "SHA256" ? "&Hash-Algorithm=SHA256" : ""}`;
}

export function policyText(resource: string | undefined, condition: object = {}): string {
  const Condition = { DateLessThan: { "AWS:EpochTime": ENDS }, ...condition };
  return JSON.stringify({ Statement: [{ Resource: resource, Condition }] });
}

export function urlSafe(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("+", "-").replaceAll("=", "_").replaceAll("/", "~");
}
