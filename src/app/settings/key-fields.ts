import type { MaterialKind } from "../../core/verify/material.ts";

/** Which field of a body, for errors, says for whom material of a kind is. */
export const NAMING_FIELD: Readonly<Record<MaterialKind, string>> = {
  "s3-secret": "access_key_id",
  "s3-day-key": "access_key_id",
  "gcs-account": "email",
  "gcs-hmac": "access_id",
  cloudfront: "key_pair_id",
  "azure-account-key": "account",
  "azure-user-delegation-key": "account",
  "oss-secret": "access_key_id",
  bunny: "hosts",
  akamai: "hosts",
  qiniu: "access_key",
};

/** A kind as calls and answers spell it. */
export function kindText(kind: MaterialKind): string {
  return kind.replaceAll("-", "_");
}

/** Which field says when material of a kind ends; the other kinds do not end. */
export const ENDING_FIELD: Readonly<Partial<Record<MaterialKind, string>>> = {
  "s3-day-key": "date",
  "azure-user-delegation-key": "signed_expiry",
};
