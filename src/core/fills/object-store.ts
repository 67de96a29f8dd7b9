import type { OriginUrl } from "../origin-url/origin-url.ts";
import type { OriginHead } from "./origin-head.ts";

/** What a store of that signing scheme says in every answer, and a server that only takes such parameters does not. */
const SAID_BY: Readonly<Record<string, string>> = {
  "s3-sigv4": "x-amz-request-id",
  "s3-sigv2": "x-amz-request-id",
  "gcs-v4": "x-goog-generation",
  "gcs-v2": "x-goog-generation",
  "azure-sas": "x-ms-request-id",
  "oss-v1": "x-oss-request-id",
  "oss-v4": "x-oss-request-id",
  cos: "x-cos-request-id",
  obs: "x-obs-request-id",
  tos: "x-tos-request-id",
  bos: "x-bce-request-id",
  ks3: "x-kss-request-id",
};

/**
 * Whether an object store gave this answer: its host is known for one, or, behind a host of the customer's own (MinIO, a
 * private endpoint), the URL is signed as for one and the answer carries what only such a store says. Parameters alone
 * are no proof: anybody can add them to a URL of a server that takes no notice of them.
 */
export function isObjectStore({ object, schemes }: Pick<OriginUrl, "object" | "schemes">, head: OriginHead): boolean {
  const says = (field: string | undefined) => field !== undefined && head.header(field) !== null;
  return object !== null || schemes.some((id) => says(SAID_BY[id]));
}
