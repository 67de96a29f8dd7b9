import { generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import {
  verificationKeyBody,
  verificationKeyDeleted,
  verificationKeyList,
} from "../../../../src/api/schemas/verification-keys.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { until } from "../../stack/until.ts";
import { everyRow } from "./every-row.ts";
import { BROKEN_ACCOUNT, KNOWN_ACCOUNT } from "./playing-google.ts";
import { asOther, call, done, refusal } from "./settings-calls.ts";

/** Recognisable wherever it should not be. */
const SECRET = "RecognisableSecretNobodyMayEverSeeAgain1";
const SECRET_HEX = "5ec7e7".repeat(10).padEnd(64, "0");

const S3 = { kind: "s3_secret", access_key_id: "AKIAACME", secret_access_key: SECRET };

/** Day keys as a tenant pushes them: eight days, from today on. */
const DAY_KEYS = Array.from({ length: 8 }, (_, days) => ({
  kind: "s3_day_key",
  access_key_id: "AKIADAYS",
  date: new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 10).replaceAll("-", ""),
  region: "eu-west-1",
  key: SECRET_HEX,
}));

/** What providers' signatures are checked with. No answer holds a secret, and no row of the database. */
export function verificationSettings(stack: () => Stack): void {
  const list = async () =>
    verificationKeyList.parse(await done(stack(), "GET", "/verification-keys")).verification_keys;
  const post = (body: unknown) => call(stack(), "POST", "/verification-keys", body);

  it("is registered, replaced, listed, rotated and withdrawn, and never shown", async () => {
    const { status, body, text } = await post(S3);
    const added = verificationKeyBody.parse(body);
    expect([status, text.includes(SECRET)]).toEqual([201, false]);
    expect(added).toMatchObject({ kind: "s3_secret", name: "AKIAACME", expires_at: null });
    const again = verificationKeyBody.parse((await post(S3)).body);
    expect(await list()).toEqual([again]);

    const path = `/verification-keys/${again.id}`;
    const rotated = verificationKeyBody.parse(await done(stack(), "POST", `${path}/rotate`, S3));
    expect(rotated).toMatchObject({ kind: "s3_secret", name: "AKIAACME" });
    expect(refusal(await call(stack(), "POST", `${path}/rotate`, S3))).toMatchObject({ status: 404 });
    const otherName = { ...S3, access_key_id: "AKIAOTHER" };
    const wrong = await call(stack(), "POST", `/verification-keys/${rotated.id}/rotate`, otherName);
    expect(refusal(wrong)).toMatchObject({ status: 400, message: expect.stringMatching(/^access_key_id/) });

    const others = await call(stack(), "DELETE", `/verification-keys/${rotated.id}`, undefined, asOther(stack()));
    expect(refusal(others)).toMatchObject({ status: 404 });
    const deleted = await done(stack(), "DELETE", `/verification-keys/${rotated.id}`);
    expect(verificationKeyDeleted.parse(deleted)).toEqual({ id: rotated.id, status: "deleted" });
    expect(await list()).toEqual([]);
  });

  it("comes in batches of day keys, which say when they end", async () => {
    const { status, body, text } = await post({ keys: DAY_KEYS });
    expect([status, text.includes(SECRET_HEX)]).toEqual([201, false]);
    const { verification_keys: added } = verificationKeyList.parse(body);
    expect(added.map(({ name }) => name)).toEqual(DAY_KEYS.map(({ date }) => `AKIADAYS/${date}/eu-west-1`));
    expect(added.every(({ expires_at }) => Date.parse(expires_at ?? "") > Date.now())).toBe(true);
    expect(await list()).toEqual(added);

    for (const keys of [[], Array(51).fill(DAY_KEYS[0]), [...DAY_KEYS, { ...DAY_KEYS[0], key: "x" }]]) {
      expect(refusal(await post({ keys }))).toMatchObject({ status: 400, message: expect.stringMatching(/^keys/) });
    }
    const both = await post({ keys: DAY_KEYS, ...S3 });
    expect([both.status, both.text.includes(SECRET)]).toEqual([400, false]);
    expect(await list()).toEqual(added);
    for (const { id } of added) await done(stack(), "DELETE", `/verification-keys/${id}`);
  });

  it("of a Google account is what Google publishes for it", async () => {
    const account = (email: string) => post({ kind: "gcs_account", email });
    const { status, body } = await account(KNOWN_ACCOUNT);
    expect([status, body.name]).toEqual([201, KNOWN_ACCOUNT]);
    const unknown = refusal(await account("nobody@acme-project.iam.gserviceaccount.com"));
    expect(unknown).toMatchObject({ status: 400, code: "INVALID_FIELD", message: expect.stringMatching(/^email /) });
    expect(refusal(await account(BROKEN_ACCOUNT))).toMatchObject({ status: 503, code: "UNAVAILABLE" });
    expect((await list()).map(({ name }) => name)).toEqual([KNOWN_ACCOUNT]);
    await done(stack(), "DELETE", `/verification-keys/${body.id}`);
  });

  const p384 = generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey.export({ type: "spki", format: "pem" });
  it.each<[string, unknown, RegExp]>([
    ["nothing", {}, /^kind/],
    ["a kind of nobody's", { ...S3, kind: "s4_secret" }, /^kind/],
    ["no secret", { ...S3, secret_access_key: undefined }, /^secret_access_key/],
    ["an empty secret", { ...S3, secret_access_key: "" }, /^secret_access_key/],
    ["no key", { kind: "cloudfront", key_pair_id: "K2ACME", public_key: SECRET }, /^public_key/],
    ["a key on the wrong curve", { kind: "cloudfront", key_pair_id: "K2ACME", public_key: p384 }, /^public_key/],
    ["a day that has passed", { ...DAY_KEYS[0], date: "20200101" }, /^date/],
  ])("is refused by the field's name when it is %s", async (_, body, message) => {
    const answer = await post(body);
    expect(refusal(answer)).toMatchObject({ status: 400, message: expect.stringMatching(message) });
    expect(answer.text).not.toContain(SECRET);
    expect(await list()).toEqual([]);
  });

  it("rests sealed, and so do link keys", async () => {
    await done(stack(), "POST", "/verification-keys", S3);
    await done(stack(), "POST", "/verification-keys", DAY_KEYS[0]);
    const { key, kid } = await done(stack(), "POST", "/link-keys");
    const rows = await until("the rows are there", async () => {
      const text = await everyRow(stack());
      return text.includes("AKIAACME") && text.includes(String(kid)) ? text : null;
    });
    for (const secret of [SECRET, SECRET_HEX, String(key), String(key).replace("snap_link_", "")]) {
      expect(rows).not.toContain(secret);
    }
    await done(stack(), "DELETE", `/link-keys/${kid}`);
  });
}
