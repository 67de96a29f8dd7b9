import { randomBytes } from "node:crypto";
import { parseKeyRing } from "../../src/core/crypto/key-ring.ts";
import { parseOriginRule } from "../../src/core/origins/parse-rule.ts";
import {
  type AccessMode,
  type DeliveryMode,
  PLAIN_SERVING,
  type SealedSecret,
  type Tenant,
  type TenantId,
} from "../../src/core/tenant.ts";
import { sealTenantSecret, type TenantSecretKind } from "../../src/core/tenant-secret.ts";
import { nameText, writeAnswer } from "../../src/platform/cloudflare/stored-tenant.ts";
import { type HeldEntries, heldEntries } from "./held-entries.ts";

/** What a server is started with. */
export type World = {
  readonly vars: Readonly<Record<string, string>>;
  readonly kv: Readonly<Record<string, string>>;
  readonly held: HeldEntries;
  readonly googleKeys: unknown;
};

export type WorldOptions = {
  /** Tenants by site. Each has a copy of every object there is, but one that is `empty` has none. */
  readonly tenants: Readonly<Record<string, TenantWish>>;
  /** Where objects may lie: scheme and host. */
  readonly origins: readonly string[];
  /** Objects that nobody has a copy of, by the digest of their identity. */
  readonly absent?: readonly string[];
  /** Secrets that every tenant registered, by id. */
  readonly secrets?: Readonly<Record<TenantSecretKind, Readonly<Record<string, string>>>>;
  readonly googleKeys?: unknown;
};

export type TenantWish = { readonly access: AccessMode; readonly delivery?: DeliveryMode; readonly empty?: true };

/** The host at which the tenant of a site is found. */
export function hostOf(site: string): string {
  return `${site}.invalid`;
}

export function tenantIdOf(site: string): TenantId {
  return `tenant-${site}` as TenantId;
}

const NO_SECRETS: Readonly<Record<TenantSecretKind, Readonly<Record<string, string>>>> = {
  ...{ "link-key": {}, "verification-key": {} },
};

/** Puts together what KV and the environment hold, in the form in which they rest. */
export async function makeWorld(options: WorldOptions): Promise<World> {
  const { tenants, origins, absent = [], secrets = NO_SECRETS, googleKeys = { keys: [] } } = options;
  const ringText = `1:${randomBytes(32).toString("base64url")}`;
  const ring = parseKeyRing(ringText);
  if (!ring) throw new Error("a key ring that does not parse");
  const kv: Record<string, string> = {};
  const [first = ""] = Object.keys(tenants);
  for (const [site, { access, delivery = "edge" }] of Object.entries(tenants)) {
    const id = tenantIdOf(site);
    const seal = async (kind: TenantSecretKind): Promise<SealedSecret[]> =>
      await Promise.all(
        Object.entries(secrets[kind]).map(async ([name, text]) => {
          return { id: name, sealed: await sealTenantSecret(ring, kind, id, name, text) };
        }),
      );
    const tenant: Tenant = {
      ...{ id, site, access, delivery, cnames: [], serving: PLAIN_SERVING, hosts: [] },
      ...{ clientNetworks: [], managementNetworks: [], standing: "good" as const },
      fill: { mode: "redirect", storeHtml: false, maxObjectBytes: null, store: null, largeStore: null },
      originRules: origins.flatMap((origin) => parseOriginRule(`${origin}/`, null) ?? []),
      linkKeys: await seal("link-key"),
      verificationKeys: await seal("verification-key"),
    };
    kv[`tenant:${nameText({ by: "host", value: hostOf(site) })}`] = writeAnswer({ tenant });
    // The deployment's default is looked for beside the host's.
    if (site === first) kv[`tenant:${nameText({ by: "site", value: site })}`] = writeAnswer({ tenant });
  }
  const holders = Object.keys(tenants).filter((site) => !tenants[site]?.empty);
  return { vars: varsOf(first, ringText), kv, held: heldEntries(holders.map(tenantIdOf), absent), googleKeys };
}

function varsOf(defaultSite: string, ring: string): Record<string, string> {
  return {
    ENVIRONMENT: "production",
    DEFAULT_TENANT: defaultSite,
    DATABASE_URL: "postgres://bench:bench@sql.invalid/bench",
    NEON_ENDPOINT: "http://sql.invalid/sql",
    ACCOUNT_KEYS_ENDPOINT: "http://keys.invalid",
    SECRET_KEYS: ring,
    R2_S3_ENDPOINT: "https://store.invalid",
    R2_S3_BUCKET: "copies",
    R2_S3_ACCESS_KEY_ID: randomBytes(16).toString("hex"),
    R2_S3_SECRET_ACCESS_KEY: randomBytes(32).toString("hex"),
  };
}
