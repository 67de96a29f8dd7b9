import type { Tenant } from "../../core/tenant.ts";
import { formatUploadToken, type UploadGrant } from "../../core/uploads/upload-token.ts";
import { type SigningKeyParts, signingKey } from "../settings/signing-key.ts";

/**
 * An upload token in the tenant's name, for those who rather call than sign. Throws 409 where there is no link key, 503
 * when nobody could say.
 */
export async function makeUploadToken(
  tenant: Tenant,
  grant: Omit<UploadGrant, "site" | "kid">,
  parts: SigningKeyParts,
): Promise<string> {
  const { kid, key } = await signingKey(tenant, parts);
  return formatUploadToken({ ...grant, site: tenant.site, kid }, key);
}
