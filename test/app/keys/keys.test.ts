import { describe, expect, it } from "vitest";
import {
  addKey,
  describeKey,
  GRACE_MS,
  type Holder,
  listKeys,
  revokeKey,
  rotateKey,
} from "../../../src/app/keys/keys.ts";
import { bearerApiKey, hashApiKey } from "../../../src/core/api-key.ts";
import { HOUR, NOON } from "../../core/samples.ts";
import { fakeAccounts } from "../../fakes/accounts.ts";
import { fakeKeySettings } from "../../fakes/key-settings.ts";
import { OTHER, settingsWorld } from "../settings/settings-world.ts";
import { ACME, failing } from "../world.ts";

const ALL: Holder = { scopes: ["admin"], expiresAt: null };
const WISH = { name: "the build's", scopes: ["preload:write", "cache:read"], expiresAt: null } as const;

async function keysWorld(plan = "free") {
  const world = settingsWorld();
  const accounts = fakeAccounts(world.clock);
  for (const { id, site } of [ACME, OTHER]) await accounts.add({ id, site, name: site, plan, maxObjectBytes: null });
  let ids = 0;
  return { ...world, accounts, apiKeys: fakeKeySettings(world.clock), newId: () => `key-${++ids}` };
}

describe("an API key", () => {
  it("is shown once, and afterwards only by its name and beginning", async () => {
    const world = await keysWorld();
    const made = await addKey(ACME.id, WISH, ALL, world);
    expect(bearerApiKey(`Bearer ${made.key}`)).toBe(made.key);
    const { key, ...shown } = made;
    expect(shown).toEqual({
      ...{ ...WISH, id: "key-1", prefix: key.slice(0, 13), createdAt: NOON, lastUsedAt: null },
    });
    expect(await listKeys(ACME.id, world)).toEqual([shown]);
    expect(await describeKey(ACME.id, made.id, world)).toEqual(shown);
    expect(JSON.stringify(world.apiKeys.rows)).not.toContain(key);
    expect(world.apiKeys.rows[0]?.hash).toBe(await hashApiKey(key));
  });

  it.each([
    [["cache:read"], ["cache:purge"]],
    [["cache:read"], ["cache:read", "admin"]],
    [["keys:write"], ["settings:read"]],
    [[], ["usage:read"]],
  ] as const)("of who may %j never may %j", async (held, scopes) => {
    const world = await keysWorld();
    const made = addKey(ACME.id, { ...WISH, scopes }, { scopes: held, expiresAt: null }, world);
    await expect(made).rejects.toMatchObject({ code: "INSUFFICIENT_SCOPE" });
    expect(world.apiKeys.rows).toEqual([]);
  });

  it.each([NOON, NOON - HOUR])("does not end before it begins: %d", async (expiresAt) => {
    const made = addKey(ACME.id, { ...WISH, expiresAt }, ALL, await keysWorld());
    await expect(made).rejects.toMatchObject({ code: "INVALID_FIELD", message: expect.stringContaining("expires_at") });
  });

  it.each([
    [null, false],
    [NOON + 2 * HOUR, false],
    [NOON + HOUR, true],
    [NOON + HOUR - 1, true],
  ])("that ends in an hour makes none that outlives it: %d, %s", async (expiresAt, may) => {
    const world = await keysWorld();
    const made = addKey(ACME.id, { ...WISH, expiresAt }, { ...ALL, expiresAt: NOON + HOUR }, world);
    if (may) expect(await made).toMatchObject({ expiresAt });
    else await expect(made).rejects.toMatchObject({ code: "INSUFFICIENT_SCOPE" });
    expect(world.apiKeys.rows).toHaveLength(may ? 1 : 0);
  });

  it("is one of so many as the plan has room for", async () => {
    const world = await keysWorld();
    for (let number = 0; number < 5; number++) await addKey(ACME.id, WISH, ALL, world);
    await expect(addKey(ACME.id, WISH, ALL, world)).rejects.toMatchObject({
      ...{ code: "PLAN_LIMIT", limit: { name: "keys", allowed: 5, until: null } },
    });
    expect(await addKey(OTHER.id, WISH, ALL, world)).toBeTruthy();
    await world.accounts.change(ACME.id, { own: { keys: 6 } });
    expect(await addKey(ACME.id, WISH, ALL, world)).toBeTruthy();
  });

  it("has no limit where the plan has none", async () => {
    const world = await keysWorld("unmetered");
    for (let number = 0; number < 60; number++) await addKey(ACME.id, WISH, ALL, world);
    expect(await listKeys(ACME.id, world)).toHaveLength(60);
  });
});

