import type { KeyRing } from "../../core/crypto/key-ring.ts";
import { SnapbyteError } from "../../core/errors.ts";
import type { Tenant } from "../../core/tenant.ts";
import { openTenantSecret } from "../../core/tenant-secret.ts";
import type { Clock } from "../../ports/clock.ts";
import { ask, type SettingsParts } from "./change.ts";

/** Until every isolate knows a new key, ms: what is remembered of a tenant lives no longer, nowhere. */
const KNOWN_EVERYWHERE_MS = 2 * 60_000;

export type SigningKeyParts = SettingsParts & { readonly ring: KeyRing; readonly clock: Clock };

/**
 * The link key that signs in the tenant's name: the newest that is known everywhere, or else the oldest. Throws 409 when
 * the tenant has none.
 */
export async function signingKey(
  tenant: Pick<Tenant, "id">,
  parts: SigningKeyParts,
): Promise<{ readonly kid: string; readonly key: string }> {
  const keys = await ask(parts.settings.linkKeys(tenant.id), parts);
  const known = keys.findLast(({ createdAt }) => createdAt + KNOWN_EVERYWHERE_MS <= parts.clock.now()) ?? keys[0];
  if (!known) throw new SnapbyteError("NO_LINK_KEY");
  const { kid, sealed } = known;
  const key = await openTenantSecret(parts.ring, "link-key", tenant.id, kid, sealed);
  if (key === null) throw new Error(`the link key ${kid} of tenant ${tenant.id} does not open`);
  return { kid, key };
}
