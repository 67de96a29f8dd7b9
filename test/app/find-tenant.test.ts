import { describe, expect, it } from "vitest";
import { findTenant } from "../../src/app/find-tenant.ts";
import type { Tenant, TenantName } from "../../src/core/tenant.ts";
import { tenantId } from "../core/samples.ts";
import { fakeTenants } from "../fakes/directory.ts";
import { ACME, failing, makeWorld, reported, type World } from "./world.ts";

const OTHER: Tenant = { ...ACME, id: tenantId("other"), site: "other-site" };

function worldOfTwo(): World {
  const directory = fakeTenants([
    { tenant: ACME, hosts: ["cdn.acme.example"] },
    { tenant: OTHER, hosts: ["other-site"] },
  ]);
  return { ...makeWorld(), directory };
}

type Hint = Parameters<typeof findTenant>[0];

const find = ({ directory, report }: World, hint: Hint, defaultSite = "acme-site") =>
  findTenant(hint, defaultSite, directory, report);

describe("the tenant of a request", () => {
  it.each<[string, Hint, Tenant]>([
    ["the one whose host it is", { host: "cdn.acme.example", site: null }, ACME],
    ["the one whose host it is, whatever site is named", { host: "cdn.acme.example", site: "other-site" }, ACME],
    ["the one whose host it is, also when nobody has the site", { host: "cdn.acme.example", site: "nobody" }, ACME],
    ["the one that the site names, on a host of nobody's", { host: "edge.example.com", site: "other-site" }, OTHER],
    ["the default without a site, on a host of nobody's", { host: "edge.example.com", site: null }, ACME],
    ["by host where a site of another has that name", { host: "other-site", site: "acme-site" }, OTHER],
  ])("is %s", async (_, hint, tenant) => {
    const world = worldOfTwo();
    expect(await find(world, hint)).toEqual(tenant);
    expect(world.reports).toEqual([]);
  });

  it.each<[string, Hint, string]>([
    ["a site that nobody has", { host: "edge.example.com", site: "nobody" }, "acme-site"],
    ["an empty site", { host: "edge.example.com", site: "" }, "acme-site"],
    ["a host where a site is meant", { host: "edge.example.com", site: "cdn.acme.example" }, "acme-site"],
    ["a tenant's id where a site is meant", { host: "edge.example.com", site: ACME.id }, "acme-site"],
    ["a default that nobody has", { host: "edge.example.com", site: null }, "nobody"],
  ])("is unknown for %s", async (_, hint, defaultSite) => {
    await expect(find(worldOfTwo(), hint, defaultSite)).rejects.toMatchObject({ code: "UNKNOWN_TENANT" });
  });

  it("is asked for by host and site at once: in an outage each takes its time", async () => {
    const world = worldOfTwo();
    await find(world, { host: "cdn.acme.example", site: "other-site" });
    expect(world.directory.calls).toHaveLength(2);
    expect(world.directory.calls).toContainEqual({ by: "host", value: "cdn.acme.example" });
    expect(world.directory.calls).toContainEqual({ by: "site", value: "other-site" });
  });

  it("is not asked for where it is at hand", async () => {
    const world = worldOfTwo();
    const remembered = new Map<string, Tenant | null>([
      ["host cdn.acme.example", ACME],
      ["host edge.example.com", null],
      ["site other-site", OTHER],
    ]);
    const directory = { ...world.directory, atHand: ({ by, value }: TenantName) => remembered.get(`${by} ${value}`) };
    const here = { ...world, directory };
    expect(await find(here, { host: "cdn.acme.example", site: "other-site" })).toBe(ACME);
    expect(await find(here, { host: "edge.example.com", site: "other-site" })).toBe(OTHER);
    expect(world.directory.calls).toEqual([]);
  });

  it.each<[string, Record<string, Tenant | null>]>([
    ["the host", { "site other-site": OTHER }],
    ["the site, behind a host of nobody's", { "host edge.example.com": null }],
    ["anything", {}],
  ])("is asked for by host and site at once where %s is not at hand", async (_, remembered) => {
    const world = worldOfTwo();
    const directory = { ...world.directory, atHand: ({ by, value }: TenantName) => remembered[`${by} ${value}`] };
    expect(await find({ ...world, directory }, { host: "edge.example.com", site: "other-site" })).toBe(OTHER);
    expect(world.directory.calls).toHaveLength(2);
  });

  it("is unknown where it is at hand that nobody has host or site", async () => {
    const world = worldOfTwo();
    const directory = { ...world.directory, atHand: () => null };
    const asked = find({ ...world, directory }, { host: "edge.example.com", site: "nobody" });
    await expect(asked).rejects.toMatchObject({ code: "UNKNOWN_TENANT" });
  });

  it("is known by its host though the site cannot be asked for", async () => {
    const world = worldOfTwo();
    const directory: World["directory"] = {
      ...world.directory,
      find: async (name) => {
        if (name.by === "site") throw new Error("down");
        return await world.directory.find(name);
      },
    };
    const tenant = await find({ ...world, directory }, { host: "cdn.acme.example", site: "other-site" });
    expect(tenant.id).toBe(ACME.id);
    expect(reported(world)).toEqual([]);
  });

  it("cannot be known while the directory is down: 503, and no tenant by guess", async () => {
    const world = worldOfTwo();
    const down = { ...world, directory: failing(world.directory, "find") };
    const hint = { host: "cdn.acme.example", site: "other-site" };
    await expect(find(down, hint)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(reported(world)).toEqual(["tenants"]);
  });

  it("is not the default when the directory fails on the host alone", async () => {
    const world = worldOfTwo();
    const directory: World["directory"] = {
      ...world.directory,
      find: async (name) => {
        if (name.by === "host") throw new Error("no");
        return await world.directory.find(name);
      },
    };
    const asked = find({ ...world, directory }, { host: "cdn.acme.example", site: null });
    await expect(asked).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
