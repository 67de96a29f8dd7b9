import type { KeyRing } from "../../core/crypto/key-ring.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { formatLinkKey, KID_BYTES, LINK_KEY_BYTES, newKid } from "../../core/signed-link/link-key.ts";
import type { TenantId } from "../../core/tenant.ts";
import { sealTenantSecret } from "../../core/tenant-secret.ts";
import type { StoredLinkKey } from "../../ports/tenant-settings.ts";
import { ask, change, possibleName, type SettingsParts } from "./change.ts";

/** Link keys that a tenant may have: the one in use, and the one that it is going over to. */
export const MAX_LINK_KEYS = 2;

export type LinkKeyParts = SettingsParts & {
  readonly ring: KeyRing;
  readonly random: (length: number) => Uint8Array;
};

/** What may be shown of a link key at any time. */
export type LinkKeyName = Pick<StoredLinkKey, "kid" | "createdAt">;
/** A link key with its secret, as it is shown once. */
export type NewLinkKey = LinkKeyName & { readonly key: string };

/** The tenant's link keys, the oldest first. */
export async function listLinkKeys(tenant: TenantId, parts: SettingsParts): Promise<readonly LinkKeyName[]> {
  const keys = await ask(parts.settings.linkKeys(tenant), parts);
  return keys.map(({ kid, createdAt }) => ({ kid, createdAt }));
}

/** Makes a link key. Throws 409 when the tenant has two already. */
export async function addLinkKey(tenant: TenantId, parts: LinkKeyParts): Promise<NewLinkKey> {
  const { settings, ring, random } = parts;
  const kid = newKid(random(KID_BYTES));
  const key = formatLinkKey(random(LINK_KEY_BYTES));
  const sealed = await sealTenantSecret(ring, "link-key", tenant, kid, key);
  const added = await change(tenant, settings.addLinkKey(tenant, { kid, sealed }, MAX_LINK_KEYS), parts);
  if (!added) throw new SnapbyteError("LIMIT_REACHED", `There are ${MAX_LINK_KEYS} link keys already.`);
  return { kid, key, createdAt: added.createdAt };
}

/**
 * Makes a link key and ends the older of two: links by the newer one hold on. The old key goes first, so that there are
 * never three; when making the new one fails, the same call again ends the work.
 */
export async function rotateLinkKeys(tenant: TenantId, parts: LinkKeyParts): Promise<NewLinkKey> {
  const keys = await listLinkKeys(tenant, parts);
  const ended = keys.slice(0, Math.max(0, keys.length - MAX_LINK_KEYS + 1));
  for (const { kid } of ended) await ask(parts.settings.removeLinkKey(tenant, kid), parts);
  return await addLinkKey(tenant, parts);
}

/** From here on links by this key are refused. Throws 404 when the tenant has none of this id. */
export async function removeLinkKey(tenant: TenantId, kid: string, parts: SettingsParts): Promise<void> {
  const removed = await change(tenant, parts.settings.removeLinkKey(tenant, possibleName(kid)), parts);
  if (!removed) throw new SnapbyteError("NOT_FOUND");
}
