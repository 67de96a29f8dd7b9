import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schemesOf } from "../../../src/core/origin-url/candidates.ts";
import { PROVIDERS } from "../../../src/core/origin-url/providers.ts";
import { parseRawUrl } from "../../../src/core/origin-url/raw-url.ts";
import type { Scheme } from "../../../src/core/origin-url/scheme.ts";
import { factsOf, type UrlFacts } from "../../../src/core/origin-url/url-facts.ts";
import { MADE_URLS } from "./sdk-made-urls.ts";

const HOSTS = [
  ...["bucket.s3.amazonaws.com", "storage.googleapis.com", "acct.blob.core.windows.net", "d1.cloudfront.net"],
  ...["cdn.example.com", "z.b-cdn.net", "firebasestorage.googleapis.com", "ref.supabase.co", "cdn.discordapp.com"],
  ...["acme.sharepoint.com", "uc1.dl.dropboxusercontent.com", "utfs.io", "imagedelivery.net", "a.imgix.net"],
  ...["ik.imagekit.io", "f004.backblazeb2.com", "objectstorage.eu-frankfurt-1.oraclecloud.com"],
  ...["b.obs.eu.myhuaweicloud.com", "a.akamaized.net", "b.oss-cn-hangzhou.aliyuncs.com"],
];
const PATHS = [
  ...["/a/b.mp4", "/storage/v1/object/sign/b/a.png", "/v0/b/p/o/a%2Fb", "/p/TOKEN/n/ns/b/media/o/a.mp4"],
  ...["/bcdn_token=x&expires=1/v/a.mp4", "/v/edge-cache-token=Expires=1~Signature=x/a.mp4"],
];
/** Of each form that some scheme is told by. */
const VALUES = [
  ...["", "1", "1795208014", "0123456789abcdef0123456789abcdef", "a".repeat(22), "aB_-".repeat(10).concat("abc")],
  ...[`exp=1795208014~hmac=${"a".repeat(64)}`, `EXP=1~HMAC=${"A".repeat(32)}`, `key:${"a".repeat(27)}=`],
  ...["bce-auth-v1/ak/2026-11-20T00:00:00Z/3600//abc", "deadbeef1795208014"],
];
const NAMES = [
  ...new Set(PROVIDERS.flatMap(({ credential, required, present }) => [...credential, ...required, ...present])),
];

/** A URL of some of one scheme's names, and some of all. */
const url = fc
  .record({
    host: fc.constantFrom(...HOSTS),
    path: fc.constantFrom(...PATHS),
    own: fc.constantFrom(...PROVIDERS).chain(({ credential }) => fc.subarray([...credential])),
    others: fc.array(fc.constantFrom(...NAMES, "x"), { maxLength: 3 }),
    values: fc.array(fc.constantFrom(...VALUES), { minLength: 20, maxLength: 20 }),
  })
  .map(({ host, path, own, others, values }) => {
    const query = [...own, ...others].map((name, at) => `${name}=${values[at % values.length]}`);
    return `https://${host}${path}${query.length > 0 ? `?${query.join("&")}` : ""}`;
  });

function facts(text: string): UrlFacts {
  const raw = parseRawUrl(text);
  if (typeof raw === "string") throw new Error(`${text} was refused: ${raw}`);
  return factsOf(raw, []);
}

/** What is found when every row of the table is asked. */
function byRow(given: UrlFacts): readonly Scheme[] {
  return PROVIDERS.filter(({ detect }) => detect(given));
}

const ids = (schemes: readonly Scheme[]) => schemes.map(({ id }) => id);

describe("the schemes that a URL carries", () => {
  it("are those that say so, in the order of the table, whatever names, values, host and path it has", () => {
    fc.assert(
      fc.property(url, (text) => {
        expect(ids(schemesOf(facts(text)))).toEqual(ids(byRow(facts(text))));
      }),
      { numRuns: 3000 },
    );
  });

  it.each(MADE_URLS.map(({ url: text }) => text))("are found in what an SDK made: %.60s", (text) => {
    expect(ids(schemesOf(facts(text)))).toEqual(ids(byRow(facts(text))));
  });

  it("are found by any single one of a scheme's names that tells of it", () => {
    for (const { id, credential } of PROVIDERS) {
      for (const name of credential) {
        for (const value of VALUES) {
          const given = facts(`https://cdn.example.com/a?${name}=${value}`);
          expect(ids(schemesOf(given)), `${id}: ${name}=${value}`).toEqual(ids(byRow(given)));
        }
      }
    }
  });

  it("are none in a URL without a query, on a host that is nobody's", () => {
    expect(schemesOf(facts("https://cdn.example.com/a.mp4"))).toEqual([]);
  });
});
