import * as z from "zod";
import { fromBase64Url, toBase64Url } from "../crypto/base64url.ts";
import { sha256 } from "../crypto/digest.ts";
import { toHex } from "../crypto/hex.ts";
import { isMacOf, macOf } from "../signed-link/mac.ts";
import { contentType, fileName, totalSize, type UploadWish, userId, userRole } from "./upload-wish.ts";

/** A token starts so, for secret scanners and people. */
const PREFIX = "snap_upload_";
/** How long one may begin uploads at most, in seconds. */
export const TOKEN_LIFE_SECONDS = 24 * 60 * 60;
/** Characters of the longest one. */
const MAX_LENGTH = 8192;

/** All types below one. */
const anyOfType = z.string().regex(/^[A-Za-z]{1,32}\/\*$/);

const claims = z.strictObject({
  /** The tenant's site name: what one tenant signs is of no use at another, whatever their keys. */
  site: z.string().min(1).max(64),
  /** The link key that signs. */
  kid: z.string().min(1).max(64),
  user_id: userId,
  user_role: userRole,
  /** A MIME type, or `image/*`. */
  content_type: z.union([contentType, anyOfType]),
  /** Bytes. */
  max_size: totalSize,
  /** The only name; absent: any. */
  file_name: fileName.optional(),
  /** Seconds since the epoch. */
  exp: z.int().positive(),
});

/** What whoever holds a token may upload: one user's files, of a type, up to a size, begun until a moment. */
export type UploadGrant = Readonly<z.infer<typeof claims>>;

/** A token that was read, and not yet checked: only its key can tell whether it is one. */
export type ShownToken = { readonly grant: UploadGrant; readonly payload: string; readonly mac: string };

/** `snap_upload_PAYLOAD.MAC`, the MAC by HMAC-SHA256 with the link key that `kid` names. */
export function formatUploadToken(grant: UploadGrant, key: string): string {
  const payload = toBase64Url(new TextEncoder().encode(JSON.stringify(claims.parse(grant))));
  return `${PREFIX}${payload}.${macOf(key, signed(payload))}`;
}

/** Whether a bearer token claims to be one of these: then it counts as one, or as nothing. */
export function isUploadToken(token: string): boolean {
  return token.startsWith(PREFIX);
}

/** What a token says; `null`: it says nothing that could be true. */
export function readUploadToken(token: string): ShownToken | null {
  if (!isUploadToken(token) || token.length > MAX_LENGTH) return null;
  const [, payload = "", mac = ""] = /^([\w-]+)\.([\w-]{43})$/.exec(token.slice(PREFIX.length)) ?? [];
  const said = claims.safeParse(parseJson(fromBase64Url(payload)));
  return said.success ? { grant: said.data, payload, mac } : null;
}

/** Whether the tenant's key has made it. Whether it has ended is another question. */
export function isSignedBy({ payload, mac }: ShownToken, key: string): boolean {
  return isMacOf(mac, key, signed(payload));
}

/** Whether it may begin an upload at `now` (ms since the epoch). One that names a moment too far off may not yet. */
export function mayBegin({ exp }: Pick<UploadGrant, "exp">, now: number): boolean {
  return now < exp * 1000 && exp * 1000 <= now + TOKEN_LIFE_SECONDS * 1000;
}

/** The first field of a wish that is not what the token is for; `null`: all are. */
export function beyondGrant(grant: UploadGrant, wish: UploadWish): string | null {
  if (wish.userId !== grant.user_id) return "user_id";
  if (wish.userRole !== grant.user_role) return "user_role";
  if (!isOfType(wish.contentType, grant.content_type)) return "content_type";
  if (wish.size > grant.max_size) return "total_size";
  return grant.file_name !== undefined && wish.fileName !== grant.file_name ? "file_name" : null;
}

/** What is kept of a token with what it has begun: its holder may go on with that, and nobody can make the token of it. */
export function tokenDigest(token: string): string {
  return toHex(sha256(token));
}

function isOfType(type: string, allowed: string): boolean {
  const [wanted, name] = [allowed, type].map((text) => text.toLowerCase().replace(/[ \t]*;.*$/s, "")) as [
    string,
    string,
  ];
  return wanted.endsWith("/*") ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
}

/** The version keeps a MAC of another use of the key from counting here. */
function signed(payload: string): string {
  return `snapbyte upload 1\n${payload}`;
}

function parseJson(bytes: Uint8Array | null): unknown {
  try {
    return bytes && JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
