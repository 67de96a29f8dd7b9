import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { expect, inject, test, vi } from "vitest";
import { kvTenants } from "../../src/platform/cloudflare/kv-tenant-directory.ts";
import { lastKnownTenants } from "../../src/platform/cloudflare/last-known-tenants.ts";
import { rememberKeys } from "../../src/platform/cloudflare/remembered-keys.ts";
import { rememberTenants } from "../../src/platform/cloudflare/remembered-tenants.ts";
import { postgresApiKeys } from "../../src/platform/postgres/api-keys.ts";
import { connect } from "../../src/platform/postgres/database.ts";
import * as schema from "../../src/platform/postgres/schema.ts";
import { postgresTenants } from "../../src/platform/postgres/tenant-directory.ts";
import type { TenantDirectory } from "../../src/ports/directory.ts";
import { fakeApiKeys, type KnownTenant, latestUse } from "../fakes/directory.ts";
import {
  apiKeysContract,
  beforeFake,
  knownTenant,
  type MadeDirectory,
  tenantDirectoryContract,
} from "./directory.contract.ts";
import { newTenant } from "./keys.ts";

const { database } = inject("services");
const db = connect(database);

async function seeded(known: readonly KnownTenant[]): Promise<MadeDirectory> {
  for (const { tenant, hosts } of known) {
    const { fill, serving, originRules, cnames, linkKeys, verificationKeys, standing, ...row } = tenant;
    const { clientNetworks, managementNetworks } = row;
    const tenantId = row.id;
    // The newest first, as the directory gives them.
    const createdAt = (index: number) => new Date(Date.UTC(2026, 0, 31 - index));
    await db.batch([
      db.insert(schema.tenants).values({
        ...{ ...row, clientNetworks: [...clientNetworks], managementNetworks: [...managementNetworks] },
        ...{ fillMode: fill.mode, storeHtml: fill.storeHtml, maxObjectBytes: fill.maxObjectBytes, ...serving },
        standing: standing === "good" ? null : standing,
        ...{ store: fill.store, largeStore: fill.largeStore?.store, largeFromBytes: fill.largeStore?.fromBytes },
      }),
      ...hosts.map((host) => db.insert(schema.tenantHosts).values({ host, tenantId })),
      ...originRules.map((rule) =>
        db
          .insert(schema.originRules)
          .overridingSystemValue()
          .values({ ...rule, tags: [...rule.tags], tenantId }),
      ),
      ...cnames.toReversed().map((cname) => db.insert(schema.tenantCnames).values({ ...cname, tenantId })),
      ...linkKeys.map(({ id, sealed }, index) =>
        db.insert(schema.linkKeys).values({ kid: id, sealed, tenantId, createdAt: createdAt(index) }),
      ),
      ...verificationKeys.map(({ id, sealed }, index) =>
        db
          .insert(schema.verificationKeys)
          .values({ id, sealed, tenantId, kind: "s3-secret", name: id, createdAt: createdAt(index) }),
      ),
    ]);
  }
  const open = async (id: string) => {
    await db.update(schema.tenants).set({ access: "public" }).where(eq(schema.tenants.id, id));
  };
  const addHost = async (tenantId: string, host: string) => {
    await db.insert(schema.tenantHosts).values({ host, tenantId });
  };
  return { directory: postgresTenants(database), open, addHost };
}

/** The directory that `make` makes, each answer of which comes when what it does in the background is done. */
function settling(make: (background: (work: Promise<unknown>) => void) => TenantDirectory): TenantDirectory {
  const work: Promise<unknown>[] = [];
  const directory = make((promise) => work.push(promise));
  return {
    async find(name) {
      const tenant = await directory.find(name);
      for (const promise of work) await promise;
      return tenant;
    },
    forget: (names) => directory.forget(names),
  };
}

const cache = caches.default;

tenantDirectoryContract("Postgres", seeded);
tenantDirectoryContract(
  "Workers KV",
  beforeFake((fake) => settling((background) => kvTenants(env.INDEX, fake, background))),
);
tenantDirectoryContract(
  "isolate memory",
  beforeFake((fake) => settling((background) => rememberTenants(fake, Date, { background }))),
);
tenantDirectoryContract(
  "last known",
  beforeFake((fake) => settling((background) => lastKnownTenants(cache, fake, background))),
);
tenantDirectoryContract("all of them, in front of each other", async (known) => {
  const { directory, ...changes } = await seeded(known);
  const all = settling((background) => {
    const kept = kvTenants(env.INDEX, directory, background);
    return rememberTenants(lastKnownTenants(cache, kept, background), Date, { background });
  });
  return { directory: all, ...changes };
});

