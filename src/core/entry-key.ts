import { toBase64Url } from "./crypto/base64url.ts";
import { sha256 } from "./crypto/digest.ts";
import type { TenantId } from "./tenant.ts";

/** What names an entry: a key of the caller's own, or the object that the URL names. */
export type EntryName =
  | { readonly by: "custom"; readonly key: string }
  | { readonly by: "identity"; readonly identity: string };

/**
 * The key of an entry in every store, cache and map. It holds its tenant and can only be made with one, so that two
 * tenants can never share an entry, whatever their URLs and keys.
 */
export type EntryKey = {
  readonly tenant: TenantId;
  /** 43 characters of base64url: SHA-256 of the name, with what kind of name it is. */
  readonly id: string;
  readonly __brand: "EntryKey";
};

/** Bytes of UTF-8 that a custom key may have: what fits a KV key, so that no store needs another limit. */
export const MAX_CUSTOM_KEY_BYTES = 512;

const IDENTITY_KEY = /^url-([A-Za-z0-9_-]{43})$/;

/** The entry that `name` means for this tenant. A custom key in the form of {@link publicKey} means that entry. */
export function entryKey(tenant: TenantId, name: EntryName): EntryKey {
  if (name.by === "identity") return entryKeyOf(tenant, identityDigest(name.identity));
  return entryKeyOf(tenant, digestInKey(name.key) ?? digest(`custom\0${name.key}`));
}

/**
 * What stands for an identity wherever one is kept: 43 characters of base64url. Only ever compared for equality, and the
 * identity of a URL whose provider we do not know holds its signature.
 */
export function identityDigest(identity: string): string {
  return digest(`identity\0${identity}`);
}

/** The identity digest that a key in the form `url-…` holds, or `null` for a key that is the caller's own. */
export function digestInKey(key: string): string | null {
  return IDENTITY_KEY.exec(key)?.[1] ?? null;
}

/** An entry key read back from a store of ours, where tenant and id were kept side by side. */
export function entryKeyOf(tenant: TenantId, id: string): EntryKey {
  return { tenant, id } as EntryKey;
}

/** The key as a customer sees and sends it: their own, or `url-…` for an entry named by its URL. */
export function publicKey(key: EntryKey, name: EntryName): string {
  return name.by === "custom" ? name.key : `url-${key.id}`;
}

/** One string for maps and store keys. Tenant ids hold no `/`. */
export function keyText(key: EntryKey): string {
  return `${key.tenant}/${key.id}`;
}

function digest(text: string): string {
  return toBase64Url(sha256(text));
}
