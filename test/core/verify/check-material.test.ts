import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { checkMaterial, materialExpiresAt, materialName } from "../../../src/core/verify/check-material.ts";
import { verifyCloudFront } from "../../../src/core/verify/cloudfront.ts";
import type { Material } from "../../../src/core/verify/material.ts";
import { RSA, sdkLink } from "./cloudfront-links.ts";
import { at, signedUrl } from "./signed-samples.ts";

const pem = (key: { export(options: { type: "spki"; format: "pem" }): string | Buffer }) =>
  key.export({ type: "spki", format: "pem" }).toString();

const RSA_PEM = pem(RSA.publicKey);
const SHORT_PEM = pem(generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey);
const P256_PEM = pem(generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey);
const P384_PEM = pem(generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey);
const PRIVATE_PEM = RSA.privateKey.export({ type: "pkcs8", format: "pem" }).toString();

const GIVEN = {
  s3_secret: { access_key_id: "AKIAEXAMPLE", secret_access_key: "wJalrXUtnFEMI/K7MDENG" },
  s3_day_key: { access_key_id: "AKIAEXAMPLE", date: "20261121", region: "eu-west-1", key: "Ab".repeat(32) },
  gcs_account: { email: "signer@project.iam.gserviceaccount.com", public_keys: [RSA_PEM] },
  gcs_hmac: { access_id: "GOOGEXAMPLE", secret: "bGoa+V7g/yqDXvKRqq" },
  cloudfront: { key_pair_id: "K2JCJMDEHXQW5F", public_key: P256_PEM },
  azure_account_key: { account: "acct", key: Buffer.alloc(64, 7).toString("base64"), hosts: ["Files.Example.com"] },
  azure_user_delegation_key: {
    account: "acct",
    signed_oid: "11111111-2222-3333-4444-555555555555",
    signed_tid: "66666666-7777-8888-9999-000000000000",
    signed_start: "2026-11-20T11:00:00Z",
    signed_expiry: "2026-11-21T11:00:00Z",
    value: Buffer.alloc(32, 9).toString("base64"),
  },
  oss_secret: { access_key_id: "LTAIEXAMPLE", access_key_secret: "yourAccessKeySecret" },
  bunny: { hosts: ["b.example.com", "A.example.com", "b.example.com"], security_key: "229248f0-example" },
  akamai: { hosts: ["edge.akamaized.net"], key: "52A152a152a152a152a152a152" },
  qiniu: { access_key: "ak", secret_key: "sk" },
};
type Kind = keyof typeof GIVEN;

const check = (kind: Kind, changes: object = {}) => checkMaterial({ kind, ...GIVEN[kind], ...changes });

async function material(kind: Kind): Promise<Material> {
  const checked = await check(kind);
  if ("field" in checked) throw new Error(`${checked.field}: ${checked.message}`);
  return checked;
}

