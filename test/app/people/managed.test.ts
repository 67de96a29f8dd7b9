import { describe, expect, it } from "vitest";
import type { TenantHint } from "../../../src/app/find-tenant.ts";
import { auditBy } from "../../../src/app/people/identify.ts";
import { type ManagedParts, managed } from "../../../src/app/people/managed.ts";
import type { Assertion } from "../../../src/core/people/assertion.ts";
import type { Scope } from "../../../src/core/people/scopes.ts";
import type { Tenant } from "../../../src/core/tenant.ts";
import { NOON, tenantId } from "../../core/samples.ts";
import { fakeRateLimit } from "../../fakes/rate-limit.ts";
import {
  ACME_KEY,
  asserted,
  bearer,
  keyedWorld,
  NO_KEY,
  OPERATOR_KEY,
  ORPHAN_KEY,
  OTHER,
  OTHER_KEY,
} from "../keyed-world.ts";
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

describe("a management call in a person's name", () => {
  const byPerson = async (changes: Partial<Assertion>, needed: Scope, hint = HERE, acme: Tenant = ACME) => {
    const world = await keyedWorld(acme);
    return await managed(asserted(changes, world), hint, needed, world);
  };

  it("is about their tenant, and says who they are and from where", async () => {
    const { tenant, identity } = await byPerson({}, "settings:write");
    expect(tenant.id).toBe(ACME.id);
    expect(auditBy(identity, "request-1")).toEqual({
      ...{ actor: "tenant", address: "192.0.2.7", requestId: "request-1" },
      who: { by: "person", id: "user-1", name: "Anna", operator: null },
    });
  });

  it("names the operator who acts in it", async () => {
    const { identity } = await byPerson({ operator: "user-9" }, "settings:write");
    expect(auditBy(identity, "r")).toMatchObject({ actor: "tenant", who: { id: "user-1", operator: "user-9" } });
  });

  it("is an operator's where they are one, in whatever tenant", async () => {
    const { tenant, identity } = await byPerson({ role: "operator", tenant: OTHER.id }, "billing:write");
    expect(tenant.id).toBe(OTHER.id);
    expect(auditBy(identity, "r").actor).toBe("operator");
    const unnamed = await byPerson({ role: "operator", tenant: null }, "billing:write", {
      ...HERE,
      site: "other-site",
    });
    expect(unnamed.tenant.id).toBe(OTHER.id);
  });

  it.each<[string, Partial<Assertion>, Partial<TenantHint>, string]>([
    ["which their role may not", { role: "viewer" }, {}, "INSUFFICIENT_SCOPE"],
    ["for another tenant's site", {}, { site: "other-site" }, "UNKNOWN_TENANT"],
    ["for a site of nobody's", {}, { site: "nobody" }, "UNKNOWN_TENANT"],
    ["for none", { tenant: null }, {}, "UNKNOWN_TENANT"],
    ["for one that is gone", { tenant: tenantId("gone") }, {}, "UNAUTHORIZED"],
    ["for one that is gone, as an operator", { tenant: tenantId("gone"), role: "operator" }, {}, "UNKNOWN_TENANT"],
  ])("%s is refused", async (_, changes, hint, code) => {
    await expect(byPerson(changes, "settings:write", { ...HERE, ...hint })).rejects.toMatchObject({ code });
  });

  it("is judged by where the person is, and not by where the console is", async () => {
    const fenced = { ...ACME, managementNetworks: ["192.0.2.0/28"] };
    expect(
      await byPerson({ address: "192.0.2.7" }, "settings:read", { ...HERE, address: "198.51.100.1" }, fenced),
    ).toBeTruthy();
    for (const address of ["198.51.100.1", null]) {
      const refused = byPerson({ address }, "settings:read", HERE, fenced);
      await expect(refused).rejects.toMatchObject({ code: "NETWORK_NOT_ALLOWED" });
    }
    expect(await byPerson({ address: null, role: "operator" }, "settings:read", HERE, fenced)).toBeTruthy();
  });

  it("a minute after it was said is nobody's, and so is one where there is no console", async () => {
    const world = await keyedWorld();
    const field = asserted({}, world);
    const without = { ...world, assertionKeys: null };
    await expect(managed(field, HERE, "settings:read", without)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    world.clock.advance(60_000);
    await expect(managed(field, HERE, "settings:read", world)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});

describe("a management call too many", () => {
  const limited = async (changes: Partial<ManagedParts>) => ({ ...(await keyedWorld()), ...changes });

  it("of one caller is 429, and says how many are allowed and when to come back", async () => {
    const world = await limited({ callerLimit: fakeRateLimit(2) });
    const call = (key: string) => managed(bearer(key), HERE, "settings:read", world);
    for (let time = 0; time < 2; time++) await call(ACME_KEY);
    await expect(call(ACME_KEY)).rejects.toMatchObject({
      ...{
        code: "TOO_MANY_REQUESTS",
        message: "At most 2 calls a minute are allowed.",
        headers: { "Retry-After": "60" },
      },
      limit: { name: "calls_per_minute", allowed: 2, until: NOON + 60_000 },
    });
    expect((await call(OTHER_KEY)).tenant.id).toBe(OTHER.id);
  });

  it("of all of a tenant's callers is 429, for that tenant, and for no operator", async () => {
    const world = await limited({ tenantLimit: fakeRateLimit(1) });
    await managed(bearer(ACME_KEY), HERE, "settings:read", world);
    const person = managed(asserted({}, world), HERE, "settings:read", world);
    await expect(person).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
    expect(await managed(bearer(OTHER_KEY), HERE, "settings:read", world)).toBeTruthy();
    expect(await managed(bearer(OPERATOR_KEY), HERE, "settings:read", world)).toBeTruthy();
  });

  it("is let in while nobody can count, and that is reported", async () => {
    const broken = failing(fakeRateLimit(1), "admit");
    const world = await limited({ callerLimit: broken, tenantLimit: broken });
    expect(await managed(bearer(ACME_KEY), HERE, "settings:read", world)).toBeTruthy();
    expect(world.reports.map(({ what }) => what)).toEqual(["rate limits", "rate limits"]);
  });

  it("is counted by key and person, and never for who is nobody", async () => {
    const callerLimit = fakeRateLimit(9);
    const world = await limited({ callerLimit });
    await managed(bearer(ACME_KEY), HERE, "settings:read", world);
    await managed(asserted({}, world), HERE, "settings:read", world);
    await expect(managed(null, HERE, "settings:read", world)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    expect(callerLimit.asked).toEqual(["key:key-of-acme", "person:user-1"]);
  });
});

describe("a management call for a tenant that stands aside", () => {
  const aside = (standing: Tenant["standing"]) => keyedWorld({ ...ACME, standing });
  const suspended = { over: "suspended", allowed: null, until: null } as const;
  const over = { over: "deliveredBytes", allowed: 5, until: NOON + 1 } as const;

  it.each<[Tenant["standing"], Scope, string | null]>([
    [over, "preload:write", "PLAN_LIMIT"],
    [over, "links:write", "PLAN_LIMIT"],
    [over, "cache:purge", null],
    [over, "settings:write", null],
    [suspended, "settings:write", "TENANT_SUSPENDED"],
    [suspended, "cache:purge", "TENANT_SUSPENDED"],
    [suspended, "settings:read", null],
    [suspended, "billing:write", null],
  ])("%j and needs %s: %s", async (standing, needed, code) => {
    const world = await aside(standing);
    const asked = managed(bearer(ACME_KEY), HERE, needed, world).then(
      () => null,
      (error: { code: string }) => error.code,
    );
    expect(await asked).toBe(code);
    expect(await managed(bearer(OPERATOR_KEY), HERE, needed, world)).toBeTruthy();
  });

  it("says what is over, and until when", async () => {
    const asked = managed(bearer(ACME_KEY), HERE, "preload:write", await aside(over));
    await expect(asked).rejects.toMatchObject({ limit: { name: "delivered_bytes", allowed: 5, until: NOON + 1 } });
  });
});
