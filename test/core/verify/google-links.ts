import { createHash, createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { type GetSignedUrlConfig, Storage } from "@google-cloud/storage";
import { HOUR, NOON } from "../samples.ts";

export const ACCOUNT = "files@project.iam.gserviceaccount.com";

/** A key pair as Google's: the private half signs links, the public one is PEM and JWK. */
export type AccountKey = { readonly privateKey: string; readonly pem: string; readonly jwk: JsonWebKey };

export function newAccountKey(): AccountKey {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = (key: KeyObject, type: "pkcs8" | "spki") => key.export({ format: "pem", type }).toString();
  const jwk = { ...publicKey.export({ format: "jwk" }), alg: "RS256", use: "sig", kid: "1" } as JsonWebKey;
  return { privateKey: pem(privateKey, "pkcs8"), pem: pem(publicKey, "spki"), jwk };
}

/** A link of Google's library for Node, made offline and good for an hour from noon. The clock must stand at noon. */
export async function googleLink(
  { privateKey }: AccountKey,
  version: "v2" | "v4",
  name = "dir/a.mp4",
  config: Partial<GetSignedUrlConfig> & { readonly endpoint?: string } = {},
): Promise<string> {
  const { endpoint, ...rest } = config;
  const storage = new Storage({ projectId: "project", ...(endpoint && { apiEndpoint: endpoint }) });
  // The key goes in here, since the library's option for it prints a warning each time.
  Object.assign(storage.authClient, {
    getCredentials: async () => ({ client_email: ACCOUNT }),
    sign: async (text: string) => sign("sha256", new TextEncoder().encode(text), privateKey).toString("base64"),
  });
  const [url] = await storage
    .bucket("media")
    .file(name)
    .getSignedUrl({ version, action: "read", expires: NOON + HOUR, ...rest });
  return url;
}

export const GOOGLE_HMAC = { kind: "gcs-hmac", accessId: "GOOG1EXAMPLE", secret: "an example's secret" } as const;

/** A link by an HMAC key, for which Google's libraries have no function: written after its documents. */
export function googleHmacLink(host: string, path: string, region = "auto"): string {
  const scope = `20261120/${region}/storage/goog4_request`;
  const query = [
    "X-Goog-Algorithm=GOOG4-HMAC-SHA256",
    `X-Goog-Credential=${encodeURIComponent(`${GOOGLE_HMAC.accessId}/${scope}`)}`,
    "X-Goog-Date=20261120T120000Z",
    "X-Goog-Expires=3600",
    "X-Goog-SignedHeaders=host",
  ].join("&");
  const request = `GET\n${path}\n${query}\nhost:${host}\n\nhost\nUNSIGNED-PAYLOAD`;
  const digest = createHash("sha256").update(request).digest("hex");
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const key = scope.split("/").reduce<string | Buffer>(hmac, `GOOG4${GOOGLE_HMAC.secret}`);
  const signature = hmac(key, `GOOG4-HMAC-SHA256\n20261120T120000Z\n${scope}\n${digest}`).toString("hex");
  return `https://${host}${path}?${query}&X-Goog-Signature=${signature}`;
}
