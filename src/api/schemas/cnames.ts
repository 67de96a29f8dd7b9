import * as z from "zod";
import { MAX_URL_BYTES } from "../../core/origin-url/raw-url.ts";
import type { StoredCname } from "../../ports/tenant-settings.ts";

export const cnameBody = z
  .strictObject({
    host: z.string(),
    bucket: z.string().describe("As identities begin with it, such as s3:aws/media."),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "Cname" });

export const cnameList = z.strictObject({ cnames: z.array(cnameBody) }).meta({ id: "CnameList" });

export const newCname = z
  .strictObject({
    host: z.string().describe("A host name of yours that stands for a bucket."),
    bucket_url: z
      .string()
      .max(MAX_URL_BYTES)
      .describe("The bucket at its store, such as https://media.s3.eu-west-1.amazonaws.com."),
  })
  .meta({ id: "NewCname" });

export const cnameDeleted = z
  .strictObject({ host: z.string(), status: z.literal("deleted") })
  .meta({ id: "CnameDeleted" });

/** A CNAME as the API shows it. */
export function cnameToBody({ host, bucket, createdAt }: StoredCname): z.infer<typeof cnameBody> {
  return { host, bucket, created_at: new Date(createdAt).toISOString() };
}
