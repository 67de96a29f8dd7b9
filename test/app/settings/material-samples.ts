import { generateKeyPairSync } from "node:crypto";

const pem = (key: ReturnType<typeof generateKeyPairSync>["publicKey"]) =>
  String(key.export({ type: "spki", format: "pem" }));

export const RSA_KEY = pem(generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey);
export const SHORT_RSA_KEY = pem(generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey);
export const P256_KEY = pem(generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey);
export const P384_KEY = pem(generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey);

/** Recognisable wherever it should not be, in each of the alphabets that secrets are written in. */
export const SECRET = "RecognisableSecretNobodyMayEverSeeAgain1";
export const SECRET_HEX = "5ec7e7".repeat(10).padEnd(64, "0");
export const SECRET_BASE64 = btoa(SECRET);
export const SECRETS = [SECRET, SECRET_HEX, SECRET_BASE64];

/** Material of every kind as calls have it, under the name by which it is told apart. Tests play on 2026-11-20. */
export const MATERIALS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  AKIAACME: { kind: "s3_secret", access_key_id: "AKIAACME", secret_access_key: SECRET },
  "AKIAACME/20261120/eu-west-1": {
    ...{ kind: "s3_day_key", access_key_id: "AKIAACME", date: "20261120", region: "eu-west-1", key: SECRET_HEX },
  },
  "keys@acme-project.iam.gserviceaccount.com": {
    ...{ kind: "gcs_account", email: "keys@acme-project.iam.gserviceaccount.com", public_keys: [RSA_KEY] },
  },
  GOOGACME: { kind: "gcs_hmac", access_id: "GOOGACME", secret: SECRET },
  K2ACMERSA: { kind: "cloudfront", key_pair_id: "K2ACMERSA", public_key: RSA_KEY },
  K2ACMEEC: { kind: "cloudfront", key_pair_id: "K2ACMEEC", public_key: P256_KEY },
  acmemedia: { kind: "azure_account_key", account: "acmemedia", key: SECRET_BASE64, hosts: ["az.acme.example"] },
  acmefiles: {
    kind: "azure_user_delegation_key",
    account: "acmefiles",
    signed_oid: "11111111-2222-3333-4444-555555555555",
    signed_tid: "66666666-7777-8888-9999-000000000000",
    signed_start: "2026-11-20T00:00:00Z",
    signed_expiry: "2026-11-27T00:00:00Z",
    value: SECRET_BASE64,
  },
  LTAIACME: { kind: "oss_secret", access_key_id: "LTAIACME", access_key_secret: SECRET },
  "bunny.acme.example": { kind: "bunny", hosts: ["bunny.acme.example"], security_key: SECRET },
  "akamai.acme.example": { kind: "akamai", hosts: ["akamai.acme.example"], key: SECRET_HEX },
  qiniuacme: { kind: "qiniu", access_key: "qiniuacme", secret_key: SECRET },
};

/** One of them by its name, with some fields changed. */
export function material(name: string, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { ...MATERIALS[name], ...changes };
}
