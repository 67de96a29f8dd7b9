import { describe, expect, it } from "vitest";
import type { Unstorable } from "../../../src/core/origin-url/origin-url.ts";
import { names, read, utc } from "./reading.ts";
import { MADE_URLS } from "./sdk-made-urls.ts";

/** What differs from a URL that ends an hour after 2026-11-20T19:53:34Z, may be stored, and has credentials only. */
type Expected = {
  readonly scheme: string;
  readonly identity: string;
  readonly unstorable?: Unstorable;
  readonly guessed?: true;
  readonly end?: string | null;
  readonly significant?: readonly string[];
  readonly presentational?: readonly string[];
  /** What is not sent for a fill. */
  readonly dropped?: readonly string[];
};

const V4 = "s3-sigv4";
const R2 = "0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com";
const OCI = "mynamespace.compat.objectstorage.us-ashburn-1.oraclecloud.com";
const IBM = "s3.us-south.cloud-object-storage.appdomain.cloud";
const OSS = "https://bkt.oss-cn-hangzhou.aliyuncs.com:443/a.mp4";
const COS = "https://bkt-1250000000.cos.ap-beijing.myqcloud.com:443/a.mp4";
const BOS = "https://bkt.bj.bcebos.com:443/v1/a.mp4";
const BLOB = "az:acct/c/dir/a.mp4";
const VERSION = "2026-11-20T00%3A00%3A00.0000000Z";
const AKAMAI_END = "2026-11-20T20:01:54Z";
const ALI_END = "2026-11-20T20:53:35Z";
const DISPOSITION = "response-content-disposition";
const TYPE = "response-content-type";
const S3_OVERRIDES = [
  ...["response-cache-control", DISPOSITION, "response-content-encoding", "response-content-language"],
  ...[TYPE, "response-expires"],
];