test("Postgres gives a tenant by one request, whatever it is asked for by", async () => {
  const known = knownTenant();
  const { directory } = await seeded([known]);
  const send = vi.spyOn(globalThis, "fetch");
  try {
    await directory.find({ by: "host", value: known.hosts[0] ?? "" });
    expect(send).toHaveBeenCalledTimes(1);
    await directory.find({ by: "site", value: known.tenant.site });
    expect(send).toHaveBeenCalledTimes(2);
  } finally {
    send.mockRestore();
  }
});

test.each(["pending", "failed"] as const)(
  "Postgres finds nobody by a host that is %s, and tells of none",
  async (state) => {
    const known = knownTenant();
    const { directory } = await seeded([known]);
    const [host = ""] = known.hosts;
    await db.update(schema.tenantHosts).set({ state }).where(eq(schema.tenantHosts.host, host));
    expect(await directory.find({ by: "host", value: host })).toBeNull();
    const others = known.hosts.filter((each) => each !== host);
    const found = await directory.find({ by: "id", value: known.tenant.id });
    expect(found).toEqual({ ...known.tenant, hosts: others });
  },
);

test("Postgres gives no verification key whose time is over", async () => {
  const known = knownTenant();
  const { directory } = await seeded([known]);
  const row = { tenantId: known.tenant.id, kind: "s3-day-key", sealed: "sealed" } as const;
  const [over, later] = [crypto.randomUUID(), crypto.randomUUID()];
  await db.insert(schema.verificationKeys).values([
    { ...row, id: over, name: "over", expiresAt: new Date(Date.now() - 1) },
    { ...row, id: later, name: "later", expiresAt: new Date(Date.now() + 3_600_000) },
  ]);
  const tenant = await directory.find({ by: "id", value: known.tenant.id });
  expect(tenant?.verificationKeys.map(({ id }) => id)).toEqual([later]);
});

test.each([
  { access: "open" as never },
  { delivery: "by post" as never },
  { fillMode: "by hand" as never },
  { maxObjectBytes: 0 },
  { resourcePolicy: "open" as never },
])("Postgres admits no tenant with %o, which no rule knows", async (wrong) => {
  const id = newTenant();
  await expect(db.insert(schema.tenants).values({ id, site: id, ...wrong })).rejects.toThrow();
});

apiKeysContract("Postgres", async (callers, revoked) => {
  for (const [hash, caller] of callers) {
    const { role, key, expiresAt } = caller;
    const row = { hash, ...key, expiresAt: expiresAt === null ? null : new Date(expiresAt) };
    const [tenantId, scopes] = role === "tenant" ? [caller.tenant, [...caller.scopes]] : [null, null];
    if (tenantId !== null) await db.insert(schema.tenants).values({ id: tenantId, site: tenantId });
    await db.insert(schema.apiKeys).values({ ...row, tenantId, scopes });
  }
  for (const hash of revoked) await db.insert(schema.apiKeys).values({ hash, name: "test", revokedAt: new Date() });
  const usedAt = async (hash: string) => {
    const [row] = await db.select().from(schema.apiKeys).where(eq(schema.apiKeys.hash, hash));
    return row?.lastUsedAt?.getTime() ?? null;
  };
  return { keys: postgresApiKeys(database), usedAt };
});

apiKeysContract("isolate memory", async (callers) => {
  const inner = fakeApiKeys();
  for (const [hash, caller] of callers) inner.callers.set(hash, caller);
  const keys = rememberKeys(inner, Date, () => {});
  // Each use is written down here, and not once an hour.
  return { keys: { ...keys, used: inner.used }, usedAt: async (hash) => latestUse(inner, hash) };
});

test("Postgres finds nobody by a key that has ended, and lets a key of before do all", async () => {
  const [ended, before] = [crypto.randomUUID(), crypto.randomUUID()];
  const tenantId = newTenant();
  await db.insert(schema.tenants).values({ id: tenantId, site: tenantId });
  await db.insert(schema.apiKeys).values([
    { hash: ended, tenantId, name: "ended", expiresAt: new Date(Date.now() - 1) },
    { hash: before, tenantId, name: "before" },
  ]);
  const keys = postgresApiKeys(database);
  expect(await keys.find(ended)).toBeNull();
  expect(await keys.find(before)).toMatchObject({ scopes: ["admin"], key: { id: expect.stringMatching(/./) } });
});
