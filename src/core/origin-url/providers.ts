import type { RawParameter } from "./raw-url.ts";
import { sigV4Expiry } from "./sigv4-expiry.ts";

/**
 * What a provider's signed URL means. One row per signing scheme; everything that differs between them is data here.
 * Parameter names are lower case.
 */
export type Provider = {
  readonly id: string;
  /**
   * The parameters that every URL of this scheme has. Only all of them together say that one carries it: on an origin
   * that checks no signature, one made-up parameter must not pass another off as a credential.
   */
  readonly detect: readonly string[];
  /** Credential, expiry and telemetry: no part of which object the URL names. */
  readonly credential: ReadonlySet<string>;
  /** Names the headers that the signature covers. */
  readonly signedHeaders: string;
  /** Milliseconds since the epoch, or `null` when the URL does not tell. */
  expiresAt(parameters: readonly RawParameter[]): number | null;
};

/**
 * Schemes whose signature covers every parameter: one that is not listed here is authentic, and selects or presents
 * other bytes, so it stays in the identity.
 */
export const PROVIDERS: readonly Provider[] = [
  {
    // https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
    id: "s3-sigv4",
    detect: sigV4Parameters("x-amz-"),
    credential: new Set([
      "x-amz-algorithm",
      "x-amz-credential",
      "x-amz-date",
      "x-amz-expires",
      "x-amz-signedheaders",
      "x-amz-signature",
      "x-amz-security-token",
      "x-amz-content-sha256",
      "x-amz-region-set",
      "x-amz-s3session-token",
      "x-amz-user-agent",
      // The AWS SDK for JavaScript v3 moves these four from headers into the query; they change no byte of the object.
      "x-id",
      "x-amz-checksum-mode",
      "x-amz-request-payer",
      "x-amz-expected-bucket-owner",
    ]),
    signedHeaders: "x-amz-signedheaders",
    expiresAt: (parameters) => sigV4Expiry(parameters, "x-amz-date", "x-amz-expires"),
  },
  {
    // https://cloud.google.com/storage/docs/access-control/signed-urls
    id: "gcs-v4",
    detect: sigV4Parameters("x-goog-"),
    credential: new Set([
      "x-goog-algorithm",
      "x-goog-credential",
      "x-goog-date",
      "x-goog-expires",
      "x-goog-signedheaders",
      "x-goog-signature",
      "x-goog-content-sha256",
      "userproject",
    ]),
    signedHeaders: "x-goog-signedheaders",
    expiresAt: (parameters) => sigV4Expiry(parameters, "x-goog-date", "x-goog-expires"),
  },
];

function sigV4Parameters(prefix: string): string[] {
  return ["algorithm", "credential", "date", "expires", "signedheaders", "signature"].map((name) => prefix + name);
}
