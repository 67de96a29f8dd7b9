import type { Material } from "../../src/core/verify/material.ts";
import { BYTES, EMAILS, IDS, PEMS, SECRETS, type Signing } from "./signing.ts";
import { azure, delegated } from "./signing-azure.ts";
import { akamai, bunny, cloudFront, qiniu } from "./signing-cdns.ts";
import { googleV2, googleV4, ossV1, ossV4, sigV2, sigV4 } from "./signing-stores.ts";

/** A way in which a provider's links are signed, with all that a tenant registers to have it checked. */
export type SigningScheme = {
  readonly name: string;
  readonly material: readonly Material[];
  readonly sign: (signing: Signing) => string | Promise<string>;
};

const both = (make: (at: 0 | 1) => Material): readonly Material[] => [make(0), make(1)];
const CDN_BUCKETS = ["media", "other"];
const hosts = (suffix: string) => CDN_BUCKETS.map((bucket) => `${bucket}.${suffix}`);
const s3 = both((at) => ({ kind: "s3-secret", accessKeyId: IDS[at], secretAccessKey: SECRETS[at] }));
const google = both((at) => ({ kind: "gcs-account", email: EMAILS[at], publicKeys: [PEMS[at] ?? ""] }));
const googleHmac = both((at) => ({ kind: "gcs-hmac", accessId: IDS[at], secret: SECRETS[at] }));
const pairs = both((at) => ({ kind: "cloudfront", keyPairId: IDS[at], publicKey: PEMS[at] ?? "" }));
const account: readonly Material[] = [
  {
    ...{ kind: "azure-account-key", account: "acct", hosts: [] },
    ...{ key: BYTES[0].toString("base64"), otherKey: BYTES[1].toString("base64") },
  },
];
const users = both((at) => ({ kind: "azure-user-delegation-key", account: "acct", hosts: [], ...delegated(at) }));
const oss = both((at) => ({ kind: "oss-secret", accessKeyId: IDS[at], accessKeySecret: SECRETS[at] }));
const zones = both((at) => ({ kind: "bunny", hosts: hosts("b-cdn.net"), securityKey: SECRETS[at] }));
const properties = both((at) => ({ kind: "akamai", hosts: hosts("akamaized.net"), key: BYTES[at].toString("hex") }));
const qiniuKeys = both((at) => ({ kind: "qiniu", accessKey: IDS[at], secretKey: SECRETS[at] }));

/** Every scheme that we verify. */
export const SIGNING_SCHEMES: readonly SigningScheme[] = [
  { name: "S3, fourth version", material: s3, sign: sigV4 },
  { name: "S3, second version", material: s3, sign: sigV2 },
  { name: "Google, fourth version by an account", material: google, sign: (one) => googleV4("RSA", one) },
  { name: "Google, fourth version by a secret", material: googleHmac, sign: (one) => googleV4("HMAC", one) },
  { name: "Google, second version", material: google, sign: googleV2 },
  { name: "CloudFront, canned policy", material: pairs, sign: (one) => cloudFront(false, one) },
  { name: "CloudFront, custom policy", material: pairs, sign: (one) => cloudFront(true, one) },
  { name: "Azure, service", material: account, sign: (one) => azure("service", one) },
  { name: "Azure, account", material: account, sign: (one) => azure("account", one) },
  { name: "Azure, user delegation", material: users, sign: (one) => azure("user", one) },
  { name: "OSS, first version", material: oss, sign: ossV1 },
  { name: "OSS, fourth version", material: oss, sign: ossV4 },
  { name: "Bunny, in the query", material: zones, sign: (one) => bunny("query", one) },
  { name: "Bunny, in the path", material: zones, sign: (one) => bunny("path", one) },
  { name: "Akamai", material: properties, sign: akamai },
  { name: "Qiniu", material: qiniuKeys, sign: qiniu },
];
