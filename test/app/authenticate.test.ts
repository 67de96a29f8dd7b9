import { afterEach, describe, expect, it, vi } from "vitest";
import { LEDGER_BUDGET_MS } from "../../src/app/ask-ledger.ts";
import { isOperator, isTrusted, managedTenant, OPERATOR_BUDGET_MS } from "../../src/app/authenticate.ts";
import type { TenantHint } from "../../src/app/find-tenant.ts";
import { type Caller, formatApiKey, hashApiKey } from "../../src/core/api-key.ts";
import type { Tenant } from "../../src/core/tenant.ts";
import { tenantId } from "../core/samples.ts";
import { fakeTenants } from "../fakes/directory.ts";
import { ACME, failing, hanging, makeWorld, passingTime, reported, useFakeTimers, type World } from "./world.ts";

const OTHER: Tenant = { ...ACME, id: tenantId("other"), site: "other-site" };

/** A key of its own for each number. */
const key = (role: Caller["role"], number: number) => formatApiKey(role, new Uint8Array(32).fill(number));
const ACME_KEY = key("tenant", 1);
const OTHER_KEY = key("tenant", 2);
const OPERATOR_KEY = key("operator", 3);
const ORPHAN_KEY = key("tenant", 4);
const UNKNOWN_KEY = key("tenant", 5);

/** Two tenants, a key of each, an operator's, and one of a tenant that is gone. */
async function keyedWorld(): Promise<World> {
  const hosts = { acme: ["cdn.acme.example"], other: ["cdn.other.example"] };
  const directory = fakeTenants([
    { tenant: ACME, hosts: hosts.acme },
    { tenant: OTHER, hosts: hosts.other },
  ]);
  const world = { ...makeWorld(), directory };
  world.keys.callers.set(await hashApiKey(ACME_KEY), { role: "tenant", tenant: ACME.id });
  world.keys.callers.set(await hashApiKey(OTHER_KEY), { role: "tenant", tenant: OTHER.id });
  world.keys.callers.set(await hashApiKey(OPERATOR_KEY), { role: "operator" });
  world.keys.callers.set(await hashApiKey(ORPHAN_KEY), { role: "tenant", tenant: tenantId("gone") });
  return world;
}

const bearer = (apiKey: string) => `Bearer ${apiKey}`;
const HERE: TenantHint = { host: "edge.example.com", site: null, address: "192.0.2.1" };