describe("verification material", () => {
  it.each([
    ["s3_secret", { kind: "s3-secret", accessKeyId: "AKIAEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG" }],
    ["s3_day_key", { kind: "s3-day-key", date: "20261121", region: "eu-west-1", key: "ab".repeat(32) }],
    ["gcs_account", { kind: "gcs-account", email: GIVEN.gcs_account.email, publicKeys: [RSA_PEM] }],
    ["gcs_hmac", { kind: "gcs-hmac", accessId: "GOOGEXAMPLE", secret: "bGoa+V7g/yqDXvKRqq" }],
    ["cloudfront", { kind: "cloudfront", keyPairId: "K2JCJMDEHXQW5F", publicKey: P256_PEM }],
    ["azure_account_key", { kind: "azure-account-key", account: "acct", otherKey: null, hosts: ["files.example.com"] }],
    [
      "azure_user_delegation_key",
      { kind: "azure-user-delegation-key", signedStart: "2026-11-20T11:00:00Z", hosts: [] },
    ],
    ["oss_secret", { kind: "oss-secret", accessKeyId: "LTAIEXAMPLE", accessKeySecret: "yourAccessKeySecret" }],
    ["bunny", { kind: "bunny", hosts: ["a.example.com", "b.example.com"], securityKey: "229248f0-example" }],
    ["akamai", { kind: "akamai", hosts: ["edge.akamaized.net"], key: "52a152a152a152a152a152a152" }],
    ["qiniu", { kind: "qiniu", accessKey: "ak", secretKey: "sk" }],
  ] as const)("of kind %s is read", async (kind, expected) => {
    expect(await check(kind)).toMatchObject(expected);
  });

  it("of a Google account may leave the keys to Google", async () => {
    expect(await check("gcs_account", { public_keys: undefined })).toMatchObject({ publicKeys: null });
  });

  it("comes back with its public keys in the form that is checked with", async () => {
    const public_key = `\r\n${RSA.publicKey.export({ type: "pkcs1", format: "pem" }).toString().replaceAll("\n", "\r\n")}`;
    const checked = await check("cloudfront", { public_key });
    expect(checked).toMatchObject({ publicKey: RSA_PEM });
    const link = signedUrl(sdkLink("https://d111111abcdef8.cloudfront.net/a.mp4"));
    expect("kind" in checked && (await verifyCloudFront(link, [checked], at()))).toBe("valid");
  });
});

describe("what is no verification material", () => {
  it.each<[Kind, object, string, string]>([
    ["s3_secret", { access_key_id: "" }, "access_key_id", "must be printable ASCII without spaces"],
    ["s3_secret", { secret_access_key: "two words" }, "secret_access_key", "must be printable ASCII without spaces"],
    ["s3_secret", { secret_access_key: undefined }, "secret_access_key", "must be given, as string"],
    ["s3_secret", { secret_access_key: PRIVATE_PEM }, "secret_access_key", "must be at most 512 characters"],
    ["s3_secret", { region: "eu-west-1" }, "region", "is not a field of this kind"],
    ["s3_day_key", { date: "2026-11-21" }, "date", "must be a date such as 20261120"],
    ["s3_day_key", { date: "20260230" }, "date", "is no day"],
    ["s3_day_key", { region: "eu/west" }, "region", "must be a region such as eu-west-1"],
    ["s3_day_key", { key: "ab".repeat(31) }, "key", "must be 64 hexadecimal digits"],
    ["gcs_account", { email: "nobody" }, "email", "must be the e-mail address of a service account"],
    ["gcs_account", { email: "a@b.c/../d" }, "email", "must be the e-mail address of a service account"],
    ["gcs_account", { public_keys: [] }, "public_keys", "must hold a key"],
    ["gcs_account", { public_keys: [RSA_PEM, P256_PEM] }, "public_keys.1", "is not an RSA key"],
    ["gcs_account", { public_keys: [SHORT_PEM] }, "public_keys.0", "is an RSA key of fewer than 2048 bits"],
    ["gcs_hmac", { secret: 7 }, "secret", "must be given, as string"],
    ["cloudfront", { key_pair_id: "K 2" }, "key_pair_id", "must be letters and digits"],
    ["cloudfront", { public_key: "no key" }, "public_key", "is not a public key in PEM"],
    ["cloudfront", { public_key: PRIVATE_PEM }, "public_key", "is a private key"],
    ["cloudfront", { public_key: P384_PEM }, "public_key", "is of the wrong curve"],
    ["cloudfront", { public_key: SHORT_PEM }, "public_key", "is an RSA key of fewer than 2048 bits"],
    [
      "cloudfront",
      { public_key: P256_PEM.replace(/.{4}(?=\n-----END)/, "AAA=") },
      "public_key",
      "is not a public key in PEM",
    ],
    ["cloudfront", { public_key: bentPoint() }, "public_key", "is not a key"],
    ["azure_account_key", { account: "Acct" }, "account", "must be 3 to 24 lower-case letters and digits"],
    ["azure_account_key", { key: "not base64!" }, "key", "must be base64"],
    ["azure_account_key", { key: "abcde" }, "key", "must be base64"],
    ["azure_account_key", { key: "AAAA" }, "key", "must be at least 16 bytes"],
    ["azure_account_key", { other_key: "AAAA" }, "other_key", "must be at least 16 bytes"],
    ["azure_account_key", { hosts: ["https://files.example.com"] }, "hosts.0", "must be a host name without port"],
    [
      "azure_user_delegation_key",
      { signed_start: "yesterday" },
      "signed_start",
      "must be a time such as 2026-11-20T12:00:00Z",
    ],
    ["azure_user_delegation_key", { signed_start: "2026-02-30T11:00:00Z" }, "signed_start", "is not a time"],
    [
      "azure_user_delegation_key",
      { signed_expiry: "2026-11-20T11:00:00Z" },
      "signed_expiry",
      "must be a time after the start",
    ],
    ["azure_user_delegation_key", { value: "AAA" }, "value", "must be base64"],
    ["oss_secret", { access_key_id: "x".repeat(129) }, "access_key_id", "must be at most 128 characters"],
    ["bunny", { hosts: [] }, "hosts", "must name a host"],
    ["bunny", { hosts: ["a.example.com", "b.example.com:8080"] }, "hosts.1", "must be a host name without port"],
    ["bunny", { hosts: ["*.example.com"] }, "hosts.0", "must be a host name without port"],
    ["akamai", { key: "xyz" }, "key", "must be at least 16 hexadecimal digits, in pairs"],
    ["akamai", { key: "52a152a152a152a15" }, "key", "must be at least 16 hexadecimal digits, in pairs"],
    ["qiniu", { secret_key: null }, "secret_key", "must be given, as string"],
  ])("%s with %j", async (kind, changes, field, message) => {
    expect(await check(kind, changes)).toEqual({ field, message });
  });

  it.each([
    ["of a kind that we do not know", { kind: "s4_secret" }, "kind"],
    ["of no kind", {}, "kind"],
    ["that is no object", "s3_secret", "body"],
    ["that is nothing", null, "body"],
  ])("%s", async (_, fields, field) => {
    expect(await checkMaterial(fields)).toMatchObject({ field });
  });

  it("is never repeated in what is said of it", async () => {
    for (const kind of Object.keys(GIVEN) as Kind[]) {
      for (const name of Object.keys(GIVEN[kind])) {
        const told = JSON.stringify(await check(kind, { [name]: "recognisable secret" }));
        expect(told).toContain(`"field":"${name}"`);
        expect(told).not.toContain("recognisable");
      }
    }
  });
});

