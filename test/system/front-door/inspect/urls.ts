/** Values that are credentials: no answer may hold one of them. */
export const SECRETS = {
  signature: "5ec1e7".repeat(10).concat("0a0a"),
  base64: "U0VDUkVU+recognisable/c2lnbmF0dXJl==",
  accessKeyId: "AKIARECOGNISABLE0001",
  token: "RECOGNISABLE-token_0123456789",
} as const;

const SCOPE = encodeURIComponent(`${SECRETS.accessKeyId}/20300101/eu-west-1/s3/aws4_request`);
const BASE64 = encodeURIComponent(SECRETS.base64);

/** The credentials of each scheme as they stand in a query; all of them end with the year 2029, or an hour later. */
export const CREDENTIALS = {
  s3:
    `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${SCOPE}&X-Amz-Date=20300101T000000Z&X-Amz-Expires=3600` +
    `&X-Amz-SignedHeaders=host&X-Amz-Signature=${SECRETS.signature}`,
  gcsV2: `GoogleAccessId=robot%40project.iam.gserviceaccount.com&Expires=1893456000&Signature=${BASE64}`,
  azure: `sv=2025-01-05&se=2030-01-01T00%3A00%3A00Z&sr=b&sp=r&sig=${BASE64}`,
} as const;

export const BUCKETS = {
  s3: "https://media.s3.eu-west-1.amazonaws.com",
  gcs: "https://storage.googleapis.com/media",
  azure: "https://snapbytemedia.blob.core.windows.net",
} as const;
