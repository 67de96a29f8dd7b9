import { epochSeconds } from "../moments.ts";
import { always, keyWith, listed, type Scheme, scheme } from "../scheme.ts";
import { HUAWEI } from "./china.ts";
import { S3_OVERRIDES, S3_SUB_RESOURCES } from "./s3-language.ts";
import { sigV4 } from "./sigv4.ts";

/** Amazon S3, and everybody who speaks its language at whichever host. */
export const S3_SCHEMES: readonly Scheme[] = [
  scheme({
    // https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
    id: "s3-sigv4",
    ...sigV4("x-amz-", {
      algorithm: /^AWS4-(?:HMAC-SHA256|ECDSA-P256-SHA256)$/,
      // A signature for many regions (SigV4A) names none.
      scope: /^.+\/\d{8}(?:\/[^/]+){1,2}\/aws4_request$/,
    }),
    stores: ["s3", "gs"],
    credential: [
      ...["x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-expires", "x-amz-signedheaders"],
      ...["x-amz-signature", "x-amz-security-token", "x-amz-content-sha256", "x-amz-region-set"],
      ...["x-amz-s3session-token", "x-amz-user-agent"],
      // The AWS SDK for JavaScript v3 moves these four from headers into the query; they change no byte of the object.
      ...["x-id", "x-amz-checksum-mode", "x-amz-request-payer", "x-amz-expected-bucket-owner"],
      // Hugging Face: for whom the link was made.
      "x-xet-cas-uid",
    ],
    select: /^versionid$/,
    present: S3_OVERRIDES,
    subResources: S3_SUB_RESOURCES,
  }),
  scheme({
    // https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
    id: "s3-sigv2",
    detect: (url) => keyWith("awsaccesskeyid", "signature", "expires")(url) && !HUAWEI.test(url.raw.host),
    generic: always,
    stores: ["s3", "gs"],
    required: ["awsaccesskeyid", "expires", "signature"],
    credential: ["awsaccesskeyid", "expires", "signature", "x-amz-security-token"],
    select: /^versionid$/,
    present: S3_OVERRIDES,
    covers: listed("versionid", ...S3_SUB_RESOURCES, ...S3_OVERRIDES),
    uncovered: "ignored",
    subResources: S3_SUB_RESOURCES,
    read: ({ value }) => ({ ends: [epochSeconds(value("expires"))] }),
  }),
];
