import { AwsV4Signer } from "aws4fetch";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { querySigner } from "../../../../src/platform/s3/query-signer.ts";
import { addressOf, type S3Settings } from "../../../../src/platform/s3/s3-settings.ts";
import { NOON, SECOND } from "../../../core/samples.ts";

const SETTINGS: S3Settings = {
  endpoint: "https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com",
  bucket: "copies",
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

type Case = {
  readonly settings: S3Settings;
  readonly method: "GET" | "HEAD";
  readonly key: string;
  readonly overrides: readonly (readonly [string, string])[];
  readonly now: number;
  readonly life: number;
};

/** The same URL as aws4fetch signs it. */
async function expected({ settings, method, key, overrides, now, life }: Case): Promise<URL> {
  const { accessKeyId, secretAccessKey, region = "auto" } = settings;
  const url = addressOf(settings, key);
  url.searchParams.set("X-Amz-Expires", String(life));
  for (const [name, value] of overrides) url.searchParams.set(name, value);
  const datetime = new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, "");
  const request = { method, url: url.href, service: "s3", region, signQuery: true, datetime };
  return (await new AwsV4Signer({ ...request, accessKeyId, secretAccessKey }).sign()).url;
}

/** Address, and the parameters by name: their order is not what a signature is about. */
function parts(url: URL) {
  return { address: url.origin + url.pathname, parameters: Object.fromEntries(url.searchParams) };
}

const text = (most: number) => fc.string({ unit: "grapheme", minLength: 1, maxLength: most });
// The URL class would fold these two, which no key of ours holds.
const segment = text(20).filter((one) => !/^\.{1,2}$/.test(one) && !one.includes("/"));
const key = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join("/"));
const value = fc.oneof(
  text(40),
  fc.constantFrom('attachment; filename="a b+c.txt"', "text/x-c++; charset=utf-8", "de"),
);
const settings: fc.Arbitrary<S3Settings> = fc.record({
  endpoint: fc.constantFrom(
    ...[SETTINGS.endpoint, "https://s3.example:8443", "http://localhost:9000", "https://gateway.example/stores/s3"],
    ...["https://S3.Example.com:443", "https://s3.eu-central-1.amazonaws.com"],
  ),
  bucket: fc.constantFrom("copies", "copies.example.com"),
  accessKeyId: fc.oneof(fc.constant("AKIDEXAMPLE"), text(20)),
  secretAccessKey: fc.oneof(fc.constant(SETTINGS.secretAccessKey), text(90)),
  region: fc.constantFrom("auto", "eu-central-1", "us-east-1"),
  addressing: fc.constantFrom("path" as const, "virtual" as const),
});
const NAMES = ["response-content-disposition", "response-content-language", "response-content-type"] as const;
const cases: fc.Arbitrary<Case> = fc.record({
  settings,
  method: fc.constantFrom("GET" as const, "HEAD" as const),
  key,
  overrides: fc
    .record({ [NAMES[0]]: value, [NAMES[1]]: value, [NAMES[2]]: value }, { requiredKeys: [] })
    .map((given) => NAMES.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]] as const]))),
  now: fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) }),
  life: fc.integer({ min: 1, max: 604_800 }),
});

describe("a URL that is signed in its query", () => {
  test("has the signature that aws4fetch makes, whatever the store, key, parameters and moment", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const signed = querySigner(one.settings)(one.method, one.key, one.overrides)(one.now, one.life);
        expect(parts(new URL(signed))).toEqual(parts(await expected(one)));
      }),
      { numRuns: 500 },
    );
  });

  test("is signed by the key of its day, on both sides of midnight and back again", async () => {
    const midnight = Date.UTC(2026, 10, 21);
    const unsigned = querySigner(SETTINGS)("GET", "tenant/entry/g", []);
    for (const now of [midnight - 1, midnight, midnight - SECOND, NOON, midnight + SECOND]) {
      const one = { settings: SETTINGS, method: "GET", key: "tenant/entry/g", overrides: [], now, life: 60 } as const;
      expect(parts(new URL(unsigned(now, 60)))).toEqual(parts(await expected(one)));
    }
  });

  test("is written as it is signed: no client has anything to encode anew", () => {
    const disposition = "attachment; filename*=UTF-8''a%20b(1)!*.txt";
    const signed = querySigner(SETTINGS)("GET", "a b+c/(1)!*'.txt", [["response-content-disposition", disposition]]);
    const url = signed(NOON, 60);
    expect(url).toMatch(/^https:\/\/[a-z0-9.]+\/copies\/a%20b%2Bc\/%281%29%21%2A%27\.txt\?[A-Za-z0-9%=&._~-]+$/);
    expect(new URL(url).searchParams.get("response-content-disposition")).toBe(disposition);
  });

  test("is signed for so many bytes as aws4fetch signs that field", async () => {
    const signed = querySigner(SETTINGS)("PUT", "a/b c", [["partNumber", "7"]], 5_242_880)(NOON, 60);
    const url = addressOf(SETTINGS, "a/b c");
    for (const [name, value] of Object.entries({ "X-Amz-Expires": "60", partNumber: "7" })) {
      url.searchParams.set(name, value);
    }
    const request = { method: "PUT", url: url.href, service: "s3", region: "auto", signQuery: true, allHeaders: true };
    const { accessKeyId, secretAccessKey } = SETTINGS;
    const datetime = new Date(NOON).toISOString().replace(/[:-]|\.\d{3}/g, "");
    const headers = { "Content-Length": "5242880" };
    const theirs = await new AwsV4Signer({ ...request, datetime, headers, accessKeyId, secretAccessKey }).sign();
    expect(parts(new URL(signed))).toEqual(parts(theirs.url));
    expect(signed).toContain("X-Amz-SignedHeaders=content-length%3Bhost");
  });

  test("is known", () => {
    // The example of AWS's documentation, with a bucket and a host of its own.
    const example = {
      endpoint: "https://s3.amazonaws.com",
      bucket: "examplebucket",
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      region: "us-east-1",
      addressing: "virtual",
    } as const;
    const url = querySigner(example)("GET", "test.txt", [])(Date.UTC(2013, 4, 24), 86_400);
    expect(new URL(url).searchParams.get("X-Amz-Signature")).toBe(
      "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
    );
  });
});
