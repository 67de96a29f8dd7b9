import { describe, expect, it } from "vitest";
import { addLinkKey, listLinkKeys, removeLinkKey, rotateLinkKeys } from "../../../src/app/settings/link-keys.ts";
import { tenantSecrets } from "../../../src/app/tenant-secrets.ts";
import type { Tenant } from "../../../src/core/tenant.ts";
import { openTenantSecret } from "../../../src/core/tenant-secret.ts";
import { MINUTE } from "../../core/samples.ts";
import { ACME, failing } from "../world.ts";
import { keptText, OTHER, type SettingsWorld, settingsDown, settingsWorld } from "./settings-world.ts";

async function kids(world: SettingsWorld, tenant = ACME.id): Promise<string[]> {
  return (await listLinkKeys(tenant, world)).map(({ kid }) => kid);
}

/** What the directory would say of a tenant. */
async function asDirectory(world: SettingsWorld, tenant: Tenant): Promise<Tenant> {
  const keys = await world.settings.linkKeys(tenant.id);
  return { ...tenant, linkKeys: keys.map(({ kid, sealed }) => ({ id: kid, sealed })).toReversed() };
}

describe("a link key", () => {
  it("is shown once, and after that only by its id", async () => {
    const world = settingsWorld();
    const made = await addLinkKey(ACME.id, world);
    expect(made).toEqual({
      kid: expect.stringMatching(/^[0-9a-v]{8}$/),
      key: expect.stringMatching(/^snap_link_[\w-]{43}$/),
      createdAt: world.clock.now(),
    });
    expect(await kids(world)).toEqual([made.kid]);
  });

  it("rests sealed, for its tenant and its id alone", async () => {
    const world = settingsWorld();
    const { kid, key } = await addLinkKey(ACME.id, world);
    expect(await keptText(world)).not.toContain(key);
    expect(await keptText(world)).not.toContain(key.replace("snap_link_", ""));

    const acme = await asDirectory(world, ACME);
    expect(await tenantSecrets(world.ring, world.report).linkKey(acme, kid)).toBe(key);
    const sealed = acme.linkKeys[0]?.sealed ?? "";
    expect(await openTenantSecret(world.ring, "link-key", ACME.id, kid, sealed)).toBe(key);
    expect(await openTenantSecret(world.ring, "link-key", OTHER.id, kid, sealed)).toBeNull();
    expect(await openTenantSecret(world.ring, "link-key", ACME.id, "00000000", sealed)).toBeNull();
    expect(await openTenantSecret(world.ring, "verification-key", ACME.id, kid, sealed)).toBeNull();
  });

  it("is another every time", async () => {
    const world = settingsWorld();
    const [one, two] = [await addLinkKey(ACME.id, world), await addLinkKey(ACME.id, world)];
    expect(one.key).not.toBe(two.key);
    expect(await kids(world)).toEqual([one.kid, two.kid]);
  });

  it("is refused when two are live, until one is ended", async () => {
    const world = settingsWorld();
    const { kid } = await addLinkKey(ACME.id, world);
    await addLinkKey(ACME.id, world);
    await expect(addLinkKey(ACME.id, world)).rejects.toMatchObject({ code: "LIMIT_REACHED" });
    await removeLinkKey(ACME.id, kid, world);
    await addLinkKey(ACME.id, world);
    expect(await kids(world)).toHaveLength(2);
  });

  it("is the tenant's own", async () => {
    const world = settingsWorld();
    const { kid } = await addLinkKey(ACME.id, world);
    expect(await kids(world, OTHER.id)).toEqual([]);
    await expect(removeLinkKey(OTHER.id, kid, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await addLinkKey(OTHER.id, world);
    await rotateLinkKeys(OTHER.id, world);
    await rotateLinkKeys(OTHER.id, world);
    expect(await kids(world)).toEqual([kid]);
  });

  it("that nobody has cannot be ended", async () => {
    await expect(removeLinkKey(ACME.id, "zzzzzzzz", settingsWorld())).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("rotating", () => {
  it("begins with the first key", async () => {
    const world = settingsWorld();
    const { kid, key } = await rotateLinkKeys(ACME.id, world);
    expect([await kids(world), key.startsWith("snap_link_")]).toEqual([[kid], true]);
  });

  it("keeps a single key beside the new one, and ends the older of two", async () => {
    const world = settingsWorld();
    const made: string[] = [];
    for (let count = 1; count <= 4; count += 1) {
      world.clock.advance(MINUTE);
      made.push((await rotateLinkKeys(ACME.id, world)).kid);
      expect(await kids(world)).toEqual(made.slice(-2));
    }
    expect(new Set(made).size).toBe(4);
  });

  it("can be repeated when the new key could not be kept, and never leaves three", async () => {
    const world = settingsWorld();
    await addLinkKey(ACME.id, world);
    const { kid } = await addLinkKey(ACME.id, world);
    const halfDown = { ...world, settings: failing(world.settings, "addLinkKey") };
    await expect(rotateLinkKeys(ACME.id, halfDown)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await kids(world)).toEqual([kid]);
    const again = await rotateLinkKeys(ACME.id, world);
    expect(await kids(world)).toEqual([kid, again.kid]);
  });

  it("by two callers at once leaves two keys and tells one of them no secret", async () => {
    const world = settingsWorld();
    await addLinkKey(ACME.id, world);
    const { kid } = await addLinkKey(ACME.id, world);
    const outcomes = await Promise.allSettled([rotateLinkKeys(ACME.id, world), rotateLinkKeys(ACME.id, world)]);
    const made = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value.kid] : []));
    const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason.code] : []));
    expect([made.length, refused]).toEqual([1, ["LIMIT_REACHED"]]);
    expect(await kids(world)).toEqual([kid, ...made]);
  });
});

describe("while the settings are down,", () => {
  it("everything about link keys is 503, and no secret is in what is reported", async () => {
    const world = settingsWorld();
    const down = settingsDown(world);
    const calls = [
      () => listLinkKeys(ACME.id, down),
      () => addLinkKey(ACME.id, down),
      () => rotateLinkKeys(ACME.id, down),
      () => removeLinkKey(ACME.id, "zzzzzzzz", down),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(JSON.stringify(world.reports.map(({ what, error }) => [what, String(error)]))).not.toContain("snap_link_");
  });
});
