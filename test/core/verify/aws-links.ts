import { GetObjectCommand, type GetObjectCommandInput, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { AwsV4Signer } from "aws4fetch";
import { NOON } from "../samples.ts";
import { ACCESS_KEY, HOUR_SECONDS, SECRET } from "./signed-samples.ts";

// Or every run of the tests would say that this SDK, of which links live on, is not maintained any more.
process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = "1";
const { default: S3 } = await import("aws-sdk/clients/s3.js");

const KEYS = { accessKeyId: ACCESS_KEY, secretAccessKey: SECRET };

/** Names that are hard on those who encode them. */
export const ODD_KEYS = [
  "dir/a b+c.mp4",
  "a//b/./c.mp4",
  "100%.txt",
  "%2F.txt",
  "(1)!*'.txt",
  "größe/日本語 😀.txt",
  "~-_.txt",
  "a&b=c;d,e:f@g$h#i?j.txt",
];

export type SdkOptions = Partial<GetObjectCommandInput> & {
  readonly endpoint?: string;
  readonly sessionToken?: string;
  readonly expiresIn?: number;
  readonly pathStyle?: boolean;
};

/** A link of the AWS SDK for JavaScript v3, signed at noon. */
export async function sdkLink({ endpoint, sessionToken, expiresIn, pathStyle, ...input }: SdkOptions): Promise<string> {
  const client = new S3Client({
    region: "us-east-1",
    credentials: { ...KEYS, ...(sessionToken && { sessionToken }) },
    forcePathStyle: pathStyle ?? false,
    ...(endpoint && { endpoint }),
  });
  const command = new GetObjectCommand({ Bucket: "media", Key: "dir/a.mp4", ...input });
  return await getSignedUrl(client, command, { expiresIn: expiresIn ?? HOUR_SECONDS, signingDate: new Date(NOON) });
}

/** A link of the AWS SDK for JavaScript v2, signed now: the clock must stand at noon. */
export function oldSdkLink(version: "v2" | "v4", key: string, options: Record<string, unknown> = {}): string {
  const { pathStyle = false, sessionToken, ...parameters } = options;
  const s3 = new S3({
    ...KEYS,
    region: "us-east-1",
    signatureVersion: version,
    s3ForcePathStyle: pathStyle === true,
    ...(typeof sessionToken === "string" && { sessionToken }),
  });
  return s3.getSignedUrl("getObject", { Bucket: "media", Key: key, Expires: HOUR_SECONDS, ...parameters });
}

/** A link of aws4fetch, signed at noon; `expires` in seconds. */
export async function fetchLink(address: string, expires = HOUR_SECONDS, method = "GET"): Promise<string> {
  const url = new URL(address);
  url.searchParams.set("X-Amz-Expires", String(expires));
  const datetime = new Date(NOON).toISOString().replace(/[-:]|\.000/g, "");
  const signer = new AwsV4Signer({
    ...KEYS,
    url: url.href,
    method,
    datetime,
    service: "s3",
    region: "auto",
    signQuery: true,
  });
  return (await signer.sign()).url.href;
}
