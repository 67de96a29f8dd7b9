import { epochSeconds } from "../moments.ts";
import { always, keyWith, nothing, type Scheme, scheme } from "../scheme.ts";
import { S3_SUB_RESOURCES } from "./s3-language.ts";
import { sigV4 } from "./sigv4.ts";

const OVERRIDES = ["response-content-type", "response-content-disposition"];

/** Google Cloud Storage. Its interoperability with S3 is in the S3 family. */
export const GOOGLE_SCHEMES: readonly Scheme[] = [
  scheme({
    // https://cloud.google.com/storage/docs/access-control/signed-urls
    id: "gcs-v4",
    ...sigV4("x-goog-", {
      algorithm: /^GOOG4-(?:RSA|HMAC)-SHA256$/,
      scope: /^.+\/\d{8}\/[^/]+\/storage\/goog4_request$/,
    }),
    stores: ["gs"],
    credential: [
      ...["x-goog-algorithm", "x-goog-credential", "x-goog-date", "x-goog-expires", "x-goog-signedheaders"],
      ...["x-goog-signature", "x-goog-content-sha256", "userproject"],
    ],
    select: /^generation$/,
    present: OVERRIDES,
    subResources: S3_SUB_RESOURCES,
  }),
  scheme({
    // https://cloud.google.com/storage/docs/access-control/signed-urls-v2: no parameter is signed, whoever adds it.
    id: "gcs-v2",
    detect: keyWith("googleaccessid", "signature", "expires"),
    generic: always,
    stores: ["gs"],
    required: ["googleaccessid", "expires", "signature"],
    credential: ["googleaccessid", "expires", "signature", "userproject"],
    uncoveredCredential: ["userproject"],
    select: /^generation$/,
    present: OVERRIDES,
    covers: nothing,
    uncovered: "ignored",
    subResources: S3_SUB_RESOURCES,
    read: ({ value }) => ({ ends: [epochSeconds(value("expires"))] }),
  }),
];