describe("rotating a key", () => {
  it("makes one like it, beside which it lives on for a while", async () => {
    const world = await keysWorld();
    const old = await addKey(ACME.id, WISH, ALL, world);
    const made = await rotateKey(ACME.id, old.id, GRACE_MS, ALL, world);
    expect(made).toMatchObject({ ...WISH, id: "key-2" });
    expect(made.key).not.toBe(old.key);
    expect(await describeKey(ACME.id, old.id, world)).toMatchObject({ expiresAt: NOON + GRACE_MS });
    world.clock.advance(GRACE_MS);
    await expect(describeKey(ACME.id, old.id, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await listKeys(ACME.id, world)).toHaveLength(1);
  });

  it("lets it live as long as the old one was to live", async () => {
    const world = await keysWorld();
    const { id } = await addKey(ACME.id, { ...WISH, expiresAt: NOON + 48 * HOUR }, ALL, world);
    world.clock.advance(40 * HOUR);
    expect(await rotateKey(ACME.id, id, GRACE_MS, ALL, world)).toMatchObject({ expiresAt: NOON + 88 * HOUR });
    expect(await describeKey(ACME.id, id, world)).toMatchObject({ expiresAt: NOON + 48 * HOUR });
  });

  it("does not let a key outlive itself, whether it asks for its own or for another", async () => {
    const world = await keysWorld();
    const by = { ...ALL, expiresAt: NOON + HOUR };
    const [own, other] = [
      await addKey(ACME.id, { ...WISH, expiresAt: NOON + HOUR }, ALL, world),
      await addKey(ACME.id, WISH, ALL, world),
    ];
    world.clock.advance(HOUR / 2);
    for (const { id } of [own, other]) {
      expect(await rotateKey(ACME.id, id, GRACE_MS, by, world)).toMatchObject({ expiresAt: NOON + HOUR });
    }
  });

  it("is not for who may less than the key", async () => {
    const world = await keysWorld();
    const { id } = await addKey(ACME.id, { ...WISH, scopes: ["admin"] }, ALL, world);
    const made = rotateKey(ACME.id, id, 0, { scopes: ["keys:write", "cache:read"], expiresAt: null }, world);
    await expect(made).rejects.toMatchObject({ code: "INSUFFICIENT_SCOPE" });
    expect(await describeKey(ACME.id, id, world)).toMatchObject({ expiresAt: null });
  });
});

describe("revoking a key", () => {
  it("ends it for this isolate at once", async () => {
    const world = await keysWorld();
    const { id, key } = await addKey(ACME.id, WISH, ALL, world);
    await revokeKey(ACME.id, id, world);
    expect(world.keys.forgotten).toEqual([await hashApiKey(key)]);
    expect(await listKeys(ACME.id, world)).toEqual([]);
    await expect(revokeKey(ACME.id, id, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is for the tenant's own keys only, and so is all else", async () => {
    const world = await keysWorld();
    const { id } = await addKey(ACME.id, WISH, ALL, world);
    for (const call of [
      () => revokeKey(OTHER.id, id, world),
      () => describeKey(OTHER.id, id, world),
      () => rotateKey(OTHER.id, id, 0, ALL, world),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    expect(await listKeys(OTHER.id, world)).toEqual([]);
    expect(await listKeys(ACME.id, world)).toHaveLength(1);
  });

  it("is 503 while the keys are down, as all else is", async () => {
    const world = await keysWorld();
    const down = { ...world, apiKeys: failing(world.apiKeys) };
    for (const call of [
      () => listKeys(ACME.id, down),
      () => addKey(ACME.id, WISH, ALL, down),
      () => rotateKey(ACME.id, "key-1", 0, ALL, down),
      () => revokeKey(ACME.id, "key-1", down),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    }
  });
});
