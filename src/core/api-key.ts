import { toBase64Url } from "./crypto/base64url.ts";
import { sha256 } from "./crypto/digest.ts";
import { toHex } from "./crypto/hex.ts";
import type { Caller } from "./people/caller.ts";

/** A key starts so, for secret scanners and people: whose it is and what it opens. */
const PREFIX = { tenant: "snap_key_", operator: "snap_op_" } as const;
/** Random bytes behind the prefix. */
export const API_KEY_BYTES = 32;

/** Characters of a key that tell it from others on a page, and are of no use to anybody: 24 bits of 256. */
const SHOWN_RANDOM_CHARACTERS = 4;

/** The key in the only form in which it is ever shown; `random` must be {@link API_KEY_BYTES} of it. */
export function formatApiKey(role: Caller["role"], random: Uint8Array): string {
  return PREFIX[role] + toBase64Url(random);
}

/** The beginning of a key, by which people know it again. */
export function shownPrefix(key: string): string {
  const random = key.startsWith(PREFIX.tenant) ? PREFIX.tenant.length : PREFIX.operator.length;
  return key.slice(0, random + SHOWN_RANDOM_CHARACTERS);
}

/** SHA-256 in hex: what is kept of a key. No salt and no stretching, since the key itself is 256 random bits. */
export async function hashApiKey(key: string): Promise<string> {
  return toHex(sha256(key));
}

/** The key of an `Authorization: Bearer …` field (RFC 6750 section 2.1), or `null` if it holds none of ours. */
export function bearerApiKey(authorization: string | null): string | null {
  return /^Bearer +(snap_(?:key|op)_[A-Za-z0-9_-]{43})$/i.exec(authorization ?? "")?.[1] ?? null;
}

/** Whether a key's text says that it is an operator's. Whether it is one, and still, only {@link hashApiKey} can tell. */
export function looksLikeOperators(key: string): boolean {
  return key.startsWith(PREFIX.operator);
}