const NO_KEY: [string, string | null][] = [
  ["without a field", null],
  ["with an empty field", ""],
  ["with another scheme", `Basic ${ACME_KEY}`],
  ["with the bare key", ACME_KEY],
  ["with two keys", `Bearer ${ACME_KEY}, Bearer ${OPERATOR_KEY}`],
  ["with half a key", `Bearer ${ACME_KEY.slice(0, -1)}`],
  ["with a token of somebody else's", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc"],
  ["with a key that nobody has", bearer(UNKNOWN_KEY)],
];

afterEach(() => {
  vi.useRealTimers();
});

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
    expect(await managedTenant(bearer(apiKey), hint, await keyedWorld())).toEqual(tenant);
  });

  it.each(NO_KEY)("%s is refused", async (_, authorization) => {
    const asked = managedTenant(authorization, HERE, await keyedWorld());
    await expect(asked).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  it.each([
    ["another tenant's site", ACME_KEY, "other-site"],
    ["a site of nobody's", ACME_KEY, "nobody"],
    ["no site, of a tenant that is gone", ORPHAN_KEY, null],
  ])("with a tenant's key that names %s is refused", async (_, apiKey, site) => {
    const asked = managedTenant(bearer(apiKey), { ...HERE, site }, await keyedWorld());
    await expect(asked).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  it("of an operator for a site of nobody's finds no tenant", async () => {
    const asked = managedTenant(bearer(OPERATOR_KEY), { ...HERE, site: "nobody" }, await keyedWorld());
    await expect(asked).rejects.toMatchObject({ code: "UNKNOWN_TENANT" });
  });

  /** As {@link keyedWorld}, where Acme takes management calls from one network only. */
  async function fencedWorld(): Promise<World> {
    const world = await keyedWorld();
    const fenced: Tenant = { ...ACME, managementNetworks: ["192.0.2.0/24"], clientNetworks: ["198.51.100.0/24"] };
    return { ...world, directory: fakeTenants([{ tenant: fenced, hosts: [] }]) };
  }

  it("with a tenant's key is let in from the networks that the tenant names for that", async () => {
    const world = await fencedWorld();
    expect(await managedTenant(bearer(ACME_KEY), HERE, world)).toMatchObject({ id: ACME.id });
  });

  it.each([["198.51.100.1"], ["::1"], [null]])("with a tenant's key is refused from elsewhere: %s", async (address) => {
    const asked = managedTenant(bearer(ACME_KEY), { ...HERE, address }, await fencedWorld());
    await expect(asked).rejects.toMatchObject({ code: "NETWORK_NOT_ALLOWED" });
  });

  it("with an operator's key is let in from wherever it comes: somebody must be able to undo a slip", async () => {
    const asked = managedTenant(bearer(OPERATOR_KEY), { ...HERE, address: null }, await fencedWorld());
    expect(await asked).toMatchObject({ id: ACME.id });
  });

  it.each(NO_KEY)(
    "%s is refused for that, wherever it comes from: networks are told to nobody",
    async (_, authorization) => {
      const asked = managedTenant(authorization, { ...HERE, address: "198.51.100.1" }, await fencedWorld());
      await expect(asked).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    },
  );

  it("for another's site is refused before networks are looked at", async () => {
    const hint = { ...HERE, site: "other-site", address: "198.51.100.1" };
    await expect(managedTenant(bearer(ACME_KEY), hint, await fencedWorld())).rejects.toMatchObject({
      code: "UNAUTHORIZED",
    });
  });

  it.each(["keys", "directory"] as const)("cannot be judged while the %s are down: 503", async (what) => {
    const world = await keyedWorld();
    const down = { ...world, [what]: failing(world[what], "find") };
    for (const apiKey of [ACME_KEY, OPERATOR_KEY]) {
      await expect(managedTenant(bearer(apiKey), HERE, down)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    }
    expect(reported(world)).toHaveLength(2);
  });

  it("without a key is refused and not 503 while all is down: nobody is asked", async () => {
    const world = await keyedWorld();
    const down = { ...world, keys: failing(world.keys, "find"), directory: failing(world.directory, "find") };
    await expect(managedTenant(null, HERE, down)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    expect(world.reports).toEqual([]);
  });
});

describe("whether a download comes from a caller that we know", () => {
  it.each<[string, string, Tenant, boolean]>([
    ["the tenant's key", ACME_KEY, ACME, true],
    ["an operator's key", OPERATOR_KEY, ACME, true],
    ["another tenant's key", OTHER_KEY, ACME, false],
    ["a key of a tenant that is gone", ORPHAN_KEY, ACME, false],
  ])("%s", async (_, apiKey, tenant, trusted) => {
    expect(await isTrusted(bearer(apiKey), tenant, await keyedWorld())).toBe(trusted);
  });

  it.each(NO_KEY)("%s: a stranger", async (_, authorization) => {
    expect(await isTrusted(authorization, ACME, await keyedWorld())).toBe(false);
  });

  it("nobody is asked without a key", async () => {
    const world = await keyedWorld();
    expect(await isTrusted(null, ACME, { ...world, keys: failing(world.keys, "find") })).toBe(false);
    expect(world.reports).toEqual([]);
  });

  it("a stranger while the keys are down, and it is reported", async () => {
    const world = await keyedWorld();
    expect(await isTrusted(bearer(ACME_KEY), ACME, { ...world, keys: failing(world.keys, "find") })).toBe(false);
    expect(reported(world)).toEqual(["api keys"]);
  });

  it("a stranger after the budget while the keys hang", async () => {
    const world = await keyedWorld();
    useFakeTimers();
    const parts = { ...world, keys: hanging(world.keys, "find") };
    const { value, ms } = await passingTime(isTrusted(bearer(ACME_KEY), ACME, parts));
    expect({ value, ms }).toEqual({ value: false, ms: LEDGER_BUDGET_MS });
    expect(reported(world)).toEqual(["api keys"]);
  });
});

describe("whether a request is an operator's", () => {
  it.each([
    [OPERATOR_KEY, true],
    [ACME_KEY, false],
    [ORPHAN_KEY, false],
    [UNKNOWN_KEY, false],
  ])("%s: %s", async (apiKey, expected) => {
    expect(await isOperator(bearer(apiKey), await keyedWorld())).toBe(expected);
  });

  it.each(NO_KEY)("%s: no", async (_, authorization) => {
    expect(await isOperator(authorization, await keyedWorld())).toBe(false);
  });

  it("no, while the keys are down, and it is reported", async () => {
    const world = await keyedWorld();
    expect(await isOperator(bearer(OPERATOR_KEY), { ...world, keys: failing(world.keys, "find") })).toBe(false);
    expect(reported(world)).toEqual(["api keys"]);
  });

  it("no, at once, with a key that does not begin as an operator's: nobody is asked", async () => {
    const world = await keyedWorld();
    for (const apiKey of [ACME_KEY, UNKNOWN_KEY.replace("snap_op_", "snap_key_")]) {
      expect(await isOperator(bearer(apiKey), { ...world, keys: failing(world.keys, "find") })).toBe(false);
    }
    expect(world.reports).toEqual([]);
  });

  it("no, after the budget while the keys hang", async () => {
    const world = await keyedWorld();
    useFakeTimers();
    const parts = { ...world, keys: hanging(world.keys, "find") };
    const { value, ms } = await passingTime(isOperator(bearer(OPERATOR_KEY), parts));
    expect({ value, ms }).toEqual({ value: false, ms: OPERATOR_BUDGET_MS });
  });
});
