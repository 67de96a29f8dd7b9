import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { OriginCredentials } from "../origin/credentials.ts";

/** A presigned GET URL as a customer's own code makes it: by the vendor's SDK. */
export async function presignWithSdk(origin: OriginCredentials, key: string): Promise<string> {
  const { accessKeyId, secretAccessKey, region, endpoint, bucket } = origin;
  const client = new S3Client({
    region,
    endpoint,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
  });
  return await getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: key }), { expiresIn: 600 });
}
