import { beforeAll, expect, it } from "vitest";
import { inspectAnswer } from "../../../../src/api/schemas/inspect.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { untilStored } from "../../stack/entries.ts";
import { presign, publish } from "../../stack/objects.ts";
import { originRequests } from "../../stack/origin-log.ts";
import { askProxy, manage } from "../../stack/requests.ts";
import { noteSignature } from "../../stack/signatures.ts";
import { until } from "../../stack/until.ts";
import { done } from "../settings/settings-calls.ts";
import { BUCKETS, CREDENTIALS, SECRETS } from "./urls.ts";

const S3_NAMES = ["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"].map(
  (name) => `X-Amz-${name}`,
);
const NONE = { credential: [], significant: [], presentational: [], unsigned: [] };
const FINE = { storable: true, reason: null, cached: false } as const;
const AT_NEW_YEAR = "2030-01-01T00:00:00.000Z";

const EXPLAINED: readonly [what: string, url: string, answer: object][] = [
  [
    "S3, by a host name of the bucket's",
    `${BUCKETS.s3}/a%2fb//c.txt?versionId=7&response-content-type=text%2Fplain&${CREDENTIALS.s3}`,
    {
      ...{ ...FINE, provider: "s3-sigv4", identity: "s3:aws/media/a%2Fb//c.txt?versionId=7" },
      ...{ expires_at: "2030-01-01T01:00:00.000Z", access: "probe" },
      parameters: {
        ...{ ...NONE, credential: S3_NAMES, significant: ["versionId"], presentational: ["response-content-type"] },
      },
    },
  ],
  [
    "Google's V2, where nothing but the path is signed",
    `${BUCKETS.gcs}/a.txt?${CREDENTIALS.gcsV2}&response-content-disposition=inline&generation=5&utm_source=x`,
    {
      ...{ ...FINE, provider: "gcs-v2", identity: "gs:media/a.txt#5", expires_at: AT_NEW_YEAR, access: "verify" },
      parameters: {
        credential: ["GoogleAccessId", "Expires", "Signature"],
        significant: ["generation"],
        presentational: ["response-content-disposition"],
        unsigned: ["response-content-disposition", "generation", "utm_source"],
      },
    },
  ],
  [
    "a SAS of Azure's for one address",
    `${BUCKETS.azure}/container/a.bin?sip=203.0.113.7&${CREDENTIALS.azure}`,
    {
      ...{ provider: "azure-sas", identity: "az:snapbytemedia/container/a.bin", expires_at: AT_NEW_YEAR },
      ...{ storable: false, reason: "ip-bound", access: "probe", cached: false },
      parameters: { ...NONE, credential: ["sip", "sv", "se", "sr", "sp", "sig"] },
    },
  ],
  [
    "a URL that begins like Amazon's and is none",
    `${BUCKETS.s3}/a.txt?${CREDENTIALS.s3.replace("X-Amz-Expires=3600", "X-Amz-Expires=soon")}`,
    {
      ...{ provider: "s3-sigv4", identity: "s3:aws/media/a.txt", expires_at: null },
      ...{ storable: false, reason: "malformed", access: "probe", cached: false },
      parameters: { ...NONE, credential: S3_NAMES },
    },
  ],
  [
    "a provider that nobody knows, on an origin that nobody allowed",
    `https://files.example.net/x?hmac=${SECRETS.token}&v=2`,
    {
      ...{ provider: null, identity: "https://files.example.net:443/x?hmac=REDACTED&v=2", expires_at: null },
      ...{ storable: true, reason: "origin-not-allowed", access: null, cached: false },
      parameters: { ...NONE, significant: ["hmac", "v"] },
    },
  ],
  [
    "an origin that nobody allowed, of a provider that we know",
    `https://other.s3.eu-west-1.amazonaws.com/a.txt?${CREDENTIALS.s3}`,
    {
      ...{ provider: "s3-sigv4", identity: "s3:aws/other/a.txt", expires_at: "2030-01-01T01:00:00.000Z" },
      ...{ storable: true, reason: "origin-not-allowed", access: null, cached: false },
      parameters: { ...NONE, credential: S3_NAMES },
    },
  ],
  [
    "no signature at all",
    `${BUCKETS.s3}/public/a.txt`,
    {
      ...{ ...FINE, provider: null, identity: "s3:aws/media/public/a.txt", expires_at: null, access: "probe" },
      parameters: NONE,
    },
  ],
];

/** What the owner of a URL learns of it, without one value of a credential. */
export function explanations(stack: () => Stack): void {
  beforeAll(async () => {
    for (const secret of Object.values(SECRETS)) noteSignature(secret);
    await done(stack(), "POST", "/origins", { origin: BUCKETS.s3 });
    await done(stack(), "POST", "/origins", { origin: BUCKETS.azure });
    await done(stack(), "POST", "/origins", { origin: `${BUCKETS.gcs}/`, access: "verify" });
  });
  const inspect = async (url: string) => {
    const response = await manage(stack(), "/inspect", { body: { url } });
    const text = await response.text();
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
    for (const secret of Object.values(SECRETS)) expect(decodeURIComponent(text)).not.toContain(secret);
    return inspectAnswer.parse(JSON.parse(text));
  };

  it.each(EXPLAINED)("is given for %s", async (_, url, answer) => {
    expect(await inspect(url)).toEqual(answer);
  });

  it("names one object for every endpoint of its store, and for a host name that the tenant declared", async () => {
    const { identity } = await inspect(`${BUCKETS.s3}/a.txt?${CREDENTIALS.s3}`);
    await done(stack(), "POST", "/cnames", { host: "cdn.example.com", bucket_url: BUCKETS.s3 });
    for (const place of [
      "https://s3.eu-west-1.amazonaws.com/media",
      "https://media.s3.dualstack.eu-west-1.amazonaws.com",
      "https://media.s3-accelerate.amazonaws.com",
      "https://cdn.example.com",
    ]) {
      expect((await inspect(`${place}/a.txt?${CREDENTIALS.s3}`)).identity).toBe(identity);
    }
    await done(stack(), "DELETE", "/cnames/cdn.example.com");
    expect((await inspect(`https://cdn.example.com/a.txt?${CREDENTIALS.s3}`)).identity).not.toBe(identity);
  });

  it("says when there is a copy, and asks the origin nothing", async () => {
    const url = await publish(stack(), "inspected.txt", "inspected");
    const address = new URL(url);
    expect(await inspect(url)).toMatchObject({
      ...{ ...FINE, provider: "s3-sigv4", identity: `http://${address.host}${address.pathname}`, access: "probe" },
    });
    expect((await askProxy(stack(), url)).location).toBe(url);
    await untilStored(stack(), url);
    const before = (await originRequests(stack())).length;
    const again = await presign(stack(), "inspected.txt", 1_234);
    await until("it says that there is a copy", async () => ((await inspect(again)).cached ? true : null));
    expect(await originRequests(stack())).toHaveLength(before);
  });

  it("says nothing of another tenant's copy", async () => {
    const url = await publish(stack(), "inspected-other.txt", "inspected");
    await askProxy(stack(), url);
    await untilStored(stack(), url);
    await until("it says that there is a copy", async () => ((await inspect(url)).cached ? true : null));
    const response = await manage(stack(), "/inspect", { key: stack().presigned.apiKey, body: { url } });
    expect(await response.json()).toMatchObject({ cached: false, access: "probe" });
  });
}
