import { describe, expect, it } from "vitest";
import { addVerificationKeys } from "../../../src/app/settings/verification-keys.ts";
import { ACME } from "../world.ts";
import { material, P256_KEY, P384_KEY, RSA_KEY, SECRET, SHORT_RSA_KEY } from "./material-samples.ts";
import { KNOWN_ACCOUNT, keptText, type SettingsWorld, settingsWorld } from "./settings-world.ts";

async function add(world: SettingsWorld, fields: unknown) {
  return await addVerificationKeys(ACME.id, [{ path: "", fields }], world);
}

/** An account whose keys Google is to be asked for. */
const account = (email: string) => ({ kind: "gcs_account", email });

const BAD: [string, unknown, RegExp][] = [
  ["nothing", null, /^\w+ /],
  ["a text", SECRET, /^\w+ /],
  ["a list", [material("AKIAACME")], /^\w+ /],
  ["no kind", material("AKIAACME", { kind: undefined }), /^kind /],
  ["a kind that we do not know", material("AKIAACME", { kind: "s4_secret" }), /^kind /],
  ["a field of another kind", material("AKIAACME", { security_key: SECRET }), /^security_key /],
  ["no key id", material("AKIAACME", { access_key_id: undefined }), /^access_key_id /],
  ["no secret", material("AKIAACME", { secret_access_key: undefined }), /^secret_access_key /],
  ["an empty secret", material("AKIAACME", { secret_access_key: "" }), /^secret_access_key /],
  ["a secret of several lines", material("GOOGACME", { secret: `${SECRET}\n${SECRET}` }), /^secret /],
  ["a number for a secret", material("LTAIACME", { access_key_secret: 1 }), /^access_key_secret /],
  ["a day that is none", material("AKIAACME/20261120/eu-west-1", { date: "20260231" }), /^date /],
  ["a day long past", material("AKIAACME/20261120/eu-west-1", { date: "20261112" }), /^date has passed/],
  ["a day key of another length", material("AKIAACME/20261120/eu-west-1", { key: "5ec7e7" }), /^key /],
  ["what is no public key", material("K2ACMERSA", { public_key: SECRET }), /^public_key /],
  ["a key on another curve", material("K2ACMERSA", { public_key: P384_KEY }), /^public_key /],
  ["an RSA key that is too short", material("K2ACMERSA", { public_key: SHORT_RSA_KEY }), /^public_key /],
  ["a broken public key", material("K2ACMERSA", { public_key: RSA_KEY.replace(/.{40}\n/, "\n") }), /^public_key /],
  [
    "an account's key that is not RSA",
    { ...account(KNOWN_ACCOUNT), public_keys: [RSA_KEY, P256_KEY] },
    /^public_keys\.1 /,
  ],
  ["no key of an account", { ...account(KNOWN_ACCOUNT), public_keys: [] }, /^public_keys /],
  ["an account that is none", account("nobody"), /^email /],
  ["an Azure key that is no base64", material("acmemedia", { key: "?" }), /^key /],
  ["an Azure account that can be none", material("acmemedia", { account: "Acme Media" }), /^account /],
  [
    "a delegation that has ended",
    material("acmefiles", { signed_start: "2020-01-01T00:00:00Z", signed_expiry: "2020-01-02T00:00:00Z" }),
    /^signed_expiry has passed/,
  ],
  [
    "a delegation that ends before it begins",
    material("acmefiles", { signed_expiry: "2026-11-19T00:00:00Z" }),
    /^signed_expiry /,
  ],
  ["no hosts", material("bunny.acme.example", { hosts: [] }), /^hosts /],
  ["a host that is none", material("bunny.acme.example", { hosts: ["a.example", "https://b.example"] }), /^hosts\.1 /],
  ["a key that is no hex", material("akamai.acme.example", { key: SECRET }), /^key /],
];

describe("bad material is refused by its field's name, and is in no answer, report or store:", () => {
  it.each(BAD)("%s", async (_, fields, message) => {
    const world = settingsWorld();
    const added = add(world, fields);
    await expect(added).rejects.toMatchObject({ code: "INVALID_FIELD", message: expect.stringMatching(message) });
    await expect(added).rejects.toMatchObject({ message: expect.not.stringContaining(SECRET) });
    expect(await keptText(world)).not.toContain(SECRET);
    expect(world.reports).toEqual([]);
    expect(world.directory.forgotten).toEqual([]);
  });
});

describe("an account without keys of its own", () => {
  it("is one that Google knows", async () => {
    const world = settingsWorld();
    expect(await add(world, account(KNOWN_ACCOUNT))).toMatchObject([{ name: KNOWN_ACCOUNT, kind: "gcs-account" }]);
    expect(world.asked).toEqual([KNOWN_ACCOUNT]);
  });

  it("is refused by name when Google does not know it", async () => {
    const email = "nobody@acme-project.iam.gserviceaccount.com";
    await expect(add(settingsWorld(), account(email))).rejects.toMatchObject({
      ...{ code: "INVALID_FIELD", message: expect.stringMatching(/^email .*Google/) },
    });
  });

  it("is 503 while Google cannot be asked, and is not kept", async () => {
    const world = settingsWorld();
    const serviceAccounts = { find: () => Promise.reject(new Error("Google is unreachable")) };
    await expect(add({ ...world, serviceAccounts }, account(KNOWN_ACCOUNT))).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
    expect(await world.settings.verificationKeys(ACME.id)).toEqual([]);
  });

  it("is nobody to ask about when the keys came with it", async () => {
    const world = settingsWorld();
    await add(world, { ...account("nobody@example.com"), public_keys: [RSA_KEY] });
    expect(world.asked).toEqual([]);
  });
});
