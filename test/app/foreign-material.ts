import { generateKeyPairSync } from "node:crypto";
import type { Material } from "../../src/core/verify/material.ts";
import { read } from "../core/origin-url/reading.ts";

const PEM = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ type: "spki", format: "pem" });
const BASE64 = Buffer.alloc(64, 3).toString("base64");

/**
 * One of each kind, under the very names by which the URL calls its signer, and for its host: everything fits but the
 * secret.
 */
export function foreignMaterial(url: string): readonly Material[] {
  const { raw, object, parameters } = read(url);
  const value = (name: string) => parameters.find((one) => one.name === name)?.value;
  const keyId = (name: string) => value(name)?.split("/")[0];
  const hosts = [raw.host];
  const account = object?.store === "az" ? object.namespace : "acct";
  const publicKey = PEM.toString();
  const s3 = keyId("x-amz-credential") ?? value("awsaccesskeyid") ?? "AKIAIOSFODNN7EXAMPLE";
  const google = keyId("x-goog-credential") ?? value("googleaccessid") ?? "nobody@project.iam.gserviceaccount.com";
  const day = value("x-amz-credential")?.split("/")[1] ?? "20261120";
  return [
    { kind: "s3-secret", accessKeyId: s3, secretAccessKey: "of somebody else" },
    { kind: "s3-day-key", accessKeyId: s3, date: day, region: "us-east-1", key: "ab".repeat(32) },
    { kind: "gcs-account", email: google, publicKeys: [publicKey] },
    { kind: "gcs-hmac", accessId: google, secret: "of somebody else" },
    { kind: "cloudfront", keyPairId: value("key-pair-id") ?? "K2JCJMDEHXQW5F", publicKey },
    { kind: "azure-account-key", account, key: BASE64, otherKey: BASE64, hosts },
    {
      kind: "azure-user-delegation-key",
      account,
      signedOid: value("skoid") ?? "11111111-2222-3333-4444-555555555555",
      signedTid: value("sktid") ?? "66666666-7777-8888-9999-000000000000",
      signedStart: value("skt") ?? "2026-11-20T11:00:00Z",
      signedExpiry: value("ske") ?? "2026-11-21T11:00:00Z",
      value: BASE64,
      hosts,
    },
    {
      kind: "oss-secret",
      accessKeyId: value("ossaccesskeyid") ?? keyId("x-oss-credential") ?? "LTAIEXAMPLE",
      accessKeySecret: "of somebody else",
    },
    { kind: "bunny", hosts, securityKey: "of somebody else" },
    { kind: "akamai", hosts, key: "ab".repeat(16) },
    { kind: "qiniu", accessKey: value("token")?.split(":")[0] ?? "MY_ACCESS_KEY", secretKey: "of somebody else" },
  ];
}
