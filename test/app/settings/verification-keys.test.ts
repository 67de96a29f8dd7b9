import { describe, expect, it } from "vitest";
import { MAX_SETTINGS_OF_A_KIND } from "../../../src/app/settings/change.ts";
import {
  addVerificationKeys,
  listVerificationKeys,
  removeVerificationKey,
  rotateVerificationKey,
  type VerificationKeyName,
} from "../../../src/app/settings/verification-keys.ts";
import { openTenantSecret } from "../../../src/core/tenant-secret.ts";
import { HOUR, NOON } from "../../core/samples.ts";
import { ACME } from "../world.ts";
import { MATERIALS, material, RSA_KEY, SECRET, SECRETS } from "./material-samples.ts";
import { keptText, OTHER, type SettingsWorld, settingsDown, settingsWorld } from "./settings-world.ts";

const DAY = 24 * HOUR;

async function add(world: SettingsWorld, fields: unknown, tenant = ACME.id): Promise<VerificationKeyName> {
  const [added] = await addVerificationKeys(tenant, [{ path: "", fields }], world);
  if (!added) throw new Error("nothing was added");
  return added;
}

async function ids(world: SettingsWorld, tenant = ACME.id): Promise<string[]> {
  return (await listVerificationKeys(tenant, world)).map(({ id }) => id);
}

/** Material that rests, opened. */
async function opened({ settings, ring }: SettingsWorld, id: string): Promise<Record<string, unknown>> {
  const kept = (await settings.verificationKeys(ACME.id)).find((key) => key.id === id);
  const text = await openTenantSecret(ring, "verification-key", ACME.id, id, kept?.sealed ?? "");
  return JSON.parse(text ?? "null") as Record<string, unknown>;
}

