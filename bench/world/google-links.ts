import { generateKeyPairSync, sign } from "node:crypto";
import { Storage } from "@google-cloud/storage";
import type { Material } from "../../src/core/verify/material.ts";

const ACCOUNT = "bench@bench.iam.gserviceaccount.com";
const WEEK_MS = 7 * 24 * 3_600_000;
/** Google's own two keys of an account, and after them the one that signs: a link does not say which it was. */
const PUBLISHED = 3;

export type GoogleLinks = {
  readonly urls: readonly string[];
  readonly material: Material;
  /** What Google publishes for the account. */
  readonly published: { readonly keys: readonly JsonWebKey[] };
};

/** Links of Google's library (V4, RSA of 2048 bits) to one object, by an account of which only the name is registered. */
export async function googleLinks(moments: readonly Date[]): Promise<GoogleLinks> {
  const pairs = Array.from({ length: PUBLISHED }, () => generateKeyPairSync("rsa", { modulusLength: 2048 }));
  const signer = pairs.at(-1)?.privateKey;
  if (!signer) throw new Error("no key to sign with");
  const storage = new Storage({ projectId: "bench" });
  Object.assign(storage.authClient, {
    getCredentials: async () => ({ client_email: ACCOUNT }),
    sign: async (text: string) => sign("sha256", Buffer.from(text), signer).toString("base64"),
  });
  const file = storage.bucket("bench-media").file("films/2026/film.mp4");
  const urls: string[] = [];
  for (const moment of moments) {
    const terms = { version: "v4", action: "read", accessibleAt: moment } as const;
    urls.push(...(await file.getSignedUrl({ ...terms, expires: moment.getTime() + WEEK_MS })));
  }
  const keys = pairs.map(({ publicKey }, kid) => {
    return { ...publicKey.export({ format: "jwk" }), alg: "RS256", use: "sig", kid: String(kid) } as JsonWebKey;
  });
  return { urls, material: { kind: "gcs-account", email: ACCOUNT, publicKeys: null }, published: { keys } };
}
