import { cacheStatus } from "../core/cache-status.ts";
import { type HeldEntry, isExpired } from "../core/entry.ts";
import { entryKey } from "../core/entry-key.ts";
import { SnapbyteError } from "../core/errors.ts";
import { parseRawUrl } from "../core/origin-url/raw-url.ts";
import { allowingRule } from "../core/origins/allow-list.ts";
import type { OriginRule, Tenant } from "../core/tenant.ts";
import type { SignedFor } from "./admit.ts";
import { type CopyLinkParts, copyLink, hitEvent } from "./copy-link.ts";
import { prepareLinkEpoch } from "./link-epoch.ts";
import { ALL_AWAITED, type LookUpParts, lookUp } from "./look-up.ts";
import { reach } from "./reach.ts";
import type { Redirect } from "./resolve.ts";

/** A download that names only a key. */
export type KeyAsk = {
  readonly tenant: Tenant;
  readonly key: string;
  /** Whether the caller showed an API key of the tenant, or a link to this key that the tenant signed. */
  readonly trusted: boolean;
  /** The tenant's signature on that link; `null`: there is none. */
  readonly signed: SignedFor | null;
  readonly method: "GET" | "HEAD";
};

/**
 * Sends a download that has no origin URL to our copy, if the caller may have it: with an API key, with a link that
 * the tenant signed, or when the origin is public. Otherwise 404, the same for what is forbidden and what is not there;
 * 503 when nobody could say. A stranger may have been the first to name the key; a caller that we know takes it over with
 * a preload, and keeps it.
 */
export async function resolveKey(
  { tenant, key: customKey, trusted, signed, method }: KeyAsk,
  local: boolean,
  parts: LookUpParts & CopyLinkParts,
): Promise<Redirect> {
  // Not even the time of the answer tells a stranger what is there.
  if (!trusted && !hasPublicOrigin(tenant)) throw new SnapbyteError("NOT_FOUND");
  prepareLinkEpoch(tenant.id, parts);
  const key = await entryKey(tenant.id, { by: "custom", key: customKey });
  const entry = await lookUp(key, { ...parts, wishes: ALL_AWAITED }, async () => {});
  if (entry === undefined) throw new SnapbyteError("UNAVAILABLE");
  if (entry?.state !== "ready" || isExpired(entry, parts.clock.now())) throw new SnapbyteError("NOT_FOUND");
  const rule = ruleOf(tenant, entry, local);
  if (!trusted && (rule?.access ?? (rule && tenant.access)) !== "public") throw new SnapbyteError("NOT_FOUND");
  const hit = {
    tenant,
    key,
    rule: rule?.id ?? null,
    entry,
    method,
    origin: null,
    presentation: null,
    endsBy: null,
    signed,
  };
  const address = await reach("links", copyLink(hit, parts), parts.report);
  const { location } = address;
  return { location, cacheStatus: cacheStatus({ go: "copy", entry }), event: hitEvent(hit, address) };
}

function hasPublicOrigin({ access, originRules }: Tenant): boolean {
  return originRules.some((rule) => (rule.access ?? access) === "public");
}

/** The line of the allow-list that the copy's URL is on. */
function ruleOf(tenant: Tenant, entry: HeldEntry, local: boolean): OriginRule | null {
  const source = parseRawUrl(entry.source);
  return typeof source === "string" ? null : allowingRule(tenant.originRules, source, local);
}