describe("the name of verification material", () => {
  it("tells whose it is, and nothing secret", async () => {
    const names = await Promise.all(
      (Object.keys(GIVEN) as Kind[]).map(async (kind) => materialName(await material(kind))),
    );
    expect(names).toEqual([
      "AKIAEXAMPLE",
      "AKIAEXAMPLE/20261121/eu-west-1",
      "signer@project.iam.gserviceaccount.com",
      "GOOGEXAMPLE",
      "K2JCJMDEHXQW5F",
      "acct",
      "acct",
      "LTAIEXAMPLE",
      "a.example.com, b.example.com",
      "edge.akamaized.net",
      "ak",
    ]);
  });
});

describe("the end of verification material", () => {
  it("of a day's key comes when the last link of that day has ended", async () => {
    expect(materialExpiresAt(await material("s3_day_key"))).toBe(Date.UTC(2026, 10, 29));
  });

  it("of a user-delegation key is its own, and all others have none", async () => {
    for (const kind of Object.keys(GIVEN) as Kind[]) {
      if (kind === "s3_day_key") continue;
      const expected = kind === "azure_user_delegation_key" ? Date.UTC(2026, 10, 21, 11) : null;
      expect(materialExpiresAt(await material(kind))).toBe(expected);
    }
  });
});

/** A key of the right form whose point is not on the curve. */
function bentPoint(): string {
  const der = Buffer.from(P256_PEM.replace(/-----[A-Z ]+-----|\n/g, ""), "base64");
  der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
  return `-----BEGIN PUBLIC KEY-----\n${der.toString("base64")}\n-----END PUBLIC KEY-----\n`;
}
