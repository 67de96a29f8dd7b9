import { isExpired } from "../core/entry.ts";
import { entryKey, identityDigest } from "../core/entry-key.ts";
import type { OriginUrl, ParameterClass, Unstorable } from "../core/origin-url/origin-url.ts";
import { redactIdentity } from "../core/origin-url/redact.ts";
import { allowingRule } from "../core/origins/allow-list.ts";
import type { AccessMode, Tenant } from "../core/tenant.ts";
import { ALL_AWAITED, type LookUpParts, lookUp } from "./look-up.ts";
import { readUrl } from "./read-source.ts";

/** What a URL means to us, for its owner: names and never values of its parameters. */
export type Inspection = {
  /** The signing scheme, by its id in the table of providers; `null`: it carries none that we know. */
  readonly provider: string | null;
  readonly identity: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number | null;
  readonly storable: boolean;
  /** Why it is not storable, or else why it is not served: `null` when nothing stands in the way. */
  readonly reason: Unstorable | "origin-not-allowed" | null;
  /** `null`: no origin rule allows it. */
  readonly access: AccessMode | null;
  /** Whether there is a copy of the object. */
  readonly cached: boolean;
  readonly parameters: {
    readonly credential: readonly string[];
    readonly significant: readonly string[];
    readonly presentational: readonly string[];
    /** Those, of any kind, that no signature covers although the URL carries one. */
    readonly unsigned: readonly string[];
  };
};

/** Explains a URL of the tenant's, allowed or not. Nothing is fetched. Throws 400 for what is no URL of ours. */
export async function inspect(tenant: Tenant, text: string, local: boolean, parts: LookUpParts): Promise<Inspection> {
  const url = readUrl(tenant, text, "url");
  const rule = allowingRule(tenant.originRules, url.raw, local);
  return {
    provider: url.schemes[0] ?? null,
    identity: redactIdentity(url.identity),
    expiresAt: url.expiresAt,
    storable: url.unstorable === null,
    reason: url.unstorable ?? (rule ? null : "origin-not-allowed"),
    access: rule && (rule.access ?? tenant.access),
    cached: await isCached(tenant, url, parts),
    parameters: {
      credential: namesOf(url, "credential"),
      significant: namesOf(url, "significant"),
      presentational: namesOf(url, "presentational"),
      unsigned: url.schemes.length === 0 ? [] : unsignedNames(url),
    },
  };
}

async function isCached(tenant: Tenant, { identity }: OriginUrl, parts: LookUpParts): Promise<boolean> {
  const key = entryKey(tenant.id, { by: "identity", identity });
  const entry = await lookUp(key, { ...parts, wishes: ALL_AWAITED }, async () => {});
  if (entry?.state !== "ready" || isExpired(entry, parts.clock.now())) return false;
  return entry.boundTo === identityDigest(identity);
}

function namesOf({ parameters }: OriginUrl, kind: ParameterClass): string[] {
  return parameters.filter((parameter) => parameter.class === kind).map(writtenName);
}

function unsignedNames({ parameters }: OriginUrl): string[] {
  return parameters.filter(({ signed, class: kind }) => !signed && kind !== "credential").map(writtenName);
}

/** As it stands in the URL: that is where its owner will look for it. */
function writtenName({ raw }: { readonly raw: string }): string {
  return raw.replace(/=.*$/s, "");
}
