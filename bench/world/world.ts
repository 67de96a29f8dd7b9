import { randomBytes } from "node:crypto";
import { parseKeyRing } from "../../src/core/crypto/key-ring.ts";
import type { HeldEntry } from "../../src/core/entry.ts";
import { entryKey, identityDigest, keyText } from "../../src/core/entry-key.ts";
import { readOriginUrl } from "../../src/core/origin-url/origin-url.ts";
import { parseOriginRule } from "../../src/core/origins/parse-rule.ts";
import {
  type AccessMode,
  PLAIN_SERVING,
  type SealedSecret,
  type Tenant,
  type TenantId,
} from "../../src/core/tenant.ts";
import { sealTenantSecret, type TenantSecretKind } from "../../src/core/tenant-secret.ts";
import { nameText, writeAnswer } from "../../src/platform/cloudflare/stored-tenant.ts";

/** What a server is started with. */
export type World = {
  readonly vars: Readonly<Record<string, string>>;
  readonly kv: Readonly<Record<string, string>>;
  readonly googleKeys: unknown;
};

export type WorldOptions = {
  /** Every URL of a list names one object, of which there is a copy. Hosts and paths are allowed as they stand there. */
  readonly objects: readonly (readonly string[])[];
  /** Tenants that hold all of them, one for each access mode. */
  readonly modes: readonly AccessMode[];
  /** Secrets that every tenant registered, by id. */
  readonly secrets: Readonly<Record<TenantSecretKind, Readonly<Record<string, string>>>>;
  readonly googleKeys: unknown;
};

/** The host at which a tenant is found. */
export function hostOf(mode: AccessMode): string {
  return `${mode}.invalid`;
}

/** Puts together what KV and the environment hold, in the form in which they rest. */
export async function makeWorld({ objects, modes, secrets, googleKeys }: WorldOptions): Promise<World> {
  const ringText = `1:${randomBytes(32).toString("base64url")}`;
  const ring = parseKeyRing(ringText);
  if (!ring) throw new Error("a key ring that does not parse");
  const kv: Record<string, string> = {};
  for (const mode of modes) {
    const id = `tenant-${mode}` as TenantId;
    const seal = async (kind: TenantSecretKind): Promise<SealedSecret[]> =>
      await Promise.all(
        Object.entries(secrets[kind]).map(async ([name, text]) => {
          return { id: name, sealed: await sealTenantSecret(ring, kind, id, name, text) };
        }),
      );
    const tenant: Tenant = {
      ...{
        id,
        site: mode,
        access: mode,
        delivery: "edge",
        cnames: [],
        serving: PLAIN_SERVING,
        hosts: [],
        clientNetworks: [],
        managementNetworks: [],
      },
      fill: { mode: "redirect", storeHtml: false, maxObjectBytes: null, store: null, largeStore: null },
      originRules: objects.flatMap(([url = ""]) => parseOriginRule(`${new URL(url).origin}/`, null) ?? []),
      linkKeys: await seal("link-key"),
      verificationKeys: await seal("verification-key"),
    };
    kv[`tenant:${nameText({ by: "host", value: hostOf(mode) })}`] = writeAnswer({ tenant });
    // The deployment's default is looked for beside the host's.
    kv[`tenant:${nameText({ by: "site", value: modes[0] ?? "" })}`] ??= writeAnswer({ tenant });
    for (const [url = ""] of objects) Object.assign(kv, await storedEntry(id, url));
  }
  const vars = {
    ENVIRONMENT: "production",
    DEFAULT_TENANT: modes[0] ?? "",
    DATABASE_URL: "postgres://bench:bench@sql.invalid/bench",
    NEON_ENDPOINT: "http://sql.invalid/sql",
    ACCOUNT_KEYS_ENDPOINT: "http://keys.invalid",
    SECRET_KEYS: ringText,
  };
  return { vars, kv, googleKeys };
}

/** A ready copy of the object that a URL names, as `kvEntryIndex` writes it: in another form it would be no hit. */
async function storedEntry(tenant: TenantId, text: string): Promise<Record<string, string>> {
  const url = readOriginUrl(text);
  if (typeof url === "string") throw new Error(`${text.slice(0, 80)}: ${url}`);
  const key = await entryKey(tenant, { by: "identity", identity: url.identity });
  const entry: HeldEntry = {
    state: "ready",
    boundTo: await identityDigest(url.identity),
    source: text.replace(/[?#].*$/s, ""),
    copy: {
      ...{ generation: randomBytes(16).toString("hex"), size: 1_048_576, contentType: "video/mp4" },
      ...{ etag: '"bench"', originEtag: '"bench"', sha256: "0".repeat(64), storedAt: Date.now() },
      ...{ partsDigest: null, freshUntil: null },
    },
    expiresAt: null,
  };
  return { [`entry:${keyText(key)}`]: JSON.stringify({ version: 2, entry }) };
}
