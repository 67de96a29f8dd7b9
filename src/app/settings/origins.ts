import { SnapbyteError } from "../../core/errors.ts";
import { hasDotSegments } from "../../core/origin-url/percent-encoding.ts";
import { parseOriginRule } from "../../core/origins/parse-rule.ts";
import { isPrivateHost } from "../../core/origins/private-host.ts";
import type { AccessMode, OriginRule, TenantId } from "../../core/tenant.ts";
import type { StoredOriginRule } from "../../ports/tenant-settings.ts";
import { ask, change, MAX_SETTINGS_OF_A_KIND, type SettingsParts } from "./change.ts";

/** The tenant's allow-list, the oldest rule first. */
export async function listOrigins(tenant: TenantId, parts: SettingsParts): Promise<readonly StoredOriginRule[]> {
  return await ask(parts.settings.originRules(tenant), parts);
}

/** One line of the allow-list. Throws 404 when the tenant has none of this id. */
export async function describeOrigin(tenant: TenantId, id: number, parts: SettingsParts): Promise<StoredOriginRule> {
  const rule = (await listOrigins(tenant, parts)).find((each) => each.id === id);
  if (!rule) throw new SnapbyteError("NOT_FOUND");
  return rule;
}

/**
 * Allows one more origin. `text` as `https://*.example.com/public/`; `local`: local development, where plain http, IP
 * literals and private hosts may be allowed. Throws 400 for another text, 409 when there is one like it or no room.
 */
export async function addOrigin(
  tenant: TenantId,
  { text, access }: { text: string; access: AccessMode | null },
  local: boolean,
  parts: SettingsParts,
): Promise<StoredOriginRule> {
  const rule = checkRule(text, access, local);
  const { length } = await listOrigins(tenant, parts);
  if (length >= MAX_SETTINGS_OF_A_KIND) throw new SnapbyteError("LIMIT_REACHED");
  const added = await change(tenant, parts.settings.addOriginRule(tenant, rule), parts);
  if (!added) throw new SnapbyteError("ALREADY_EXISTS");
  return added;
}

/** Another way to prove access, `null` being the tenant's default. Throws 404 when the tenant has none of this id. */
export async function changeOrigin(
  tenant: TenantId,
  id: number,
  access: AccessMode | null,
  parts: SettingsParts,
): Promise<StoredOriginRule> {
  const rule = await change(tenant, parts.settings.changeOriginRule(tenant, id, access), parts);
  if (!rule) throw new SnapbyteError("NOT_FOUND");
  return rule;
}

/** From here on URLs of this origin are refused, unless another rule allows them. Throws 404 as above. */
export async function removeOrigin(tenant: TenantId, id: number, parts: SettingsParts): Promise<void> {
  const removed = await change(tenant, parts.settings.removeOriginRule(tenant, id), parts);
  if (!removed) throw new SnapbyteError("NOT_FOUND");
}

function checkRule(text: string, access: AccessMode | null, local: boolean): OriginRule {
  const refuse = (why: string) => new SnapbyteError("INVALID_FIELD", `origin ${why}.`);
  const rule = parseOriginRule(text, access);
  if (!rule) throw refuse("must be a URL without a query, such as https://*.example.com/public/");
  if (text.includes("#")) throw refuse("must not have a fragment");
  if (!/^\p{ASCII}*$/u.test(text)) throw refuse("must be percent-encoded");
  // Downloads through such a path are refused, so the rule would never allow anything.
  if (hasDotSegments(rule.pathPrefix)) throw refuse("must not hold . or .. as a part of its path");
  if (local) return rule;
  if (rule.scheme !== "https") throw refuse("must be an https URL");
  if (isPrivateHost(rule.host.replace(/^\*\./, ""))) throw refuse("must have a public host name");
  return rule;
}
