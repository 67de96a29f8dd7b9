import { GetObjectCommand, type GetObjectCommandInput, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { AwsClient } from "aws4fetch";
import type { Form, Life, Signer } from "../links/link.ts";
import { compactDate, strictEncode } from "./spelling.ts";

export type S3Place = { readonly endpoint: string; readonly bucket: string };
export type S3Keys = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** Signs SigV4 links of the objects of a bucket, by the AWS SDK and by aws4fetch. */
export function s3Signer(place: S3Place, keys: S3Keys): Signer {
  const wrongSecret = { ...keys, secretAccessKey: `${keys.secretAccessKey}-of-yesterday` };
  const presented = {
    ResponseContentType: "text/plain; charset=utf-8",
    ResponseContentDisposition: 'attachment; filename="a b.txt"',
  };
  return {
    expiry: ["X-Amz-Expires"],
    signature: ["X-Amz-Signature"],
    forms: [
      bySdk("the SDK's link", place, keys),
      byAws4fetch(place, keys),
      bySdk("the SDK's link with a session token", place, { ...keys, sessionToken: "a+session/token==" }),
      bySdk("the SDK's link with a type and a disposition", place, keys, presented),
    ],
    foreign: [
      bySdk("a link by another secret", place, wrongSecret),
      bySdk("a link by an unknown key", place, { ...keys, accessKeyId: "NOBODYSKEY" }),
      forUploads(place, keys),
      bySdk("a link for another bucket", { ...place, bucket: `${place.bucket}-of-others` }, keys),
    ],
  };
}

function bySdk(name: string, place: S3Place, keys: S3Keys, more: Partial<GetObjectCommandInput> = {}): Form {
  const sign = (key: string, life: Life) =>
    getSignedUrl(client(place, keys), new GetObjectCommand({ Bucket: place.bucket, Key: key, ...more }), dates(life));
  return { name, startsLater: true, sign };
}

function forUploads(place: S3Place, keys: S3Keys): Form {
  const sign = (key: string, life: Life) =>
    getSignedUrl(client(place, keys), new PutObjectCommand({ Bucket: place.bucket, Key: key }), dates(life));
  return { name: "a link for uploads", startsLater: true, sign };
}

function byAws4fetch({ endpoint, bucket }: S3Place, keys: S3Keys): Form {
  const signer = new AwsClient({ ...keys, region: "auto", service: "s3" });
  return {
    name: "aws4fetch's link",
    startsLater: true,
    async sign(key, life) {
      const path = key.split("/").map(strictEncode).join("/");
      const { expiresIn } = dates(life);
      const datetime = compactDate(life.from);
      const url = `${endpoint}/${bucket}/${path}?X-Amz-Expires=${expiresIn}`;
      return (await signer.sign(url, { aws: { signQuery: true, datetime } })).url;
    },
  };
}

function client({ endpoint }: S3Place, credentials: S3Keys): S3Client {
  return new S3Client({ endpoint, region: "auto", forcePathStyle: true, credentials });
}

function dates({ from, until }: Life) {
  return { signingDate: new Date(from), expiresIn: (until - from) / 1000 };
}
