import { afterEach, describe, expect, it, vi } from "vitest";
import { changeAsset, publishAsset, removeAsset } from "../../../src/app/assets/assets.ts";
import { downloadVersion } from "../../../src/app/assets/download.ts";
import type { Aside } from "../../../src/core/plans/standing.ts";
import { tenantId } from "../../core/samples.ts";
import { ACME, failing, hanging, passingTime, register, reported, useFakeTimers } from "../world.ts";
import { download, requestOf, withAsset } from "./asset-world.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("nobody gets", () => {
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => null,
      ({ code, message }) => ({ code, message }),
    );
  const NONE = { code: "NOT_FOUND", message: "There is nothing at this address." };

  it("what is private, deleted, or was never there, and all of them are told alike", async () => {
    const { world, id } = await withAsset();
    await changeAsset(ACME.id, id, { isPublic: false }, world);
    expect(await refusal(download(world, id))).toEqual(NONE);
    await changeAsset(ACME.id, id, { isPublic: true }, world);
    expect(await download(world, id)).toEqual([200, "0123456789"]);
    await removeAsset(ACME.id, id, world);
    expect(await refusal(download(world, id))).toEqual(NONE);
    expect(await refusal(download(world, "nobodys"))).toEqual(NONE);
  });

  it("a tenant's asset on another tenant's host", async () => {
    const { world, id } = await withAsset();
    const hostTenant = { ...ACME, id: tenantId("other") };
    expect(await refusal(download(world, id, { hostTenant }))).toEqual(NONE);
    expect(await download(world, id, { hostTenant: ACME })).toEqual([200, "0123456789"]);
    const version = await publishAsset(ACME.id, id, world);
    expect(await refusal(downloadVersion(version.id, requestOf({ hostTenant }), world))).toEqual(NONE);
  });

  it.each<[Aside["over"], string | null]>([
    ["suspended", "TENANT_SUSPENDED"],
    ["requests", "PLAN_LIMIT"],
    ["deliveredBytes", "PLAN_LIMIT"],
    ["storedBytes", null],
  ])("anything of a tenant that is over %s: %s", async (over, code) => {
    const { world, id } = await withAsset();
    register(world, { ...ACME, standing: { over, allowed: 7, until: null } });
    const refused = await download(world, id).then(
      () => null,
      (error) => error,
    );
    expect(refused?.code ?? null).toBe(code);
    expect(refused?.limit ?? null).toBeNull();
  });

  it("what the store has lost, which is told to the operators", async () => {
    const { world, id } = await withAsset();
    world.store.objects.clear();
    expect(await refusal(download(world, id))).toEqual(NONE);
    expect(reported(world)).toEqual(["store"]);
  });

  it("what the store or the rows cannot say", async () => {
    const { world, id } = await withAsset();
    const code = "UNAVAILABLE";
    await expect(download({ ...world, store: failing(world.store) }, id)).rejects.toMatchObject({ code });
    await expect(download({ ...world, assets: failing(world.assets) }, id)).rejects.toMatchObject({ code });
    useFakeTimers();
    const late = download({ ...world, store: hanging(world.store) }, id).catch((error) => error);
    expect(await passingTime(late)).toMatchObject({ value: { code }, ms: 3000 });
  });
});
