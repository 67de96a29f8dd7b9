import { generateKeyPairSync } from "node:crypto";
import { getSignedUrl } from "@aws-sdk/cloudfront-signer";
import type { Material } from "../../src/core/verify/material.ts";

const WEEK_MS = 7 * 24 * 3_600_000;

/** Links of AWS's signer for CloudFront (canned policy, RSA of 2048 bits) to one object, and the key that checks them. */
export function cloudFrontLinks(moments: readonly Date[]): { urls: string[]; material: Material } {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const privateKey = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const publicKey = pair.publicKey.export({ type: "spki", format: "pem" }).toString();
  const keyPairId = "KBENCHBENCHBEN";
  const url = "https://dbenchbenchben.cloudfront.net/films/2026/film.mp4";
  const urls = moments.map((moment) => {
    return getSignedUrl({ url, keyPairId, privateKey, dateLessThan: new Date(moment.getTime() + WEEK_MS) });
  });
  return { urls, material: { kind: "cloudfront", keyPairId, publicKey } };
}
