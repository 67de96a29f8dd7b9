/** What an account, or a host, is verified with: the fields of each kind, as the API takes them. */
type MaterialField = {
  readonly name: string;
  readonly label: string;
  /** Not shown while it is typed, and not given back with the form. */
  readonly secret?: boolean;
  readonly lines?: number;
  readonly optional?: boolean;
  /** A list: with commas between, or one on each line. */
  readonly list?: boolean;
};

export type MaterialKind = { readonly kind: string; readonly label: string; readonly fields: readonly MaterialField[] };

const hosts = { name: "hosts", label: "Hosts", list: true } as const;

/** Those that people type. The keys of a day, or of a delegation, come from programs, by the API. */
export const MATERIAL_KINDS: readonly MaterialKind[] = [
  {
    kind: "s3_secret",
    label: "S3, or a store that speaks like it",
    fields: [
      { name: "access_key_id", label: "Access key id" },
      { name: "secret_access_key", label: "Secret access key", secret: true },
    ],
  },
  { kind: "gcs_account", label: "Google Cloud Storage: service account", fields: [{ name: "email", label: "E-mail" }] },
  {
    kind: "gcs_hmac",
    label: "Google Cloud Storage: HMAC",
    fields: [
      { name: "access_id", label: "Access id" },
      { name: "secret", label: "Secret", secret: true },
    ],
  },
  {
    kind: "cloudfront",
    label: "CloudFront",
    fields: [
      { name: "key_pair_id", label: "Key pair id" },
      { name: "public_key", label: "Public key (PEM)", lines: 5 },
    ],
  },
  {
    kind: "azure_account_key",
    label: "Azure: account key",
    fields: [
      { name: "account", label: "Account" },
      { name: "key", label: "Key", secret: true },
      { name: "other_key", label: "The other key", secret: true, optional: true },
      { ...hosts, optional: true },
    ],
  },
  {
    kind: "oss_secret",
    label: "Alibaba OSS",
    fields: [
      { name: "access_key_id", label: "Access key id" },
      { name: "access_key_secret", label: "Access key secret", secret: true },
    ],
  },
  { kind: "bunny", label: "Bunny", fields: [hosts, { name: "security_key", label: "Security key", secret: true }] },
  { kind: "akamai", label: "Akamai", fields: [hosts, { name: "key", label: "Key (hexadecimal)", secret: true }] },
  {
    kind: "qiniu",
    label: "Qiniu",
    fields: [
      { name: "access_key", label: "Access key" },
      { name: "secret_key", label: "Secret key", secret: true },
    ],
  },
];