const EXPECTED: Readonly<Record<string, Expected>> = {
  "s3-v4-get": { scheme: V4, identity: "s3:aws/bkt/dir/a%20b%2Bc.mp4" },
  "s3-v4-get-overrides": {
    scheme: V4,
    identity: "s3:aws/bkt/a.mp4?partNumber=1&versionId=v1",
    unstorable: "sub-resource",
    significant: ["partnumber", "versionid"],
    presentational: S3_OVERRIDES,
  },
  "s3-v4-head": { scheme: V4, identity: "s3:aws/bkt/a.mp4" },
  "s3-v4-range-signed": { scheme: V4, identity: "s3:aws/bkt/a.mp4", unstorable: "signed-headers" },
  "s3-v4-ssec-reqpayer": { scheme: V4, identity: "s3:aws/bkt/a.mp4", unstorable: "signed-headers" },
  "s3-v4-sts-pathstyle": { scheme: V4, identity: "s3:aws/bkt/a.mp4", end: "2026-11-27T19:53:34Z" },
  "s3compat-r2": { scheme: V4, identity: `s3:${R2}/bkt/a.mp4` },
  "s3compat-wasabi": { scheme: V4, identity: "s3:s3.eu-central-1.wasabisys.com/bkt/a.mp4" },
  "s3compat-do-spaces": { scheme: V4, identity: "s3:nyc3.digitaloceanspaces.com/bkt/a.mp4" },
  "s3compat-b2-s3": { scheme: V4, identity: "s3:s3.us-west-004.backblazeb2.com/bkt/a.mp4" },
  "s3compat-gcs-s3-interop": { scheme: V4, identity: "gs:bkt/a.mp4" },
  "s3compat-ibm-cos": { scheme: V4, identity: `s3:${IBM}/bkt/a.mp4` },
  "s3compat-oci-s3": { scheme: V4, identity: `s3:${OCI}/bkt/a.mp4` },
  "s3compat-tigris": { scheme: V4, identity: "s3:t3.storage.dev/bkt/a.mp4" },
  "s3compat-supabase-s3": { scheme: V4, identity: "s3:abcdefghijklmnopqrst.storage.supabase.co/bkt/a.mp4" },
  "s3compat-scaleway": { scheme: V4, identity: "s3:s3.fr-par.scw.cloud/bkt/a.mp4" },
  "s3-v2-get": { scheme: "s3-sigv2", identity: "s3:aws/bkt/a.mp4" },
  "s3-v2-get-overrides": {
    scheme: "s3-sigv2",
    identity: "s3:aws/bkt/a.mp4?versionId=v1",
    significant: ["versionid"],
    presentational: [DISPOSITION],
  },
  "s3-v2-sts": { scheme: "s3-sigv2", identity: "s3:aws/bkt/a.mp4" },
  "cloudfront-canned": {
    scheme: "cloudfront",
    identity: "https://d111111abcdef8.cloudfront.net:443/a.mp4?size=large",
    end: "2026-12-01T00:00:00Z",
    significant: ["size"],
  },
  "cloudfront-custom": {
    scheme: "cloudfront",
    identity: "https://d111111abcdef8.cloudfront.net:443/a.mp4?size=large",
    unstorable: "ip-bound",
    end: "2026-12-01T00:00:00Z",
    significant: ["size"],
  },
  "gcs-v2": { scheme: "gcs-v2", identity: "gs:bkt/dir/a%20b.mp4" },
  "gcs-v2-overrides": {
    scheme: "gcs-v2",
    identity: "gs:bkt/dir/a%20b.mp4#123",
    significant: ["generation!"],
    presentational: [`${TYPE}!`, `${DISPOSITION}!`],
    dropped: [TYPE, DISPOSITION],
  },
  "gcs-v2-vhost": { scheme: "gcs-v2", identity: "gs:bkt/dir/a%20b.mp4" },
  "gcs-v2-cname": { scheme: "gcs-v2", identity: "https://media.example.com:443/dir/a%20b.mp4", guessed: true },
  "gcs-v4": { scheme: "gcs-v4", identity: "gs:bkt/dir/a%20b.mp4" },
  "gcs-v4-overrides": {
    scheme: "gcs-v4",
    identity: "gs:bkt/dir/a%20b.mp4#123",
    significant: ["generation"],
    presentational: [TYPE, DISPOSITION],
  },
  "gcs-v4-vhost": { scheme: "gcs-v4", identity: "gs:bkt/dir/a%20b.mp4" },
  "gcs-v4-cname": { scheme: "gcs-v4", identity: "https://media.example.com:443/dir/a%20b.mp4" },
  "azure-service-blob": { scheme: "azure-sas", identity: BLOB },
  "azure-service-blob-full": {
    scheme: "azure-sas",
    identity: BLOB,
    unstorable: "ip-bound",
    presentational: ["rscc", "rscd", "rsce", "rscl", "rsct"],
  },
  "azure-service-snapshot": {
    scheme: "azure-sas",
    identity: `${BLOB}?snapshot=${VERSION}`,
    significant: ["snapshot"],
  },
  "azure-service-version": {
    scheme: "azure-sas",
    identity: `${BLOB}?versionid=${VERSION}`,
    significant: ["versionid"],
  },
  "azure-service-identifier": { scheme: "azure-sas", identity: BLOB, end: null },
  "azure-container": {
    scheme: "azure-sas",
    identity: "https://acct.blob.core.windows.net:443/c",
    unstorable: "not-an-object",
  },
  "azure-account": {
    scheme: "azure-sas",
    identity: "https://acct.blob.core.windows.net:443/",
    unstorable: "ip-bound",
  },
  "azure-user-delegation": { scheme: "azure-sas", identity: BLOB },
  "alioss-v1": { scheme: "oss-v1", identity: OSS, end: ALI_END },
  "alioss-v1-over": {
    scheme: "oss-v1",
    identity: `${OSS}?x-oss-process=image%2Fresize%2Cw_200`,
    end: ALI_END,
    significant: ["x-oss-process"],
    presentational: [DISPOSITION, TYPE],
  },
  "alioss-v4": { scheme: "oss-v4", identity: OSS },
  "alioss-v4-over": {
    scheme: "oss-v4",
    identity: `${OSS}?x-oss-process=image%2Fresize%2Cw_200&versionId=v1`,
    significant: ["x-oss-process", "versionid"],
    presentational: [DISPOSITION],
  },
  "alioss-v1-sts": { scheme: "oss-v1", identity: OSS, end: ALI_END },
  "alioss-v4-sts": { scheme: "oss-v4", identity: OSS },
  cos: { scheme: "cos", identity: COS },
  "cos-over": {
    scheme: "cos",
    identity: `${COS}?imageMogr2%2Fthumbnail%2F200x=&versionId=v1`,
    significant: ["imagemogr2/thumbnail/200x", "versionid"],
    presentational: [DISPOSITION],
  },
  "cos-sts": { scheme: "cos", identity: COS, end: "2026-11-20T20:08:34Z" },
  tos: {
    scheme: "tos",
    identity: "https://bkt.tos-cn-beijing.volces.com:443/a.mp4?versionId=v1",
    significant: ["versionid"],
    presentational: [DISPOSITION, TYPE],
  },
  qiniu: {
    scheme: "qiniu",
    identity: "https://cdn.example.com:443/a.mp4",
    guessed: true,
    end: "2027-01-15T07:59:59Z",
  },
  minio: { scheme: V4, identity: "https://play.min.io:443/bkt/a.mp4", presentational: [TYPE] },
  "ibm-cos-native": { scheme: V4, identity: `s3:${IBM}/bkt/a.mp4` },
  bos: { scheme: "bos", identity: BOS, presentational: ["responsecontentdisposition"] },
  "bos-sts": { scheme: "bos", identity: BOS },
  "akamai-query": {
    scheme: "akamai",
    identity: "https://edge.akamaized.net:443/a.mp4",
    unstorable: "ip-bound",
    end: AKAMAI_END,
  },
  "akamai-acl": { scheme: "akamai", identity: "https://edge.akamaized.net:443/hls/a.m3u8", end: AKAMAI_END },
};

