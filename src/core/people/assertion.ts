import * as z from "zod";
import { fromBase64Url, toBase64Url } from "../crypto/base64url.ts";
import { type HmacKey, hmacKey, hmacSha256 } from "../crypto/hmac.ts";
import { parseSecrets } from "../crypto/key-ring.ts";
import type { TenantId } from "../tenant.ts";
import { sameText } from "../verify/constant-time.ts";
import { type ActingRole, OPERATOR, ROLES, SERVICE } from "./roles.ts";

/** How long an assertion counts, in seconds: one is made for each call. */
const LIFE_SECONDS = 60;
/** How far the clocks of two Workers may differ, in seconds. */
const SKEW_SECONDS = 5;
/** An assertion starts so, for secret scanners and people. */
const PREFIX = "snap_ses_";
/** Characters of the longest one: every field at its longest, in base64url. */
const MAX_LENGTH = 2048;

/** On whose behalf the console calls. */
export type Assertion = {
  readonly user: { readonly id: string; readonly name: string };
  /** `null`: none yet; a tenant is about to be made, or an operator asks for no one tenant. */
  readonly tenant: TenantId | null;
  readonly role: ActingRole | typeof SERVICE;
  /** The operator who acts in the person's name; `null`: it is the person. */
  readonly operator: string | null;
  /** The person's IP address, since the call itself comes from the console; `null`: not known. */
  readonly address: string | null;
};

/** The secrets under which the console speaks, by id, the one in use first; the setting CONSOLE_KEYS. */
export type AssertionKeys = ReadonlyMap<number, HmacKey>;

const text = z.string().min(1).max(128);
const claims = z.strictObject({
  uid: text,
  name: z.string().max(128),
  tenant: text.nullable(),
  role: z.enum([...ROLES, OPERATOR, SERVICE]),
  operator: text.nullable(),
  address: z.string().max(64).nullable(),
  /** When it was made, in seconds since the epoch. */
  iat: z.number().int().nonnegative(),
});

/** Reads `id:secret,id:secret` as SECRET_KEYS is written; `null`: it is no such list. */
export function parseAssertionKeys(setting: string): AssertionKeys | null {
  const secrets = parseSecrets(setting);
  return secrets && new Map([...secrets].map(([id, secret]) => [id, hmacKey(secret)]));
}

/** `snap_ses_KID.CLAIMS.MAC`, good for a minute from `now` (ms since the epoch). Names are cut to what one may hold. */
export function formatAssertion(keys: AssertionKeys, assertion: Assertion, now: number): string {
  const [current] = keys;
  if (!current) throw new Error("there is no key to assert with");
  const { user, tenant, role, operator, address } = assertion;
  const said: z.infer<typeof claims> = {
    ...{ uid: user.id, name: user.name.slice(0, 128), tenant, role, operator, address },
    iat: Math.floor(now / 1000),
  };
  const [kid, key] = current;
  const body = `${kid}.${toBase64Url(new TextEncoder().encode(JSON.stringify(said)))}`;
  return `${PREFIX}${body}.${mac(key, body)}`;
}

/** Whether a bearer token claims to be an assertion: then it counts as one, or as nothing. */
export function isAssertion(token: string): boolean {
  return token.startsWith(PREFIX);
}

/** What a token asserts at `now` (ms since the epoch); `null`: it is none of ours, is over, or is not valid yet. */
export function readAssertion(keys: AssertionKeys, token: string, now: number): Assertion | null {
  if (!isAssertion(token) || token.length > MAX_LENGTH) return null;
  const [, kid = "", payload = "", sent = ""] =
    /^([0-9]{1,3})\.([\w-]+)\.([\w-]{43})$/.exec(token.slice(PREFIX.length)) ?? [];
  const key = keys.get(Number(kid));
  if (!key || !sameText(mac(key, `${kid}.${payload}`), sent)) return null;
  const said = claims.safeParse(parseJson(fromBase64Url(payload)));
  if (!said.success) return null;
  const { uid, name, tenant, role, operator, address, iat } = said.data;
  const age = now / 1000 - iat;
  if (age < -SKEW_SECONDS || age >= LIFE_SECONDS) return null;
  return { user: { id: uid, name }, tenant: tenant as TenantId | null, role, operator, address };
}

/** The version keeps a mac of another form, or of another use of the secret, from counting here. */
function mac(key: HmacKey, body: string): string {
  return toBase64Url(hmacSha256(key, `snapbyte assertion 1\n${body}`));
}

function parseJson(bytes: Uint8Array | null): unknown {
  try {
    return bytes && JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
