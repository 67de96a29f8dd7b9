import { describe, expect, it } from "vitest";
import { judgeTenants } from "../../../src/app/plans/judge-tenants.ts";
import { tenantId } from "../../core/samples.ts";
import { OTHER } from "../settings/settings-world.ts";
import { ACME, failing } from "../world.ts";
import { MUCH, plansWorld } from "./plans-world.ts";

const DECEMBER = Date.UTC(2026, 11, 1);
const OVER = { over: "requests", allowed: 1_000_000, until: DECEMBER };

describe("judging all tenants", () => {
  it("writes down whose standing has changed, and has that forgotten which downloads know", async () => {
    const world = await plansWorld();
    world.counters.used.set(ACME.id, MUCH);
    expect(await judgeTenants(world)).toBe(1);
    expect(world.accounts.rows.map(({ standing }) => standing)).toEqual([OVER, "good"]);
    expect(world.directory.forgotten).toEqual([
      ...[
        { by: "id", value: ACME.id },
        { by: "site", value: ACME.site },
        { by: "host", value: "cdn.acme.example" },
      ],
    ]);
  });

  it("does nothing where nothing has changed", async () => {
    const world = await plansWorld();
    world.counters.used.set(ACME.id, MUCH);
    await judgeTenants(world);
    world.directory.forgotten.length = 0;
    expect(await judgeTenants(world)).toBe(0);
    expect(world.directory.forgotten).toEqual([]);
  });

  it("lets everybody begin anew with the month", async () => {
    const world = await plansWorld();
    world.counters.used.set(ACME.id, MUCH);
    await judgeTenants(world);
    world.clock.advance(DECEMBER - world.clock.now());
    world.counters.used.clear();
    expect(await judgeTenants(world)).toBe(1);
    expect(world.accounts.rows[0]?.standing).toBe("good");
  });

  it("judges them all, however many there are", async () => {
    const world = await plansWorld();
    for (let number = 0; number < 1_100; number++) {
      const id = tenantId(`many-${number}`);
      await world.accounts.add({ id, site: id, name: id, plan: "free", maxObjectBytes: null });
      world.counters.used.set(id, MUCH);
    }
    expect(await judgeTenants(world)).toBe(1_100);
    expect(world.accounts.rows.filter(({ standing }) => standing !== "good")).toHaveLength(1_100);
  });

  it("goes on with the others where one cannot be written", async () => {
    const world = await plansWorld();
    for (const tenant of [ACME, OTHER]) world.counters.used.set(tenant.id, MUCH);
    const { judge } = world.accounts;
    const accounts: typeof world.accounts = {
      ...world.accounts,
      judge: async (tenant, standing) => {
        if (tenant === ACME.id) throw new Error("down");
        return await judge(tenant, standing);
      },
    };
    expect(await judgeTenants({ ...world, accounts })).toBe(1);
    expect(world.reports.map(({ what }) => what)).toEqual(["standing"]);
    expect(await judgeTenants(world)).toBe(1);
  });

  it("fails where nobody can say what was used: what stands, stands", async () => {
    const world = await plansWorld();
    await expect(judgeTenants({ ...world, counters: failing(world.counters, "of") })).rejects.toThrow();
    expect(world.accounts.rows.map(({ standing }) => standing)).toEqual(["good", "good"]);
  });
});
