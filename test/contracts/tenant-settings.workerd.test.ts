import { eq } from "drizzle-orm";
import { expect, inject, test } from "vitest";
import { connect } from "../../src/platform/postgres/database.ts";
import * as schema from "../../src/platform/postgres/schema.ts";
import { postgresTenants } from "../../src/platform/postgres/tenant-directory.ts";
import { postgresTenantSettings } from "../../src/platform/postgres/tenant-settings.ts";
import type { KnownTenant } from "../fakes/directory.ts";
import { knownTenant } from "./directory.contract.ts";
import { tenantSettingsContract } from "./tenant-settings.contract.ts";

const { database } = inject("services");
const db = connect(database);

async function seeded(known: readonly KnownTenant[]) {
  for (const { tenant, hosts } of known) {
    await db.insert(schema.tenants).values({ id: tenant.id, site: tenant.site });
    for (const host of hosts) await db.insert(schema.tenantHosts).values({ host, tenantId: tenant.id });
  }
  return postgresTenantSettings(db);
}

tenantSettingsContract("Postgres", seeded);

/** A tenant that has set everything, and what it has set. */
async function settled() {
  const { tenant, hosts } = knownTenant();
  const settings = await seeded([{ tenant, hosts }]);
  const rule = {
    scheme: "https",
    host: "a.example.com",
    port: 443,
    pathPrefix: "/",
    access: "verify",
    obeyPrivate: true,
    tags: [],
  } as const;
  const cname = { host: "cdn.example.com", bucket: "gs:media" };
  const largeStore = { store: "large", fromBytes: 2 ** 26 };
  const fill = { mode: "auto", storeHtml: true, maxObjectBytes: 2 ** 30, store: null, largeStore } as const;
  const cors = { origins: ["*"], requestHeaders: ["range"], exposedHeaders: ["etag"], maxAgeSeconds: 60 };
  const serving = { cors, resourcePolicy: "same-origin", showActive: true } as const;
  const own = `a.${tenant.id}.example.com`;
  const networks = { clientNetworks: ["192.0.2.0/24"], managementNetworks: ["::1/128"] };
  const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
  await settings.changeAccess(tenant.id, { access: "signed", ...networks });
  await settings.changeFillSettings(tenant.id, fill);
  await settings.changeServing(tenant.id, serving);
  await settings.addHost(tenant.id, { host: own, state: "active", customHostnameId: "1" }, 9);
  await settings.addHost(tenant.id, { host: `pending.${own}`, state: "pending", customHostnameId: "2" }, 9);
  const added = await settings.addOriginRule(tenant.id, rule);
  await settings.addCname(tenant.id, cname);
  for (const id of [first, second]) {
    const key = { id, kind: "bunny", name: id, sealed: `sealed ${id}`, expiresAt: null } as const;
    await settings.addLinkKey(tenant.id, { kid: id, sealed: `sealed ${id}` }, 2);
    await settings.putVerificationKey(tenant.id, key, 2);
  }
  const newestFirst = [second, first].map((id) => ({ id, sealed: `sealed ${id}` }));
  const keys = { linkKeys: newestFirst, verificationKeys: newestFirst };
  return {
    settings,
    tenant: {
      ...{ ...tenant, access: "signed", fill, serving, hosts: [own, ...hosts] },
      ...{ originRules: [{ ...rule, id: added?.id ?? 0 }], cnames: [cname], ...networks, ...keys },
    },
  };
}

test("what is set is what the directory gives", async () => {
  const { tenant } = await settled();
  expect(await postgresTenants(database).find({ by: "id", value: tenant.id })).toEqual(tenant);
});

test("nothing is left of a tenant that is deleted", async () => {
  const { settings, tenant } = await settled();
  await db.delete(schema.tenants).where(eq(schema.tenants.id, tenant.id));
  expect(await settings.names(tenant.id)).toEqual([]);
  expect(await settings.hosts(tenant.id)).toEqual([]);
  expect(await settings.originRules(tenant.id)).toEqual([]);
  expect(await settings.cnames(tenant.id)).toEqual([]);
  expect(await settings.linkKeys(tenant.id)).toEqual([]);
  expect(await settings.verificationKeys(tenant.id)).toEqual([]);
});
