import type { KeyRing } from "./crypto/key-ring.ts";
import { seal, unseal } from "./crypto/seal.ts";
import type { TenantId } from "./tenant.ts";

/** What a tenant's secret is for; each kind is sealed with keys of its own. */
export type TenantSecretKind = "link-key" | "verification-key";

/** Seals a tenant's secret to rest: it opens for no other tenant, under no other id, and as nothing else. */
export async function sealTenantSecret(
  ring: KeyRing,
  kind: TenantSecretKind,
  tenant: TenantId,
  id: string,
  text: string,
): Promise<string> {
  return await seal(ring, kind, text, `${tenant}/${id}`);
}

/** The text of {@link sealTenantSecret}, or `null` for anything that was not sealed as just this. */
export async function openTenantSecret(
  ring: KeyRing,
  kind: TenantSecretKind,
  tenant: TenantId,
  id: string,
  sealed: string,
): Promise<string | null> {
  return await unseal(ring, kind, sealed, `${tenant}/${id}`);
}
