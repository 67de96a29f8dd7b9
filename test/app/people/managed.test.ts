import { describe, expect, it } from "vitest";
import type { TenantHint } from "../../../src/app/find-tenant.ts";
import { type ManagedParts, managed } from "../../../src/app/people/managed.ts";
import type { Tenant } from "../../../src/core/tenant.ts";
import { ACME_KEY, bearer, keyedWorld, NO_KEY, OPERATOR_KEY, ORPHAN_KEY, OTHER, OTHER_KEY } from "../keyed-world.ts";
import { ACME, failing, reported } from "../world.ts";

const HERE: TenantHint = { host: "edge.example.com", site: null, address: "192.0.2.1" };

const tenantBy = async (authorization: string | null, hint: TenantHint, parts: ManagedParts) =>
  (await managed(authorization, hint, "settings:read", parts)).tenant;

describe("a management call", () => {
  it.each<[string, string, TenantHint, Tenant]>([
    ["a tenant's key is about that tenant", ACME_KEY, HERE, ACME],
    ["a tenant's key that names its own site too", ACME_KEY, { ...HERE, site: "acme-site" }, ACME],
    ["a tenant's key on another's host is still about its own", ACME_KEY, { ...HERE, host: "cdn.other.example" }, ACME],
    ["a tenant that is not the default", OTHER_KEY, HERE, OTHER],
    ["an operator's key is about the site that it names", OPERATOR_KEY, { ...HERE, site: "other-site" }, OTHER],
    ["an operator's key without a site is about the host", OPERATOR_KEY, { ...HERE, host: "cdn.other.example" }, OTHER],
    ["an operator's key without either is about the default", OPERATOR_KEY, HERE, ACME],
  ])("with %s", async (_, apiKey, hint, tenant) => {
    expect(await tenantBy(bearer(apiKey), hint, await keyedWorld())).toEqual(tenant);
  });

  it.each(NO_KEY)("%s is refused", async (_, authorization) => {
    const asked = tenantBy(authorization, HERE, await keyedWorld());
    await expect(asked).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  it.each([
    ["another tenant's site", ACME_KEY, "other-site"],
    ["a site of nobody's", ACME_KEY, "nobody"],
    ["no site, of a tenant that is gone", ORPHAN_KEY, null],
  ])("with a tenant's key that names %s is refused", async (_, apiKey, site) => {
    const asked = tenantBy(bearer(apiKey), { ...HERE, site }, await keyedWorld());
    await expect(asked).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  it("of an operator for a site of nobody's finds no tenant", async () => {
    const asked = tenantBy(bearer(OPERATOR_KEY), { ...HERE, site: "nobody" }, await keyedWorld());
    await expect(asked).rejects.toMatchObject({ code: "UNKNOWN_TENANT" });
  });

  /** As {@link keyedWorld}, where Acme takes management calls from one network only. */
  const fencedWorld = () =>
    keyedWorld({ ...ACME, managementNetworks: ["192.0.2.0/24"], clientNetworks: ["198.51.100.0/24"] });

  it("with a tenant's key is let in from the networks that the tenant names for that", async () => {
    const world = await fencedWorld();
    expect(await tenantBy(bearer(ACME_KEY), HERE, world)).toMatchObject({ id: ACME.id });
  });

  it.each([["198.51.100.1"], ["::1"], [null]])("with a tenant's key is refused from elsewhere: %s", async (address) => {
    const asked = tenantBy(bearer(ACME_KEY), { ...HERE, address }, await fencedWorld());
    await expect(asked).rejects.toMatchObject({ code: "NETWORK_NOT_ALLOWED" });
  });

  it("with an operator's key is let in from wherever it comes: somebody must be able to undo a slip", async () => {
    const asked = tenantBy(bearer(OPERATOR_KEY), { ...HERE, address: null }, await fencedWorld());
    expect(await asked).toMatchObject({ id: ACME.id });
  });

  it.each(NO_KEY)(
    "%s is refused for that, wherever it comes from: networks are told to nobody",
    async (_, authorization) => {
      const asked = tenantBy(authorization, { ...HERE, address: "198.51.100.1" }, await fencedWorld());
      await expect(asked).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    },
  );

  it("for another's site is refused before networks are looked at", async () => {
    const hint = { ...HERE, site: "other-site", address: "198.51.100.1" };
    await expect(tenantBy(bearer(ACME_KEY), hint, await fencedWorld())).rejects.toMatchObject({
      code: "UNAUTHORIZED",
    });
  });

  it.each(["keys", "directory"] as const)("cannot be judged while the %s are down: 503", async (what) => {
    const world = await keyedWorld();
    const down = { ...world, [what]: failing(world[what], "find") };
    for (const apiKey of [ACME_KEY, OPERATOR_KEY]) {
      await expect(tenantBy(bearer(apiKey), HERE, down)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    }
    expect(reported(world)).toHaveLength(2);
  });

  it("without a key is refused and not 503 while all is down: nobody is asked", async () => {
    const world = await keyedWorld();
    const down = { ...world, keys: failing(world.keys, "find"), directory: failing(world.directory, "find") };
    await expect(tenantBy(null, HERE, down)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    expect(world.reports).toEqual([]);
  });
});
