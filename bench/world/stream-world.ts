import { randomBytes } from "node:crypto";
import { parseOriginRule } from "../../src/core/origins/parse-rule.ts";
import { PLAIN_SERVING, type Tenant, type TenantId } from "../../src/core/tenant.ts";
import { nameText, writeAnswer } from "../../src/platform/cloudflare/stored-tenant.ts";
import type { World } from "./world.ts";

/** The site of the only tenant: its first downloads pass through, and access to its origin is public. */
export const STREAM_SITE = "stream";

/** What a server is started with that knows no object yet. Addresses with a scheme and without a path. */
export function streamWorld(origin: string, postgres: string): Pick<World, "vars" | "kv"> {
  const rule = parseOriginRule(`${origin}/`, "public");
  if (!rule) throw new Error(`${origin} makes no rule`);
  const tenant: Tenant = {
    ...{ id: "tenant-stream" as TenantId, site: STREAM_SITE, access: "public", delivery: "edge", cnames: [] },
    ...{
      fill: { mode: "stream", storeHtml: false, maxObjectBytes: null, store: null, largeStore: null },
      originRules: [rule],
    },
    ...{
      serving: PLAIN_SERVING,
      hosts: [],
      linkKeys: [],
      verificationKeys: [],
      clientNetworks: [],
      managementNetworks: [],
      standing: "good",
    },
  };
  return {
    kv: { [`tenant:${nameText({ by: "site", value: STREAM_SITE })}`]: writeAnswer({ tenant }) },
    vars: {
      // Only there an origin may be of this machine.
      ENVIRONMENT: "local",
      DEFAULT_TENANT: STREAM_SITE,
      DATABASE_URL: "postgres://bench:bench@sql.invalid/bench",
      NEON_ENDPOINT: `${postgres}/sql`,
      SECRET_KEYS: `1:${randomBytes(32).toString("base64url")}`,
    },
  };
}
