/** Where S3-compatible stores part ways, as far as we notice. */
export type Quirks = {
  /** Whether `If-None-Match: *` keeps a put from replacing an object. */
  readonly putsOnce: boolean;
  /** What has stored bytes come back as they lie. */
  readonly acceptEncoding: "identity" | "gzip";
};

const PLAIN: Quirks = { putsOnce: true, acceptEncoding: "identity" };

/**
 * GCS has this condition for reading alone (https://docs.cloud.google.com/storage/docs/request-preconditions), and sends
 * gzip that it stores in the clear, ranges ignored, to whoever does not accept it
 * (https://docs.cloud.google.com/storage/docs/transcoding).
 */
const GOOGLE: Quirks = { putsOnce: false, acceptEncoding: "gzip" };
/** B2 answers 501 to a conditional put (https://www.backblaze.com/docs/cloud-storage-s3-compatible-api). */
const BACKBLAZE: Quirks = { putsOnce: false, acceptEncoding: "identity" };

/** What is to be minded with the store behind this host. Our keys are never used twice, whether or not it sees to that. */
export function quirksOf(host: string): Quirks {
  if (/(?:^|\.)storage\.googleapis\.com$/.test(host)) return GOOGLE;
  return /\.backblazeb2\.com$/.test(host) ? BACKBLAZE : PLAIN;
}
