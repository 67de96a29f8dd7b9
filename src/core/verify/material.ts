/**
 * What a tenant registered so that we can check a provider's signatures ourselves. Keys and secrets are text in the form
 * in which the provider hands them out; `parseMaterial` has checked them.
 */
export type Material =
  /** SigV4 and SigV2 of S3 and of every store that speaks them, OSS excepted. */
  | { readonly kind: "s3-secret"; readonly accessKeyId: string; readonly secretAccessKey: string }
  /**
   * The SigV4 signing key of one day (`HMAC(HMAC(HMAC(HMAC("AWS4" + secret, date), region), "s3"), "aws4_request")`): we
   * hold no long-lived secret. `date` as YYYYMMDD, `key` 64 hex digits.
   */
  | {
      readonly kind: "s3-day-key";
      readonly accessKeyId: string;
      readonly date: string;
      readonly region: string;
      readonly key: string;
    }
  /** `publicKeys` in PEM; `null`: those that Google publishes for the account. */
  | { readonly kind: "gcs-account"; readonly email: string; readonly publicKeys: readonly string[] | null }
  | { readonly kind: "gcs-hmac"; readonly accessId: string; readonly secret: string }
  /** `publicKey` in PEM: RSA, or ECDSA on P-256. */
  | { readonly kind: "cloudfront"; readonly keyPairId: string; readonly publicKey: string }
  /** Keys in base64; every account has two. `hosts`: custom domains of the account. */
  | {
      readonly kind: "azure-account-key";
      readonly account: string;
      readonly key: string;
      readonly otherKey: string | null;
      readonly hosts: readonly string[];
    }
  /** The `value` of a user-delegation key (base64), with the fields that a SAS names it by. */
  | {
      readonly kind: "azure-user-delegation-key";
      readonly account: string;
      readonly signedOid: string;
      readonly signedTid: string;
      readonly signedStart: string;
      readonly signedExpiry: string;
      readonly value: string;
      readonly hosts: readonly string[];
    }
  | { readonly kind: "oss-secret"; readonly accessKeyId: string; readonly accessKeySecret: string }
  /** Tokens of these name no key, so the hosts on which it counts go with it. */
  | { readonly kind: "bunny"; readonly hosts: readonly string[]; readonly securityKey: string }
  /** `key` in hex. */
  | { readonly kind: "akamai"; readonly hosts: readonly string[]; readonly key: string }
  | { readonly kind: "qiniu"; readonly accessKey: string; readonly secretKey: string };

export type MaterialKind = Material["kind"];

/**
 * What checking a URL's signature says: `valid`, the origin would accept it now; `invalid`, it would not; `unknown`, we
 * cannot tell (no material, or a right that the origin may have withdrawn), so the origin must be asked.
 */
export type SignatureVerdict = "valid" | "invalid" | "unknown";
