import * as z from "zod";

/** Hosts, and public keys, of one registration. */
const MAX_HOSTS = 20;
const MAX_PUBLIC_KEYS = 10;
/** Characters of a PEM: an RSA key of 16,384 bits has 2,900. */
const MAX_PEM = 4096;

const id = z
  .string()
  .max(128, "must be at most 128 characters")
  .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces");
const secret = z
  .string()
  .max(512, "must be at most 512 characters")
  .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces")
  .describe("Kept sealed, and never shown again.");
const base64 = z
  .string()
  .max(512, "must be at most 512 characters")
  .regex(/^[A-Za-z0-9+/]+={0,2}$/, "must be base64")
  .describe("In base64. Kept sealed, and never shown again.");
const pem = z.string().max(MAX_PEM, `must be at most ${MAX_PEM} characters`);
const host = z
  .string()
  .max(253, "must be at most 253 characters")
  .toLowerCase()
  .regex(
    /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
    "must be a host name without port",
  );
const hosts = z.array(host).max(MAX_HOSTS, `must be at most ${MAX_HOSTS} hosts`);
const someHosts = hosts.min(1, "must name a host").describe("The hosts on which the key counts: a token names no key.");
const account = z.string().regex(/^[a-z0-9]{3,24}$/, "must be 3 to 24 lower-case letters and digits");
const time = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,7})?Z$/, "must be a time such as 2026-11-20T12:00:00Z");
const guid = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, "must be an object id");

/** Verification material as the API takes it: one shape for each kind, every field checked for its form. */
export const materialInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("s3_secret"), access_key_id: id, secret_access_key: secret }),
  z.strictObject({
    kind: z.literal("s3_day_key"),
    access_key_id: id,
    date: z.string().regex(/^\d{8}$/, "must be a date such as 20261120"),
    region: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "must be a region such as eu-west-1"),
    key: z
      .string()
      .regex(/^[0-9A-Fa-f]{64}$/, "must be 64 hexadecimal digits")
      .describe("The SigV4 signing key of that day, region and service s3. Kept sealed, and never shown again."),
  }),
  z.strictObject({
    kind: z.literal("gcs_account"),
    email: z
      .string()
      .max(254, "must be at most 254 characters")
      .regex(/^[A-Za-z0-9._-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/, "must be the e-mail address of a service account"),
    public_keys: z
      .array(pem)
      .min(1, "must hold a key")
      .max(MAX_PUBLIC_KEYS, `must be at most ${MAX_PUBLIC_KEYS} keys`)
      .optional()
      .describe("RSA keys in PEM. Without them, those that Google publishes for the account."),
  }),
  z.strictObject({ kind: z.literal("gcs_hmac"), access_id: id, secret }),
  z.strictObject({
    kind: z.literal("cloudfront"),
    key_pair_id: z.string().regex(/^[A-Za-z0-9]{1,64}$/, "must be letters and digits"),
    public_key: pem.describe("In PEM: RSA of 2048 bits or more, or ECDSA on P-256."),
  }),
  z.strictObject({
    kind: z.literal("azure_account_key"),
    account,
    key: base64,
    other_key: base64
      .optional()
      .describe(
        "Every account has two, and a link does not say which one signed it: without this one, a link that `key` did not sign is asked of the origin.",
      ),
    hosts: hosts.optional().describe("Custom domains of the account."),
  }),
  z.strictObject({
    kind: z.literal("azure_user_delegation_key"),
    account,
    signed_oid: guid,
    signed_tid: guid,
    signed_start: time,
    signed_expiry: time,
    value: base64,
    hosts: hosts.optional().describe("Custom domains of the account."),
  }),
  z.strictObject({ kind: z.literal("oss_secret"), access_key_id: id, access_key_secret: secret }),
  z.strictObject({ kind: z.literal("bunny"), hosts: someHosts, security_key: secret }),
  z.strictObject({
    kind: z.literal("akamai"),
    hosts: someHosts,
    key: z
      .string()
      .max(256, "must be at most 256 characters")
      .regex(/^(?:[0-9A-Fa-f]{2}){8,}$/, "must be at least 16 hexadecimal digits, in pairs")
      .describe("In hexadecimal. Kept sealed, and never shown again."),
  }),
  z.strictObject({ kind: z.literal("qiniu"), access_key: id, secret_key: secret }),
]);

export type MaterialInput = z.infer<typeof materialInput>;
