import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import { NOON } from "../core/samples.ts";

/** An object, and how a link to it is signed. `key`: with which of two that the tenant registered. */
export type Signing = {
  readonly bucket: string;
  readonly name: string;
  /** Which of the object's bytes: a version, generation, snapshot or size; `null`: the usual ones. */
  readonly version: string | null;
  /** When it is signed, in ms since the epoch. */
  readonly at: number;
  readonly seconds: number;
  readonly key: 0 | 1;
  /** A token of temporary credentials, where the provider has them. */
  readonly session: string | null;
};

/** From noon, for an hour. */
export const PLAIN: Signing = {
  ...{ bucket: "media", name: "dir/a.mp4", version: null, at: NOON, seconds: 3600, key: 0, session: null },
};

/** Of each kind two, as tenants have them while they rotate. */
export const SECRETS = ["an example's secret", "another example's secret"] as const;
export const IDS = ["EXAMPLEKEYA", "EXAMPLEKEYB"] as const;
export const BYTES = [Buffer.alloc(64, 7), Buffer.alloc(64, 9)] as const;
export const EMAILS = ["one@project.iam.gserviceaccount.com", "two@project.iam.gserviceaccount.com"] as const;
const PAIRS = [0, 1].map(() => generateKeyPairSync("rsa", { modulusLength: 2048 }));
export const PEMS = PAIRS.map(({ publicKey }) => publicKey.export({ type: "spki", format: "pem" }).toString());
export const PRIVATE = PAIRS.map(({ privateKey }) => privateKey.export({ type: "pkcs8", format: "pem" }).toString());

/** Seconds since the epoch. */
export function ends({ at, seconds }: Signing): number {
  return Math.floor(at / 1000) + seconds;
}

/** YYYYMMDDTHHMMSSZ. */
export function stamp(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
}

export function hmac(key: string | Buffer, text: string, hash = "sha256"): Buffer {
  return createHmac(hash, key).update(text).digest();
}

/** The key that SigV4 and its relatives derive for a scope. */
export function dayKey(secret: string, scope: string): Buffer {
  return scope.split("/").reduce((key: Buffer, part) => hmac(key, part), Buffer.from(secret));
}

export function rsa(text: string, key: 0 | 1): Buffer {
  return createSign("sha256")
    .update(text)
    .sign(PRIVATE[key] ?? "");
}

export function withQuery(address: string, ...parts: readonly (string | null)[]): string {
  return `${address}?${parts.filter((part) => part !== null).join("&")}`;
}