describe("verification material", () => {
  it.each(Object.entries(MATERIALS))("is listed by a name that is no secret: %s", async (name, fields) => {
    const world = settingsWorld();
    const added = await add(world, fields);
    expect(added).toMatchObject({ name, kind: String(fields.kind).replaceAll("_", "-"), createdAt: NOON });
    expect(Object.keys(added).toSorted()).toEqual(["createdAt", "expiresAt", "id", "kind", "name"]);
    expect(await listVerificationKeys(ACME.id, world)).toEqual([added]);
  });

  it("rests sealed, and opens for its tenant and its id alone", async () => {
    const world = settingsWorld();
    for (const fields of Object.values(MATERIALS)) await add(world, fields);
    const kept = await keptText(world);
    for (const secret of [...SECRETS, RSA_KEY.slice(30, 90)]) expect(kept).not.toContain(secret);

    const { id } = await add(world, material("AKIAACME"));
    expect(await opened(world, id)).toEqual({
      ...{ kind: "s3-secret", accessKeyId: "AKIAACME", secretAccessKey: SECRET },
    });
    const { sealed = "" } = (await world.settings.verificationKeys(ACME.id)).find((key) => key.id === id) ?? {};
    expect(await openTenantSecret(world.ring, "verification-key", OTHER.id, id, sealed)).toBeNull();
    expect(await openTenantSecret(world.ring, "verification-key", ACME.id, "another", sealed)).toBeNull();
    expect(await openTenantSecret(world.ring, "link-key", ACME.id, id, sealed)).toBeNull();
  });

  it("says when it is of no use any more", async () => {
    const world = settingsWorld();
    // A day key signs until its day ends, and what it signed lives for seven days.
    const day = await add(world, material("AKIAACME/20261120/eu-west-1"));
    expect(day.expiresAt).toBe(Date.UTC(2026, 10, 28));
    expect((await add(world, material("acmefiles"))).expiresAt).toBe(Date.UTC(2026, 10, 27));
    expect((await add(world, material("AKIAACME"))).expiresAt).toBeNull();
  });

  it("takes the place of that of the same kind and name", async () => {
    const world = settingsWorld();
    const first = await add(world, material("AKIAACME"));
    const second = await add(world, material("AKIAACME", { secret_access_key: "another" }));
    expect(await ids(world)).toEqual([second.id]);
    expect(second.id).not.toBe(first.id);
    expect(await opened(world, second.id)).toMatchObject({ secretAccessKey: "another" });
    await add(world, material("LTAIACME", { access_key_id: "AKIAACME" }));
    expect(await ids(world)).toHaveLength(2);
  });

  it("is the tenant's own", async () => {
    const world = settingsWorld();
    const { id } = await add(world, material("AKIAACME"));
    const theirs = await add(world, material("AKIAACME"), OTHER.id);
    await expect(removeVerificationKey(OTHER.id, id, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const rotated = rotateVerificationKey(OTHER.id, id, material("AKIAACME"), world);
    await expect(rotated).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect([await ids(world), await ids(world, OTHER.id)]).toEqual([[id], [theirs.id]]);
  });

  it("is gone when it is removed", async () => {
    const world = settingsWorld();
    const { id } = await add(world, material("AKIAACME"));
    await removeVerificationKey(ACME.id, id, world);
    expect(await ids(world)).toEqual([]);
    await expect(removeVerificationKey(ACME.id, id, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

/** Days and regions that a tenant pushes at once. */
const DAY_KEYS = ["eu-west-1", "us-east-1"].flatMap((region) =>
  ["20261120", "20261121", "20261122"].map((date) => material("AKIAACME/20261120/eu-west-1", { date, region })),
);
const batch = (all: readonly unknown[]) => all.map((fields, position) => ({ path: `keys.${position}.`, fields }));

describe("a batch", () => {
  it("is registered in its order, and may be repeated", async () => {
    const world = settingsWorld();
    const added = await addVerificationKeys(ACME.id, batch(DAY_KEYS), world);
    expect(added.map(({ name }) => name)).toEqual(DAY_KEYS.map(({ date, region }) => `AKIAACME/${date}/${region}`));
    expect(await listVerificationKeys(ACME.id, world)).toEqual(added);
    const again = await addVerificationKeys(ACME.id, batch(DAY_KEYS), world);
    expect(await listVerificationKeys(ACME.id, world)).toEqual(again);
  });

  it("with one that is wrong registers none, and names its place", async () => {
    const world = settingsWorld();
    const wrong = [...DAY_KEYS.slice(0, 2), material("K2ACMERSA", { public_key: "none" })];
    await expect(addVerificationKeys(ACME.id, batch(wrong), world)).rejects.toMatchObject({
      ...{ code: "INVALID_FIELD", message: expect.stringMatching(/^keys\.2\.public_key /) },
    });
    expect(await ids(world)).toEqual([]);
  });

  it("that names one twice registers none", async () => {
    const world = settingsWorld();
    const twice = addVerificationKeys(ACME.id, batch([...DAY_KEYS, DAY_KEYS[1]]), world);
    await expect(twice).rejects.toMatchObject({ message: expect.stringMatching(/^keys\.6\.kind /) });
    expect(await ids(world)).toEqual([]);
  });

  it("for which there is no room registers none, while what takes another's place needs no room", async () => {
    const world = settingsWorld();
    const many = Array.from({ length: MAX_SETTINGS_OF_A_KIND - 2 }, (_, index) =>
      material("AKIAACME", { access_key_id: `AKIA${index}` }),
    );
    await addVerificationKeys(ACME.id, batch(many), world);
    await expect(addVerificationKeys(ACME.id, batch(DAY_KEYS), world)).rejects.toMatchObject({
      code: "LIMIT_REACHED",
    });
    expect(await ids(world)).toHaveLength(MAX_SETTINGS_OF_A_KIND - 2);
    await addVerificationKeys(ACME.id, batch([...many.slice(0, 5), ...DAY_KEYS.slice(0, 2)]), world);
    expect(await ids(world)).toHaveLength(MAX_SETTINGS_OF_A_KIND);
    await expect(add(world, material("LTAIACME"))).rejects.toMatchObject({ code: "LIMIT_REACHED" });
  });

  it("finds room where keys are of no use any more", async () => {
    const world = settingsWorld();
    const days = Array.from({ length: MAX_SETTINGS_OF_A_KIND }, (_, index) =>
      material("AKIAACME/20261120/eu-west-1", { region: `region-${index}` }),
    );
    await addVerificationKeys(ACME.id, batch(days), world);
    await expect(add(world, material("AKIAACME"))).rejects.toMatchObject({ code: "LIMIT_REACHED" });
    world.clock.set(NOON + 8 * DAY);
    await add(world, material("AKIAACME"));
  });
});

describe("rotating a verification key", () => {
  it("puts new material in its place, under a new id", async () => {
    const world = settingsWorld();
    const before = await add(world, material("AKIAACME"));
    await add(world, material("LTAIACME"));
    const fields = material("AKIAACME", { secret_access_key: "rotated" });
    const after = await rotateVerificationKey(ACME.id, before.id, fields, world);
    expect(after).toMatchObject({ kind: before.kind, name: before.name });
    expect(await ids(world)).not.toContain(before.id);
    expect(await opened(world, after.id)).toMatchObject({ secretAccessKey: "rotated" });
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ["of another kind", material("LTAIACME", { access_key_id: "AKIAACME" }), /^kind must be s3_secret/],
    ["of another name", material("AKIAACME", { access_key_id: "AKIAOTHER" }), /^access_key_id /],
    ["that is none", material("AKIAACME", { secret_access_key: "" }), /^secret_access_key /],
  ])("refuses material %s, and leaves what is there", async (_, fields, message) => {
    const world = settingsWorld();
    const { id } = await add(world, material("AKIAACME"));
    await expect(rotateVerificationKey(ACME.id, id, fields, world)).rejects.toMatchObject({
      ...{ code: "INVALID_FIELD", message: expect.stringMatching(message) },
    });
    expect(await opened(world, id)).toMatchObject({ secretAccessKey: SECRET });
  });

  it("of an id that nobody has is not found", async () => {
    const rotated = rotateVerificationKey(ACME.id, "none", material("AKIAACME"), settingsWorld());
    await expect(rotated).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("while the settings are down,", () => {
  it("everything about verification keys is 503, and no secret is in what is reported", async () => {
    const world = settingsWorld();
    const down = settingsDown(world);
    const calls = [
      () => listVerificationKeys(ACME.id, down),
      () => add(down, material("AKIAACME")),
      () => rotateVerificationKey(ACME.id, "any", material("AKIAACME"), down),
      () => removeVerificationKey(ACME.id, "any", down),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(world.reports.map(({ error }) => String(error)).join()).not.toContain(SECRET);
  });
});