describe("a URL that a vendor's SDK made", () => {
  it("is expected here, each of the 54", () => {
    expect(MADE_URLS).toHaveLength(54);
    expect(Object.keys(EXPECTED).toSorted()).toEqual(MADE_URLS.map(({ id }) => id).toSorted());
  });

  it.each(MADE_URLS)("$id ($sdk) is read as what it is", ({ id, url: text }) => {
    const expected = EXPECTED[id] ?? expect.fail(`${id} is not expected`);
    const { significant = [], presentational = [], dropped = [] } = expected;
    const url = read(text);
    expect(url.schemes).toEqual([expected.scheme]);
    expect(url.identity).toBe(expected.identity);
    expect(url.unstorable).toBe(expected.unstorable ?? null);
    expect(url.guessed).toBe(expected.guessed ?? false);
    expect(url.expiresAt).toBe(expected.end === null ? null : utc(expected.end ?? "2026-11-20T20:53:34Z"));
    expect(names(url, "significant")).toEqual(significant);
    expect(names(url, "presentational")).toEqual(presentational);
    expect(names(url, "ignored")).toEqual([]);
    const others = new Set([...significant, ...presentational].map((name) => name.replace(/!$/, "")));
    const credentials = url.raw.parameters.map(({ name }) => name).filter((name) => !others.has(name));
    expect(url.parameters.filter((one) => one.class === "credential").map(({ name }) => name)).toEqual(credentials);
    const sent = url.raw.parameters.filter(({ name }) => !dropped.includes(name)).map(({ raw }) => raw);
    expect(url.fetchText).toBe(`${text.replace(/\?.*/, "")}?${sent.join("&")}`);
  });

  it("is folded behind the CNAME that a tenant declared", () => {
    const cnames = [{ host: "media.example.com", bucket: "gs:bkt" }];
    for (const { id, url } of MADE_URLS.filter((made) => /^gcs-v\d-cname$/.test(made.id))) {
      expect(read(url, cnames), id).toMatchObject({ identity: "gs:bkt/dir/a%20b.mp4", guessed: false });
    }
  });
});
