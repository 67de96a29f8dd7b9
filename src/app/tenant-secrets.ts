import type { KeyRing } from "../core/crypto/key-ring.ts";
import { ExpiringMap } from "../core/expiring-map.ts";
import type { SealedSecret, Tenant } from "../core/tenant.ts";
import { openTenantSecret, type TenantSecretKind } from "../core/tenant-secret.ts";
import type { Material } from "../core/verify/material.ts";
import type { Report } from "./in-background.ts";

/** What a tenant's sealed secrets say, for as long as this isolate needs them. */
export type TenantSecrets = {
  /** The text of a link key; `null`: the tenant has none of this id. Rejects when it does not open: that is our fault. */
  linkKey(tenant: Tenant, kid: string): Promise<string | null>;
  /** All that opens; what does not is reported and left out, and its links are asked of the origin. */
  material(tenant: Tenant): Promise<readonly Material[]>;
};

/** Opened secrets that one isolate remembers: some hundred bytes each. */
const REMEMBERED_SECRETS = 5_000;

/** Opens by the deployment's keys, each sealed text once. */
export function tenantSecrets(ring: KeyRing, report: Report): TenantSecrets {
  const linkKeys = new ExpiringMap<Promise<string | null>>(REMEMBERED_SECRETS);
  const materials = new ExpiringMap<Promise<Material | null>>(REMEMBERED_SECRETS);
  const ofTenants = new WeakMap<Tenant, Promise<readonly Material[]>>();

  async function open(kind: TenantSecretKind, tenant: Tenant, { id, sealed }: SealedSecret): Promise<string | null> {
    const text = await openTenantSecret(ring, kind, tenant.id, id, sealed);
    if (text === null) report("secrets", new Error(`the ${kind} ${id} of tenant ${tenant.id} does not open`));
    return text;
  }

  /** The same object for the same secret: verifiers remember their imported keys by it. */
  function materialOf(tenant: Tenant, secret: SealedSecret): Promise<Material | null> {
    return remembered(materials, nameOf(tenant, secret), async () => {
      const text = await open("verification-key", tenant, secret);
      return text === null ? null : (JSON.parse(text) as Material);
    });
  }

  return {
    async linkKey(tenant, kid) {
      const secret = tenant.linkKeys.find(({ id }) => id === kid);
      if (!secret) return null;
      const text = await remembered(linkKeys, nameOf(tenant, secret), () => open("link-key", tenant, secret));
      if (text === null) throw new Error("a link key does not open");
      return text;
    },
    async material(tenant) {
      const known = ofTenants.get(tenant);
      if (known) return await known;
      const opened = Promise.all(tenant.verificationKeys.map((secret) => materialOf(tenant, secret)));
      const all = opened.then((found) => found.filter((material) => material !== null));
      ofTenants.set(tenant, all);
      return await all;
    },
  };
}

/** A secret that was sealed anew is another, and one of another tenant's is never the same. */
function nameOf(tenant: Tenant, { id, sealed }: SealedSecret): string {
  return `${tenant.id}/${id} ${sealed}`;
}

function remembered<Value>(map: ExpiringMap<Promise<Value>>, name: string, make: () => Promise<Value>): Promise<Value> {
  const known = map.get(name, 0);
  if (known) return known;
  const made = make();
  map.set(name, made, Number.POSITIVE_INFINITY);
  return made;
}
