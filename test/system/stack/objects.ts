import { createHash } from "node:crypto";
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { Stack } from "../../../src/dev/stack.ts";
import { noteSignaturesOf } from "./signatures.ts";

/** What the demo origin should say of an object beside its bytes. */
export type ObjectFields = {
  readonly ContentType?: string;
  readonly ContentDisposition?: string;
  readonly ContentLanguage?: string;
  readonly ContentEncoding?: string;
};

/** The demo origin's S3 client, as its owner would make one. */
export function s3Client({ originCredentials }: Stack): S3Client {
  const { endpoint, region, accessKeyId, secretAccessKey } = originCredentials;
  return new S3Client({ endpoint, region, forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } });
}

/** Puts an object into the demo origin; text or bytes. */
export async function putObject(
  stack: Stack,
  key: string,
  body: string | Uint8Array,
  fields: ObjectFields = {},
): Promise<void> {
  const { bucket } = stack.originCredentials;
  const content = { Body: body, ContentLength: Buffer.byteLength(body) };
  await s3Client(stack).send(new PutObjectCommand({ Bucket: bucket, Key: key, ...content, ...fields }));
}

/** Takes an object out of the demo origin. */
export async function deleteObject(stack: Stack, key: string): Promise<void> {
  await s3Client(stack).send(new DeleteObjectCommand({ Bucket: stack.originCredentials.bucket, Key: key }));
}

/** What a presigned URL asks the demo origin to say of the object, and when it was signed if not now. */
export type PresignWish = {
  readonly ResponseContentType?: string;
  readonly ResponseContentDisposition?: string;
  readonly ResponseContentLanguage?: string;
  readonly signingDate?: Date;
};

/**
 * A presigned GET URL of an object in the demo origin, made by the vendor's SDK. Its signature is noted: after the stack
 * has stopped nothing may hold it.
 */
export async function presign(
  stack: Stack,
  key: string,
  expiresIn = 600,
  { signingDate = new Date(), ...fields }: PresignWish = {},
): Promise<string> {
  const command = new GetObjectCommand({ Bucket: stack.originCredentials.bucket, Key: key, ...fields });
  return noteSignaturesOf(await getSignedUrl(s3Client(stack), command, { expiresIn, signingDate }));
}

/** Puts an object and returns a presigned URL of it. */
export async function publish(
  stack: Stack,
  key: string,
  body: string | Uint8Array,
  fields: ObjectFields = {},
): Promise<string> {
  await putObject(stack, key, body, fields);
  return await presign(stack, key);
}

/** A body's length and SHA-256 in hex. */
export async function weigh(response: Response): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** SHA-256 in hex. */
export function sha256(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
