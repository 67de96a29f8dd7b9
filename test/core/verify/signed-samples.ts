import type { ObjectName } from "../../../src/core/origin-url/object-name.ts";
import { parseRawUrl } from "../../../src/core/origin-url/raw-url.ts";
import type { Circumstances, SignedUrl } from "../../../src/core/verify/verifier.ts";
import { NOON } from "../samples.ts";

/** The examples of AWS's own documents. */
export const ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE";
export const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
export const S3_SECRET = { kind: "s3-secret", accessKeyId: ACCESS_KEY, secretAccessKey: SECRET } as const;

export const HOUR_SECONDS = 3600;

export function signedUrl(text: string, object: ObjectName | null = null): SignedUrl {
  const raw = parseRawUrl(text);
  if (typeof raw === "string") throw new Error(`${text}: ${raw}`);
  return { raw, object };
}

/** An object whose bucket stands in the host name, or in the path. */
export function objectIn(store: ObjectName["store"], bucket: string, place: "host" | "path"): ObjectName {
  return { store, namespace: store === "s3" ? "aws" : "", bucket, key: "not looked at", inPath: place === "path" };
}

/** At `now`, with the published keys of any account. */
export function at(now = NOON, keys: readonly JsonWebKey[] | null = null): Circumstances {
  return { now, accountKeys: async () => keys };
}
