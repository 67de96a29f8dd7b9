import { describe, expect, it } from "vitest";
import { keepParts } from "../../src/app/keep-parts.ts";
import { newGenerationFor } from "../../src/app/new-generation.ts";
import { storeWhole } from "../../src/app/store-whole.ts";
import type { FillSettings, Tenant } from "../../src/core/tenant.ts";
import { pattern } from "./small-parts.ts";
import { begunJob, bodyOf, draftOf, FACTS } from "./storing.ts";
import { ACME, fillAll, makeWorld, register, reported, sourceOf, want } from "./world.ts";

/** The tenant, who wants copies to lie somewhere. */
function wanting(fill: Partial<FillSettings>): Tenant {
  return { ...ACME, fill: { ...ACME.fill, ...fill } };
}

function worldWith(...stores: string[]) {
  return { ...makeWorld(), stores: new Set(stores) };
}

const LARGE = { store: "archive", fromBytes: 100 };

describe("a generation for a new copy", () => {
  it.each<[Partial<FillSettings>, number | null, string]>([
    [{}, 5, "generation-1"],
    [{ store: "cold" }, 5, "cold.generation-1"],
    [{ store: "cold" }, null, "cold.generation-1"],
    [{ largeStore: LARGE }, 99, "generation-1"],
    [{ largeStore: LARGE }, 100, "archive.generation-1"],
    [{ store: "cold", largeStore: LARGE }, null, "cold.generation-1"],
  ])("with the settings %o, of %j bytes is %s", (fill, size, generation) => {
    const world = worldWith("cold", "archive");
    expect(newGenerationFor({ tenant: wanting(fill) }, size, world)).toBe(generation);
    expect(world.reports).toEqual([]);
  });

  it("lies in the deployment's own store where the tenant's is not there, which is reported", () => {
    const world = worldWith("archive");
    const tenant = wanting({ store: "cold", largeStore: LARGE });
    expect(newGenerationFor({ tenant }, 5, world)).toBe("generation-1");
    expect(newGenerationFor({ tenant }, 100, world)).toBe("archive.generation-2");
    expect(world.reports).toHaveLength(1);
    expect(String(world.reports[0]?.error)).toMatch(/acme.*cold/);
  });
});

describe("a fill", () => {
  it("stores its copy where the tenant wants it, and tells of it there", async () => {
    const world = worldWith("cold");
    register(world, wanting({ store: "cold" }));
    const source = await sourceOf();
    await want(source, world);
    await fillAll(world);
    const copy = (await world.ledger.find(source.key))?.copy;
    expect(copy?.generation).toMatch(/^cold\.generation-\d+$/);
    expect([...world.store.objects.keys()]).toEqual([`acme/${source.key.id}/${copy?.generation}`]);
    expect(await world.index.get(source.key)).toMatchObject({ copy: { generation: copy?.generation } });
  });

  it("is made all the same where that store is not there", async () => {
    const world = worldWith();
    register(world, wanting({ store: "cold" }));
    const source = await sourceOf();
    await want(source, world);
    await fillAll(world);
    expect((await world.ledger.find(source.key))?.copy?.generation).toMatch(/^generation-\d+$/);
    expect(reported(world)).toEqual(["store"]);
  });

  it("goes by the length that is known: of a whole body, and of one in parts", async () => {
    const { world: made, job } = await begunJob();
    const world = { ...made, stores: new Set(["cold", "archive"]) };
    const large = { ...job, tenant: wanting({ store: "cold", largeStore: { store: "archive", fromBytes: 30 } }) };
    for (const [length, store] of [
      [29, "cold"],
      [30, "archive"],
    ] as const) {
      const { generation } = await storeWhole(
        bodyOf(pattern(length)).body,
        { length, facts: FACTS, job: large },
        world,
      );
      expect(generation.split(".")[0]).toBe(store);
    }
    for (const [size, store] of [
      [null, "cold"],
      [35, "archive"],
    ] as const) {
      const keeper = await keepParts(large, draftOf(size), world);
      await keeper.keep(pattern(10));
      const plan = (await world.gate.begin(job.key, job.holder)) as { plan: { generation: string } | null };
      expect(plan.plan?.generation.split(".")[0]).toBe(store);
      await keeper.abort();
    }
  });
});
