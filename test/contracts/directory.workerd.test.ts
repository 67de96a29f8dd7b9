import { env } from "cloudflare:workers";
import { inject } from "vitest";
import { kvTenants } from "../../src/platform/cloudflare/kv-tenant-directory.ts";
import { lastKnownTenants } from "../../src/platform/cloudflare/last-known-tenants.ts";
import { rememberTenants } from "../../src/platform/cloudflare/remembered-tenants.ts";
import { postgresApiKeys } from "../../src/platform/postgres/api-keys.ts";
import { connect } from "../../src/platform/postgres/database.ts";
import * as schema from "../../src/platform/postgres/schema.ts";
import { postgresTenants } from "../../src/platform/postgres/tenant-directory.ts";
import { fakeTenants, type KnownTenant } from "../fakes/directory.ts";
import { apiKeysContract, tenantDirectoryContract } from "./directory.contract.ts";

const db = connect(inject("services").database);

async function seeded(known: readonly KnownTenant[]) {
  for (const { tenant, hosts } of known) {
    const { originRules, ...row } = tenant;
    await db.insert(schema.tenants).values(row);
    for (const host of hosts) await db.insert(schema.tenantHosts).values({ host, tenantId: row.id });
    for (const rule of originRules) await db.insert(schema.originRules).values({ ...rule, tenantId: row.id });
  }
  return postgresTenants(db);
}

tenantDirectoryContract("Postgres", seeded);
tenantDirectoryContract("Workers KV", async (known) => kvTenants(env.INDEX, fakeTenants(known)));
tenantDirectoryContract("isolate memory", async (known) => rememberTenants(fakeTenants(known), Date));
tenantDirectoryContract("last known", async (known) => lastKnownTenants(caches.default, fakeTenants(known)));
tenantDirectoryContract("all of them, in front of each other", async (known) =>
  rememberTenants(lastKnownTenants(caches.default, kvTenants(env.INDEX, await seeded(known))), Date),
);

apiKeysContract("Postgres", async (callers, revoked) => {
  for (const [hash, caller] of callers) {
    const tenantId = caller.role === "tenant" ? caller.tenant : null;
    if (tenantId !== null) await db.insert(schema.tenants).values({ id: tenantId, site: tenantId });
    await db.insert(schema.apiKeys).values({ hash, tenantId, name: "test" });
  }
  for (const hash of revoked) await db.insert(schema.apiKeys).values({ hash, name: "test", revokedAt: new Date() });
  return postgresApiKeys(db);
});
