import { AwsClient } from "aws4fetch";

/** Where wrangler serves the S3 API of local buckets. */
export const S3_PATH = "/cdn-cgi/local/r2/s3";
export const ORIGIN_BUCKET = "demo";

/** All that an S3 client must know of the demo origin. */
export type OriginCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: "auto";
  readonly endpoint: string;
  readonly bucket: string;
};

/** A client that signs for the demo origin. */
export function originClient({ accessKeyId, secretAccessKey, region }: OriginCredentials): AwsClient {
  return new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3", retries: 0 });
}

/** The plain address of an object. */
export function objectUrl({ endpoint, bucket }: OriginCredentials, key: string): string {
  return `${endpoint}/${bucket}/${key}`;
}

/** A presigned GET URL of an object, as the demo origin's owner would hand it out. */
export async function presignGet(credentials: OriginCredentials, key: string, seconds: number): Promise<string> {
  const url = `${objectUrl(credentials, key)}?X-Amz-Expires=${seconds}`;
  return (await originClient(credentials).sign(url, { aws: { signQuery: true } })).url;
}
