import { toHex } from "../../core/crypto/hex.ts";
import type { KeyRing } from "../../core/crypto/key-ring.ts";
import { SnapbyteError } from "../../core/errors.ts";
import type { TenantId } from "../../core/tenant.ts";
import { sealTenantSecret } from "../../core/tenant-secret.ts";
import type { StoredVerificationKey } from "../../ports/tenant-settings.ts";
import { ask, change, MAX_SETTINGS_OF_A_KIND, possibleName, type SettingsParts } from "./change.ts";
import { type CheckedKey, type CheckKeyParts, checkKey, type GivenKey } from "./check-key.ts";
import { kindText, NAMING_FIELD } from "./key-fields.ts";

/** Random bytes of an id. */
const ID_BYTES = 12;

export type VerificationKeyParts = SettingsParts &
  CheckKeyParts & { readonly ring: KeyRing; readonly random: (length: number) => Uint8Array };

/** What may be shown of a verification key: never the material. */
export type VerificationKeyName = Omit<StoredVerificationKey, "sealed">;

/** The tenant's verification keys, the oldest first. */
export async function listVerificationKeys(
  tenant: TenantId,
  parts: SettingsParts,
): Promise<readonly VerificationKeyName[]> {
  return (await ask(parts.settings.verificationKeys(tenant), parts)).map(withoutMaterial);
}

/**
 * Registers material, each in the place of one of the same kind and name. All of it is checked before any is kept.
 * Throws 400 naming the field that is wrong, 409 when there is no room.
 */
export async function addVerificationKeys(
  tenant: TenantId,
  given: readonly GivenKey[],
  parts: VerificationKeyParts,
): Promise<readonly VerificationKeyName[]> {
  const keys = await Promise.all(given.map((key) => checkKey(key, parts)));
  for (const [position, key] of keys.entries()) {
    if (keys.slice(0, position).some((earlier) => isSame(earlier, key))) {
      throw new SnapbyteError("INVALID_FIELD", `${key.path}kind and name are those of an earlier key.`);
    }
  }
  const now = parts.clock.now();
  const kept = (await listVerificationKeys(tenant, parts)).filter(
    (key) => key.expiresAt === null || key.expiresAt > now,
  );
  const others = kept.filter((each) => !keys.some((key) => isSame(each, key)));
  if (others.length + keys.length > MAX_SETTINGS_OF_A_KIND) throw new SnapbyteError("LIMIT_REACHED");
  return await change(tenant, putAll(tenant, keys, parts), parts);
}

/** Registers new material in the place of a key. Throws 404 for an unknown id, 400 for material of another name. */
export async function rotateVerificationKey(
  tenant: TenantId,
  id: string,
  fields: unknown,
  parts: VerificationKeyParts,
): Promise<VerificationKeyName> {
  const kept = (await listVerificationKeys(tenant, parts)).find((each) => each.id === id);
  if (!kept) throw new SnapbyteError("NOT_FOUND");
  const key = await checkKey({ path: "", fields }, parts);
  if (key.kind !== kept.kind) throw new SnapbyteError("INVALID_FIELD", `kind must be ${kindText(kept.kind)}.`);
  if (key.name !== kept.name) {
    throw new SnapbyteError("INVALID_FIELD", `${NAMING_FIELD[key.kind]} must be as in ${kept.name}.`);
  }
  return await change(tenant, put(tenant, key, parts), parts);
}

/** From here on it vouches for nothing. Throws 404 when the tenant has none of this id. */
export async function removeVerificationKey(tenant: TenantId, id: string, parts: SettingsParts): Promise<void> {
  const removed = await change(tenant, parts.settings.removeVerificationKey(tenant, possibleName(id)), parts);
  if (!removed) throw new SnapbyteError("NOT_FOUND");
}

async function putAll(tenant: TenantId, keys: readonly CheckedKey[], parts: VerificationKeyParts) {
  const added: VerificationKeyName[] = [];
  // One after the other: their order is that in which they are listed.
  for (const key of keys) added.push(await put(tenant, key, parts));
  return added;
}

async function put(
  tenant: TenantId,
  { material, kind, name, expiresAt }: CheckedKey,
  { settings, ring, random }: VerificationKeyParts,
): Promise<VerificationKeyName> {
  const id = toHex(random(ID_BYTES));
  const sealed = await sealTenantSecret(ring, "verification-key", tenant, id, JSON.stringify(material));
  const added = await settings.putVerificationKey(
    tenant,
    { id, kind, name, sealed, expiresAt },
    MAX_SETTINGS_OF_A_KIND,
  );
  if (!added) throw new SnapbyteError("LIMIT_REACHED");
  return withoutMaterial(added);
}

function withoutMaterial({ sealed: _, ...name }: StoredVerificationKey): VerificationKeyName {
  return name;
}

function isSame(one: Pick<CheckedKey, "kind" | "name">, other: Pick<CheckedKey, "kind" | "name">): boolean {
  return one.kind === other.kind && one.name === other.name;
}
