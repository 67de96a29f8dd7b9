import { toBase64Url } from "../crypto/base64url.ts";
import { sha256 } from "../crypto/digest.ts";
import { toHex } from "../crypto/hex.ts";
import type { AssetToken } from "./asset.ts";

/** Random bytes of a token: nobody guesses one, and none is made twice. */
export const ACCESS_TOKEN_BYTES = 32;

/** How long a token lives where nobody says, in seconds. */
export const DEFAULT_TTL_S = 3600;
/** The longest that one may live, in seconds: 30 days. What is to be open for longer has a version, or is public. */
export const MAX_TTL_S = 30 * 86_400;
/** The most downloads that a token can be told to count. */
export const MAX_MAX_DOWNLOADS = 1_000_000;

/** The token in the only form in which it is ever shown; `random` must be {@link ACCESS_TOKEN_BYTES} of it. */
export function formatAccessToken(random: Uint8Array): string {
  return toBase64Url(random);
}

/** SHA-256 in hex: what is kept of a token, whatever text it is. No salt, since the token itself is 256 random bits. */
export function hashAccessToken(token: string): string {
  return toHex(sha256(token));
}

/** Whether a token opens anything at `now` (ms since the epoch). Of one that is revoked there is nothing to ask about. */
export function isOpen({ expiresAt, maxDownloads, downloads }: AssetToken, now: number): boolean {
  return now < expiresAt && (maxDownloads === null || downloads < maxDownloads);
}
