import { randomBytes } from "node:crypto";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { Material } from "../../src/core/verify/material.ts";

const WEEK_SECONDS = 7 * 24 * 3600;

/** Links of the AWS SDK (SigV4, HMAC) to one object, and the secret that checks them. */
export async function s3Links(moments: readonly Date[]): Promise<{ urls: string[]; material: Material }> {
  const credentials = { accessKeyId: "AKIABENCHBENCHBENCH0", secretAccessKey: randomBytes(30).toString("base64") };
  const client = new S3Client({ region: "eu-west-1", credentials });
  const command = new GetObjectCommand({ Bucket: "bench-media", Key: "films/2026/film.mp4" });
  const sign = (signingDate: Date) => getSignedUrl(client, command, { signingDate, expiresIn: WEEK_SECONDS });
  return { urls: await Promise.all(moments.map(sign)), material: { kind: "s3-secret", ...credentials } };
}
