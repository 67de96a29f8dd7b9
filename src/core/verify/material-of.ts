import type { Material } from "./material.ts";
import type { MaterialInput } from "./material-schema.ts";

/** The same in the words of the rules; `checkMaterial` has yet to look at the keys in it. */
export function materialOf(input: MaterialInput): Material {
  switch (input.kind) {
    case "s3_secret":
      return { kind: "s3-secret", accessKeyId: input.access_key_id, secretAccessKey: input.secret_access_key };
    case "s3_day_key": {
      const { access_key_id: accessKeyId, date, region, key } = input;
      return { kind: "s3-day-key", accessKeyId, date, region, key: key.toLowerCase() };
    }
    case "gcs_account":
      return { kind: "gcs-account", email: input.email, publicKeys: input.public_keys ?? null };
    case "gcs_hmac":
      return { kind: "gcs-hmac", accessId: input.access_id, secret: input.secret };
    case "cloudfront":
      return { kind: "cloudfront", keyPairId: input.key_pair_id, publicKey: input.public_key };
    case "azure_account_key":
      return {
        kind: "azure-account-key",
        account: input.account,
        key: input.key,
        otherKey: input.other_key ?? null,
        hosts: sorted(input.hosts),
      };
    case "azure_user_delegation_key":
      return {
        kind: "azure-user-delegation-key",
        account: input.account,
        signedOid: input.signed_oid,
        signedTid: input.signed_tid,
        signedStart: input.signed_start,
        signedExpiry: input.signed_expiry,
        value: input.value,
        hosts: sorted(input.hosts),
      };
    case "oss_secret":
      return { kind: "oss-secret", accessKeyId: input.access_key_id, accessKeySecret: input.access_key_secret };
    case "bunny":
      return { kind: "bunny", hosts: sorted(input.hosts), securityKey: input.security_key };
    case "akamai":
      return { kind: "akamai", hosts: sorted(input.hosts), key: input.key.toLowerCase() };
    case "qiniu":
      return { kind: "qiniu", accessKey: input.access_key, secretKey: input.secret_key };
  }
}

/** The same hosts in another order are the same registration. */
function sorted(hosts: readonly string[] = []): readonly string[] {
  return [...new Set(hosts)].sort();
}
