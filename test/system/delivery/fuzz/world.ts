import { entryKeyOf } from "../../../../src/core/entry-key.ts";
import type { Link } from "../../../../src/core/link.ts";
import { PLAIN_SERVING, type Tenant, type TenantId } from "../../../../src/core/tenant.ts";
import { nameText, writeAnswer } from "../../../../src/platform/cloudflare/stored-tenant.ts";
import type { Hosts } from "./judge.ts";
import type { Target } from "./tokens.ts";

/** Always the same keys, so that a seed means the same tokens tomorrow. */
export const RING = `1:${"F".repeat(42)}A`;
/** Bytes of an object by the name of its size. */
export const SIZES = { small: 20_000, tiny: 1, empty: 0 };
const FAR = Date.UTC(2090, 0, 1);

const [ACME, OTHER] = ["acme", "other"] as const;
export const HOSTS: NonNullable<Hosts> = {
  everybodys: ["edge.invalid"],
  own: { "files.acme.invalid": ACME, "files.other.invalid": OTHER },
};
/** What is asked: those, one that has only the API, and one that is nobody's. */
export const NAMES = [
  ...Array.from({ length: 8 }, () => "edge.invalid"),
  ...Object.keys(HOSTS.own),
  "api.invalid",
  "nobody.invalid",
];

/** Two tenants with hosts of their own, in the form in which KV keeps them. */
export function kvOfTenants(): Record<string, string> {
  const kv: Record<string, string> = {};
  for (const [host, id] of Object.entries(HOSTS.own)) {
    const tenant: Tenant = {
      ...{ id: id as TenantId, site: id, access: "public", delivery: "edge", cnames: [], originRules: [] },
      fill: { mode: "redirect", storeHtml: false, maxObjectBytes: null, store: null, largeStore: null },
      ...{ serving: PLAIN_SERVING, hosts: [host], linkKeys: [], verificationKeys: [] },
      ...{ clientNetworks: [], managementNetworks: [], standing: "good" as const },
    };
    for (const name of [
      { by: "id", value: id },
      { by: "host", value: host },
      { by: "site", value: id },
    ] as const) {
      kv[`tenant:${nameText(name)}`] = writeAnswer({ tenant });
    }
  }
  return kv;
}

export const VARS = {
  ENVIRONMENT: "production",
  DEFAULT_TENANT: ACME,
  DELIVERY_HOSTS: HOSTS.everybodys.join(","),
  API_HOSTS: "api.invalid",
  DATABASE_URL: "postgres://fuzz:fuzz@sql.invalid/fuzz",
  NEON_ENDPOINT: "http://sql.invalid/sql",
  SECRET_KEYS: RING,
};

/** A copy of each size, of each tenant. */
export function targets(): Target[] {
  return [ACME, OTHER].flatMap((tenant) =>
    Object.entries(SIZES).map(([name, size], at) => {
      const key = entryKeyOf(tenant as TenantId, "fuzz".repeat(10).concat("abc"));
      const link: Link = {
        ...{ key, generation: `${name}-${at}`, expiresAt: FAR, originUrl: "https://origin.example/x.mp4?sig=1" },
        ...{ presentation: null, network: null, epoch: 0, sha256: "ab".repeat(32), size, rule: null },
      };
      return { link, size };
    }),
  );
}
