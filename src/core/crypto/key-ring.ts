import { fromBase64Url } from "./base64url.ts";
import { type HmacKey, hmacKey } from "./hmac.ts";

/** What a key is for; each purpose gets keys of its own from the same secret (HKDF, RFC 5869). */
export type Purpose = "link" | "stored-url" | "link-key" | "verification-key" | "manifest" | "dead-letter";

type DerivedKeys = { readonly encrypt: CryptoKey; readonly nonce: HmacKey };

/** The deployment's secrets: the newest seals, all of them open. Rotation puts a new one in front and drops the last. */
export type KeyRing = {
  /** The id of the key that seals now, 0-255. */
  readonly current: number;
  /** The keys of an id, or `null` when the ring does not hold it. */
  keys(id: number, purpose: Purpose): Promise<DerivedKeys | null>;
};

/** Bytes of secret behind each key id. */
export const SECRET_BYTES = 32;

/**
 * Reads `id:secret,id:secret`, newest first, each secret 32 bytes of base64url.
 * Returns `null` when the text is not such a list, so that the caller can name the setting and never its value.
 */
export function parseKeyRing(text: string): KeyRing | null {
  const secrets = parseSecrets(text);
  const [current] = secrets?.keys() ?? [];
  if (!secrets || current === undefined) return null;

  const derived = new Map<string, Promise<DerivedKeys>>();
  return {
    current,
    keys(id, purpose) {
      const name = `${id} ${purpose}`;
      const known = derived.get(name);
      if (known) return known;
      const secret = secrets.get(id);
      if (!secret) return Promise.resolve(null);
      const keys = derive(secret, purpose);
      derived.set(name, keys);
      return keys;
    },
  };
}

/** The secrets of such a list by their ids, the newest first; `null`: it is none. */
export function parseSecrets(text: string): ReadonlyMap<number, Uint8Array<ArrayBuffer>> | null {
  const secrets = new Map<number, Uint8Array<ArrayBuffer>>();
  for (const part of text.split(",")) {
    const match = /^(\d{1,3}):([A-Za-z0-9_-]+)$/.exec(part.trim());
    const id = Number(match?.[1]);
    const secret = fromBase64Url(match?.[2] ?? "");
    if (!match || id > 255 || secret?.length !== SECRET_BYTES || secrets.has(id)) return null;
    secrets.set(id, secret);
  }
  return secrets;
}

async function derive(secret: Uint8Array<ArrayBuffer>, purpose: Purpose): Promise<DerivedKeys> {
  const root = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey", "deriveBits"]);
  const from = (use: string) => ({
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(),
    info: new TextEncoder().encode(`snapbyte ${purpose} ${use}`),
  });
  const [encrypt, nonce] = await Promise.all([
    crypto.subtle.deriveKey(from("encrypt"), root, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]),
    crypto.subtle.deriveBits(from("nonce"), root, 256),
  ]);
  return { encrypt, nonce: hmacKey(new Uint8Array(nonce)) };
}
