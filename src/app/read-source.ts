import {
  digestInKey,
  type EntryKey,
  type EntryName,
  entryKey,
  entryKeyOf,
  identityDigest,
  publicKey,
} from "../core/entry-key.ts";
import { SnapbyteError } from "../core/errors.ts";
import { type OriginUrl, readOriginUrl } from "../core/origin-url/origin-url.ts";
import { MAX_URL_BYTES, type RawUrlProblem } from "../core/origin-url/raw-url.ts";
import { allowingRule } from "../core/origins/allow-list.ts";
import type { AccessMode, OriginRule, Tenant } from "../core/tenant.ts";

/** A URL that a tenant's caller gave us, understood and allowed. */
export type Source = {
  readonly url: OriginUrl;
  readonly key: EntryKey;
  readonly publicKey: string;
  /** Digest of the URL's identity. */
  readonly identity: string;
  /** The key is that of another URL's entry: nothing may be filled or served under it. */
  readonly misnamed: boolean;
  readonly access: AccessMode;
  /** The line of the allow-list that the URL is on. */
  readonly rule: OriginRule;
};

const PROBLEMS: Record<RawUrlProblem, string> = {
  "too-long": `must be at most ${MAX_URL_BYTES} bytes`,
  "not-absolute": "must be an absolute URL, such as https://host/path",
  scheme: "must be an http or https URL",
  userinfo: "must not hold a user name or password",
  host: "has a host that is not valid",
  characters: "must not hold control characters or backslashes",
};

/**
 * Understands a URL, checks it against the tenant's allow-list and finds its entry. `field` is what errors call it.
 * Throws 400 for what is no URL of ours, 403 for an origin that is not allowed. Nothing is fetched.
 */
export async function readSource(
  tenant: Tenant,
  text: string,
  customKey: string | null,
  local: boolean,
  field = "url",
): Promise<Source> {
  const url = readUrl(tenant, text, field);
  const rule = allowingRule(tenant.originRules, url.raw, local);
  if (!rule) throw new SnapbyteError("ORIGIN_NOT_ALLOWED");
  const identity = identityDigest(url.identity);
  const named = customKey === null ? null : digestInKey(customKey);
  const name: EntryName =
    customKey === null ? { by: "identity", identity: url.identity } : { by: "custom", key: customKey };
  const key = customKey === null ? entryKeyOf(tenant.id, identity) : entryKey(tenant.id, name);
  return {
    url,
    key,
    publicKey: publicKey(key, name),
    identity,
    misnamed: named !== null && named !== identity,
    access: rule.access ?? tenant.access,
    rule,
  };
}

/** Understands a URL as one of this tenant's. Throws 400 for what is no URL of ours. */
export function readUrl(tenant: Tenant, text: string, field: string): OriginUrl {
  const url = readOriginUrl(text, tenant.cnames);
  if (typeof url === "string") throw new SnapbyteError("INVALID_FIELD", `${field} ${PROBLEMS[url]}.`);
  return url;
}
