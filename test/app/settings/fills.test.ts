import { describe, expect, it } from "vitest";
import { changeFills, describeFills } from "../../../src/app/settings/fills.ts";
import type { FillSettings } from "../../../src/core/tenant.ts";
import { FILL_SETTINGS, tenantId } from "../../core/samples.ts";
import { ACME } from "../world.ts";
import { OTHER, settingsDown, settingsWorld } from "./settings-world.ts";

const TIB = 2 ** 40;

describe("how a tenant wants copies to be made", () => {
  it("is told, and changed in what is named only", async () => {
    const world = settingsWorld();
    expect(await describeFills(ACME.id, world)).toEqual(FILL_SETTINGS);
    const steps: Partial<FillSettings>[] = [
      { mode: "stream" },
      { storeHtml: true },
      { maxObjectBytes: 5 * TIB },
      {},
      { maxObjectBytes: 1 },
      { store: "cold" },
      { largeStore: { store: "archive", fromBytes: TIB } },
      { store: null },
      { largeStore: null },
      { mode: "auto", storeHtml: false, maxObjectBytes: null },
    ];
    let expected = FILL_SETTINGS;
    for (const changes of steps) {
      expected = { ...expected, ...changes };
      expect(await changeFills(ACME.id, changes, world)).toEqual(expected);
      expect(await describeFills(ACME.id, world)).toEqual(expected);
    }
  });

  it("is the tenant's own", async () => {
    const world = settingsWorld();
    await changeFills(ACME.id, { mode: "stream", maxObjectBytes: 1 }, world);
    expect(await describeFills(OTHER.id, world)).toEqual(FILL_SETTINGS);
  });

  it("has the tenant forgotten when it is changed, and not when it is looked at", async () => {
    const world = settingsWorld();
    await describeFills(ACME.id, world);
    expect(world.directory.forgotten).toEqual([]);
    await changeFills(ACME.id, { storeHtml: true }, world);
    expect(world.directory.forgotten).toEqual(await world.settings.names(ACME.id));
  });

  it.each<Partial<FillSettings>>([
    { store: "elsewhere" },
    { store: "" },
    { mode: "stream", largeStore: { store: "elsewhere", fromBytes: 1 } },
    { store: "cold", largeStore: { store: "", fromBytes: 1 } },
  ])("names no store that this deployment has not, and then nothing is changed: %o", async (changes) => {
    const world = settingsWorld();
    await expect(changeFills(ACME.id, changes, world)).rejects.toMatchObject({ code: "STORE_UNKNOWN" });
    expect(await describeFills(ACME.id, world)).toEqual(FILL_SETTINGS);
  });

  it("may stay with a store that is not there any more, as long as nobody names it", async () => {
    const world = settingsWorld();
    await changeFills(ACME.id, { store: "cold" }, world);
    const without = { ...world, stores: new Set<string>() };
    expect(await changeFills(ACME.id, { mode: "stream" }, without)).toMatchObject({ mode: "stream", store: "cold" });
    expect(await changeFills(ACME.id, { store: null }, without)).toMatchObject({ store: null });
  });

  it("of a tenant that is gone is not found", async () => {
    const world = settingsWorld();
    await expect(describeFills(tenantId("gone"), world)).rejects.toMatchObject({ code: "UNKNOWN_TENANT" });
    const changed = changeFills(tenantId("gone"), { mode: "auto" }, world);
    await expect(changed).rejects.toMatchObject({ code: "UNKNOWN_TENANT" });
  });

  it("is 503 while the settings are down", async () => {
    const down = settingsDown(settingsWorld());
    await expect(describeFills(ACME.id, down)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(changeFills(ACME.id, {}, down)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
