import { createHash, generateKeyPairSync, sign } from "node:crypto";
import type { Material } from "../../src/core/verify/material.ts";

/** A service account, and what its tenant registers: the keys are those that Google publishes. */
export const ACCOUNT = "signer@project.iam.gserviceaccount.com";
export const ACCOUNT_MATERIAL: Material = { kind: "gcs-account", email: ACCOUNT, publicKeys: null };

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** The account's keys as Google publishes them. */
export function accountKeys(): readonly JsonWebKey[] {
  return [{ ...publicKey.export({ format: "jwk" }), alg: "RS256", use: "sig" } as JsonWebKey];
}

/**
 * A link to an object of Google Cloud Storage that the account signed at noon, for an hour.
 * https://cloud.google.com/storage/docs/authentication/canonical-requests
 */
export async function gcsLink(path = "/bucket/a.mp4"): Promise<string> {
  const scope = "20261120/auto/storage/goog4_request";
  const query = [
    "X-Goog-Algorithm=GOOG4-RSA-SHA256",
    `X-Goog-Credential=${encodeURIComponent(`${ACCOUNT}/${scope}`)}`,
    "X-Goog-Date=20261120T120000Z",
    "X-Goog-Expires=3600",
    "X-Goog-SignedHeaders=host",
  ].join("&");
  const request = ["GET", path, query, "host:storage.googleapis.com", "", "host", "UNSIGNED-PAYLOAD"].join("\n");
  const digest = createHash("sha256").update(request).digest("hex");
  const text = ["GOOG4-RSA-SHA256", "20261120T120000Z", scope, digest].join("\n");
  const signature = sign("sha256", Buffer.from(text), privateKey).toString("hex");
  return `https://storage.googleapis.com${path}?${query}&X-Goog-Signature=${signature}`;
}
