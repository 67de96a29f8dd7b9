import { randomBytes } from "node:crypto";
import { join } from "node:path";
import * as z from "zod";
import { API_KEY_BYTES, formatApiKey } from "../../core/api-key.ts";
import { toBase64Url } from "../../core/crypto/base64url.ts";
import { readJson, writeJson } from "./json-file.ts";

/** What the key ring of src/core/crypto/ asks for. */
const SECRET_BYTES = 32;

const S3Keys = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });
const Secrets = z.object({
  /** The Workers' SECRET_KEYS. */
  keyRing: z.string(),
  /** Of the store's S3 address. */
  store: S3Keys,
  /** Of the demo origin. */
  origin: S3Keys,
  apiKeys: z.object({ demo: z.string(), presigned: z.string(), operator: z.string() }),
  /** CONSOLE_KEYS of the api and the console, and the console's AUTH_SECRET. */
  console: z.object({ keys: z.string(), auth: z.string() }),
});

export type Secrets = z.infer<typeof Secrets>;

/** The secrets of a state directory: made once, and the same at every later start. */
export async function loadSecrets(state: string): Promise<Secrets> {
  const path = join(state, "secrets.json");
  // What a directory of before there was a console lacks is made now.
  const known = await readJson(path, Secrets.partial({ console: true }));
  const fresh = makeSecrets();
  const secrets = { ...fresh, ...known, console: known?.console ?? fresh.console };
  if (!known?.console) await writeJson(path, secrets);
  return secrets;
}

function makeSecrets(): Secrets {
  const s3Keys = () => ({
    accessKeyId: randomBytes(10).toString("hex").toUpperCase(),
    secretAccessKey: toBase64Url(randomBytes(30)),
  });
  const keyRing = () => `1:${toBase64Url(randomBytes(SECRET_BYTES))}`;
  return {
    keyRing: keyRing(),
    store: s3Keys(),
    origin: s3Keys(),
    apiKeys: {
      demo: formatApiKey("tenant", randomBytes(API_KEY_BYTES)),
      presigned: formatApiKey("tenant", randomBytes(API_KEY_BYTES)),
      operator: formatApiKey("operator", randomBytes(API_KEY_BYTES)),
    },
    console: { keys: keyRing(), auth: toBase64Url(randomBytes(SECRET_BYTES)) },
  };
}
