import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { type S3Keys, type S3Place, s3Signer } from "../signing/s3.ts";
import { openDoor } from "./door.ts";
import { OBJECTS } from "./objects.ts";
import type { VerifyingOrigin } from "./verifying-origin.ts";

/** Fills a bucket of wrangler's local S3 endpoint, which checks SigV4 as R2 does. It is stopped by whoever started it. */
export async function s3Origin({ endpoint, bucket, ...keys }: S3Place & S3Keys): Promise<VerifyingOrigin> {
  const { accessKeyId, secretAccessKey } = keys;
  const client = new S3Client({ endpoint, region: "auto", forcePathStyle: true, credentials: keys });
  for (const [key, text] of OBJECTS) {
    const body = { Body: text, ContentLength: Buffer.byteLength(text), ContentType: "text/plain" };
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, ...body }));
  }
  const { port, pathname } = new URL(endpoint);
  return {
    openDoor: () => openDoor(Number(port)),
    signer: (door) => s3Signer({ endpoint: `${door.url}${pathname}`, bucket }, { accessKeyId, secretAccessKey }),
    material: [{ kind: "s3-secret", accessKeyId, secretAccessKey }],
    differences: [
      {
        why: "it does not look at when a link begins, as AWS does",
        of: ({ kind }) => kind === "early",
        verdict: "invalid",
        probeToo: true,
      },
      {
        why: "a session may be ended before the link is, and only the origin knows",
        of: ({ kind, how }) => kind === "good" && how.includes("session token"),
        verdict: "unknown",
        probeToo: false,
      },
      {
        why: "it counts the first of two credentials of a name, others another: such a URL is malformed to us",
        of: ({ how }) => how.endsWith("a parameter twice"),
        verdict: "invalid",
        probeToo: true,
      },
    ],
    stop: async () => client.destroy(),
  };
}
