import { SnapbyteError } from "../../core/errors.ts";
import { hasDotSegments } from "../../core/origin-url/percent-encoding.ts";
import { parseOriginRule } from "../../core/origins/parse-rule.ts";
import { isPrivateHost } from "../../core/origins/private-host.ts";
import type { OriginRule, TenantId } from "../../core/tenant.ts";
import type { NewOriginRule, OriginRuleChanges, StoredOriginRule } from "../../ports/tenant-settings.ts";
import { ask, change, MAX_SETTINGS_OF_A_KIND, type SettingsParts } from "./change.ts";

/** A rule that a tenant wants: `text` as `https://*.example.com/public/`. */
export type OriginWish = Pick<NewOriginRule, "access" | "obeyPrivate" | "tags" | "prices"> & { readonly text: string };

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
 * Allows one more origin. `local`: local development, where plain http, IP literals and private hosts may be allowed.
 * Throws 400 for another text, 409 when there is one like it or no room.
 */
export async function addOrigin(
  tenant: TenantId,
  wish: OriginWish,
  local: boolean,
  parts: SettingsParts,
): Promise<StoredOriginRule> {
  const rule = checkRule(wish, local);
  const { length } = await listOrigins(tenant, parts);
  if (length >= MAX_SETTINGS_OF_A_KIND) throw new SnapbyteError("LIMIT_REACHED");
  const adding = parts.settings.addOriginRule(tenant, { ...rule, prices: wish.prices ?? null });
  const added = await change(tenant, adding, parts);
  if (!added) throw new SnapbyteError("ALREADY_EXISTS");
  return added;
}

/**
 * Changes what is named and leaves the rest; access of `null` is the tenant's default. Throws 400 when nothing is named,
 * 404 when the tenant has none of this id.
 */
export async function changeOrigin(
  tenant: TenantId,
  id: number,
  changes: OriginRuleChanges,
  parts: SettingsParts,
): Promise<StoredOriginRule> {
  if (Object.keys(changes).length === 0) {
    throw new SnapbyteError("MISSING_FIELD", "access, obey_private, tags or prices is required.");
  }
  const rule = await change(tenant, parts.settings.changeOriginRule(tenant, id, changes), parts);
  if (!rule) throw new SnapbyteError("NOT_FOUND");
  return rule;
}

/** From here on URLs of this origin are refused, unless another rule allows them. Throws 404 as above. */
export async function removeOrigin(tenant: TenantId, id: number, parts: SettingsParts): Promise<void> {
  const removed = await change(tenant, parts.settings.removeOriginRule(tenant, id), parts);
  if (!removed) throw new SnapbyteError("NOT_FOUND");
}

function checkRule({ text, access, obeyPrivate, tags }: OriginWish, local: boolean): OriginRule {
  const refuse = (why: string) => new SnapbyteError("INVALID_FIELD", `origin ${why}.`);
  const parsed = parseOriginRule(text, access, obeyPrivate);
  if (!parsed) throw refuse("must be a URL without a query, such as https://*.example.com/public/");
  const rule = { ...parsed, tags };
  if (text.includes("#")) throw refuse("must not have a fragment");
  if (!/^\p{ASCII}*$/u.test(text)) throw refuse("must be percent-encoded");
  // Downloads through such a path are refused, so the rule would never allow anything.
  if (hasDotSegments(rule.pathPrefix)) throw refuse("must not hold . or .. as a part of its path");
  if (local) return rule;
  if (rule.scheme !== "https") throw refuse("must be an https URL");
  if (isPrivateHost(rule.host.replace(/^\*\./, ""))) throw refuse("must have a public host name");
  return rule;
}
