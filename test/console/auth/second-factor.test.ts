import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { personOf } from "../../../src/console/auth/person.ts";
import { browser, PASSWORD, signedIn, usePeopleWorld } from "./people-world.ts";

const world = usePeopleWorld();

/** The secret in an `otpauth:` address, in base32 (RFC 4648 section 6). */
function secretOf(uri: string): Buffer {
  const bits = [...(new URL(uri).searchParams.get("secret") ?? "")]
    .map((character) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(character).toString(2).padStart(5, "0"))
    .join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** What an authenticator shows at a moment (RFC 6238): six digits, another every 30 s. */
function codeAt(uri: string, ms: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(ms / 30_000)));
  const mac = createHmac("sha1", secretOf(uri)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Somebody with a second factor. */
async function guarded() {
  const at = await signedIn(world());
  const { status, body } = await at.call("/two-factor/enable", { password: PASSWORD });
  expect(status).toBe(200);
  const { totpURI: uri, backupCodes } = body as { totpURI: string; backupCodes: string[] };
  expect((await at.call("/two-factor/verify-totp", { code: codeAt(uri, Date.now()) })).status).toBe(200);
  return { ...at, uri, backupCodes };
}

const half = async (email: string) => {
  const at = browser(world());
  const answer = await at.call("/sign-in/email", { email, password: PASSWORD });
  return { at, answer };
};

describe("a second factor", () => {
  it("is asked for after the password, which alone opens nothing", async () => {
    const { email, uri } = await guarded();
    const { at, answer } = await half(email);
    expect(answer).toMatchObject({ status: 200, body: { twoFactorRedirect: true } });
    expect((await personOf(world(), at.request())).person).toBeNull();
    expect((await at.call("/two-factor/verify-totp", { code: codeAt(uri, Date.now()) })).status).toBe(200);
    expect((await personOf(world(), at.request())).person).toMatchObject({ email, hasSecondFactor: true });
  });

  it.each(["000000", "abc", "", "1234567"])("is not the code %j", async (code) => {
    const { email } = await guarded();
    const { at } = await half(email);
    expect((await at.call("/two-factor/verify-totp", { code })).status).toBeGreaterThanOrEqual(400);
    expect((await personOf(world(), at.request())).person).toBeNull();
  });

  it("is not a code of an hour ago", async () => {
    const { email, uri } = await guarded();
    const { at } = await half(email);
    const old = await at.call("/two-factor/verify-totp", { code: codeAt(uri, Date.now() - 3_600_000) });
    expect(old.status).toBeGreaterThanOrEqual(400);
  });

  it("is guessed at a few times only: then even the right code is refused", async () => {
    const { email, uri } = await guarded();
    const { at } = await half(email);
    for (let guess = 0; guess < 12; guess++) await at.call("/two-factor/verify-totp", { code: `00000${guess % 10}` });
    const right = await at.call("/two-factor/verify-totp", { code: codeAt(uri, Date.now()) });
    expect(right.status).toBeGreaterThanOrEqual(400);
    expect((await personOf(world(), at.request())).person).toBeNull();
  });

  it("may be a backup code, each of them once", async () => {
    const { email, backupCodes } = await guarded();
    const [code = ""] = backupCodes;
    const first = await half(email);
    expect((await first.at.call("/two-factor/verify-backup-code", { code })).status).toBe(200);
    const second = await half(email);
    expect((await second.at.call("/two-factor/verify-backup-code", { code })).status).toBeGreaterThanOrEqual(400);
  });

  it("is begun and ended with the password only", async () => {
    const fresh = await signedIn(world());
    expect((await fresh.call("/two-factor/enable", { password: "a wrong password" })).status).toBe(400);
    const { call, email } = await guarded();
    expect((await call("/two-factor/disable", { password: "a wrong password" })).status).toBe(400);
    expect((await half(email)).answer.body).toMatchObject({ twoFactorRedirect: true });
    expect((await call("/two-factor/disable", { password: PASSWORD })).status).toBe(200);
    expect((await half(email)).answer.body).not.toMatchObject({ twoFactorRedirect: true });
  });

  it("rests sealed", async () => {
    const { uri } = await guarded();
    const rows = JSON.stringify(await world().database.query.twoFactor.findMany());
    expect(rows).not.toContain(new URL(uri).searchParams.get("secret"));
  });
});
