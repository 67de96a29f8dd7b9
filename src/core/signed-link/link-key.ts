import { toBase64Url } from "../crypto/base64url.ts";

/** A key starts so, for secret scanners and people. */
const PREFIX = "snap_link_";
/** Random bytes behind the prefix. */
export const LINK_KEY_BYTES = 32;
/** Random bytes of a key id: told apart among a tenant's few keys, and no secret. */
export const KID_BYTES = 5;

/** A link key as it is shown and as it signs: all of this text is the key. `random`: {@link LINK_KEY_BYTES} of it. */
export function formatLinkKey(random: Uint8Array): string {
  return PREFIX + toBase64Url(random);
}

/** A key's id: 8 of `0-9a-v` (RFC 4648 section 7, lower case). `random`: {@link KID_BYTES} of it. */
export function newKid(random: Uint8Array): string {
  return random
    .reduce((number, byte) => number * 256 + byte, 0)
    .toString(32)
    .padStart(8, "0");
}
