import { describe, expect, it } from "vitest";
import { redactUrl } from "../../../src/core/origin-url/redact.ts";
import { isTellingExpiry } from "../../../src/core/origin-url/telling-expiry.ts";
import { judgeProbe } from "../../../src/core/probe-verdict.ts";
import { NOON, presigned } from "../samples.ts";
import { jwt, names, policy, read, utc } from "./reading.ts";

const GCS_V2 = "GoogleAccessId=me%40p.iam.gserviceaccount.com&Expires=1795208014&Signature=c2ln";
const SAS = "sv=2023-01-03&se=2026-11-20T20%3A53%3A34Z&sr=b&sp=r&sig=c2ln";
const CLOUDFRONT = "Expires=1796083200&Key-Pair-Id=K2JCJMDEHXQW5F&Signature=c2ln";

describe("rule 1: every scheme present counts", () => {
  it("strips the union of SigV4 and CloudFront, which Hugging Face puts into one URL", () => {
    const address = "https://cas-bridge.xethub.hf.co/xet-bridge-us/abc/def";
    const end = { "AWS:EpochTime": utc("2026-11-20T12:10:00Z") / 1000 };
    const url = read(
      `${presigned(address)}&X-Xet-Cas-Uid=user-1&Policy=${policy(`${address}?*`, { DateLessThan: end })}` +
        "&Key-Pair-Id=K2&Signature=c2ln&response-content-disposition=inline",
    );
    expect(url.schemes).toEqual(["s3-sigv4", "cloudfront"]);
    expect(url.identity).toBe("https://cas-bridge.xethub.hf.co:443/xet-bridge-us/abc/def");
    expect(url.expiresAt).toBe(utc("2026-11-20T12:10:00Z"));
    expect(url.unstorable).toBeNull();
  });

  it("lets neither scheme vouch for what the other does not cover", () => {
    const forged = read(
      presigned(`https://storage.googleapis.com/b/o?${GCS_V2}&response-content-type=text%2Fhtml&response-expires=0`),
    );
    expect(forged.schemes).toEqual(["s3-sigv4", "gcs-v2"]);
    expect(names(forged, "presentational")).toEqual(["response-content-type!", "response-expires!"]);
  });

  it("takes no URL for good that carries two schemes of one signature", () => {
    expect(read(`https://storage.googleapis.com/b/o?${GCS_V2}&AWSAccessKeyId=AKIA`).unstorable).toBe("malformed");
    expect(read(`https://d1.cloudfront.net/o?${CLOUDFRONT}&KeyName=mine`).unstorable).toBe("malformed");
  });
});

describe("rule 2: what an unknown parameter is depends on what the signature covers", () => {
  it("keeps it where every parameter is signed", () => {
    const url = read(presigned("https://bucket.s3.amazonaws.com/a?size=large"));
    expect(url.identity).toBe("s3:aws/bucket/a?size=large");
    expect(names(url, "significant")).toEqual(["size"]);
    expect(url.fetchText).toBe(url.raw.text);
  });

  it.each([
    ["Google V2", `https://storage.googleapis.com/b/a?x=1&${GCS_V2}&y`, "gs:b/a"],
    ["an Azure SAS", `https://acct.blob.core.windows.net/b/a?x=1&${SAS}&y`, "az:acct/b/a"],
    ["SigV2", "https://b.s3.amazonaws.com/a?x=1&AWSAccessKeyId=A&Expires=1795208014&Signature=c&y", "s3:aws/b/a"],
    ["Swift", "https://s.example.com/v1/A/c/a?x=1&temp_url_sig=aa&temp_url_expires=1795208014&y", null],
    ["Discord", "https://cdn.discordapp.com/attachments/1/2/a?x=1&ex=6a&is=69&hm=ab&y", null],
  ])("drops it from identity and fill where only some are: %s", (_, text, identity) => {
    const url = read(text);
    expect(names(url, "ignored")).toEqual(["x!", "y!"]);
    expect(url.identity).toBe(identity ?? read(text.replace("x=1&", "").replace(/&y$/, "")).identity);
    expect(url.fetchText).toBe(text.replace("x=1&", "").replace(/&y$/, ""));
  });

  it("keeps what selects other bytes although no signature covers it", () => {
    const google = read(`https://storage.googleapis.com/b/a?${GCS_V2}&generation=7`);
    expect(google.identity).toBe("gs:b/a#7");
    expect(names(google, "significant")).toEqual(["generation!"]);
    expect(google.fetchText).toContain("generation=7");
    const azure = read(`https://acct.blob.core.windows.net/b/a?${SAS}&snapshot=S`);
    expect(azure.identity).toBe("az:acct/b/a?snapshot=S");
    expect(names(azure, "significant")).toEqual(["snapshot!"]);
  });

  it("keeps it on a host that may be another provider's: that server may well look at it", () => {
    const url = read(`https://videos.example.com/b/a?${SAS}&az=one`);
    expect(url.guessed).toBe(true);
    expect(url.identity).toBe("https://videos.example.com:443/b/a?az=one");
    expect(url.fetchText).toBe(url.raw.text);
  });
});

describe("rule 3: what changes response headers only is no part of the key", () => {
  it.each([
    ["S3", (query: string) => presigned(`https://bucket.s3.amazonaws.com/a${query && `?${query}`}`)],
    ["Google V2", (query: string) => `https://storage.googleapis.com/b/a?${GCS_V2}${query && `&${query}`}`],
  ])("at %s", (_, make) => {
    const url = read(make("response-content-disposition=attachment"));
    expect(names(url, "presentational")).toHaveLength(1);
    expect(url.identity).toBe(read(make("")).identity);
  });

  it("and says whether it is signed, for who applies it", () => {
    const s3 = read(presigned("https://bucket.s3.amazonaws.com/a?response-content-type=text%2Fhtml"));
    expect(names(s3, "presentational")).toEqual(["response-content-type"]);
    const sas = `${SAS}&rscd=inline&response-content-type=text%2Fhtml&jwt=e30.e30.e30`;
    const github = read(`https://release-assets.githubusercontent.com/r/1/a?${sas}`);
    expect(names(github, "presentational")).toEqual(["rscd", "response-content-type!"]);
    expect(github.fetchText).not.toContain("text%2Fhtml");
    expect(github.fetchText).toContain("&jwt=");
    const supabase = `https://ref.supabase.co/storage/v1/object/sign/b/a?token=${jwt({ exp: 1795208014 })}`;
    expect(names(read(`${supabase}&download=x`), "presentational")).toEqual(["download!"]);
    expect(read(`${supabase}&download=x`).fetchText).toBe(supabase);
    const oracle = "https://objectstorage.us-ashburn-1.oraclecloud.com/p/T/n/ns/b/b/o/a";
    expect(read(`${oracle}?httpResponseContentType=text%2Fhtml`).fetchText).toBe(oracle);
  });
});

describe("rule 4: the end is the earliest of all", () => {
  it("of SAS, delegation key and token", () => {
    const parts = ["sv=2023-01-03&sr=b&sp=r&sig=c2ln&se=2026-11-22", "ske=2026-11-21T10:00Z"];
    const asset = "https://release-assets.githubusercontent.com/r/1/a";
    expect(read(`${asset}?${parts[0]}`).expiresAt).toBe(utc("2026-11-22T00:00:00Z"));
    expect(read(`${asset}?${parts.join("&")}`).expiresAt).toBe(utc("2026-11-21T10:00:00Z"));
    expect(read(`${asset}?${parts.join("&")}&jwt=${jwt({ exp: NOON / 1000 })}`).expiresAt).toBe(NOON);
  });

  it.each([
    ["a missing one", "https://acct.blob.core.windows.net/c/b?sv=2023-01-03&si=policy&sr=b&sig=c2ln"],
    [
      "one in milliseconds",
      "https://b.oss-cn-beijing.aliyuncs.com/a?OSSAccessKeyId=a&Expires=36001721319904&Signature=s",
    ],
    ["a token that is not looked into", "https://f001.backblazeb2.com/file/b/a?Authorization=3_2026"],
  ])("is unknown for %s, and the URL may still be filled from", (_, text) => {
    expect(read(text)).toMatchObject({ expiresAt: null, unstorable: null });
    expect(isTellingExpiry(read(text).expiresAt, NOON)).toBe(false);
  });

  it("tells nothing where it is more than 20 years ahead", () => {
    const far = read("https://storage.googleapis.com/b/o?GoogleAccessId=a&Expires=16730323200&Signature=s");
    expect(far.expiresAt).toBe(utc("2500-03-01T00:00:00Z"));
    expect(isTellingExpiry(far.expiresAt, NOON)).toBe(false);
    expect(isTellingExpiry(utc("2046-11-20T00:00:00Z"), NOON)).toBe(true);
  });
});

describe("rule 5: signed headers other than host cannot be replayed", () => {
  it.each([
    ["S3", presigned("https://b.s3.amazonaws.com/a").replace("=host", "=host%3Brange")],
    ["TOS", `https://b.tos-cn-beijing.volces.com/a?${v4("X-Tos-", "TOS4-HMAC-SHA256", "tos/request", "host;range")}`],
    [
      "Google",
      `https://storage.googleapis.com/b/a?${v4("X-Goog-", "GOOG4-RSA-SHA256", "storage/goog4_request", "bar;host")}`,
    ],
    ["COS", cos("host;range")],
    ["OSS", oss("range")],
    ["BOS", "https://b.bj.bcebos.com/a?authorization=bce-auth-v1/ak/2026-11-20T19:53:34Z/60/host;range/ab"],
  ])("%s", (_, text) => {
    expect(read(text)).toMatchObject({ unstorable: "signed-headers", bindings: ["headers"] });
  });

  it.each([
    ["COS", cos("host")],
    ["COS, none", cos("")],
    ["OSS", oss("host")],
  ])("while host alone can: %s", (_, text) => {
    expect(read(text)).toMatchObject({ unstorable: null, bindings: [] });
  });
});

describe("rule 6: what is for some callers only is never kept", () => {
  const azure = (extra: string) => `https://acct.blob.core.windows.net/c/b?${SAS}&${extra}`;
  const swift = "https://s.example.com/v1/A/c/a?temp_url_sig=aa&temp_url_expires=1795208014";
  const bunny = `https://z.b-cdn.net/a?expires=1795208014&token=HS256-${"a".repeat(43)}`;
  const condition = { DateLessThan: { "AWS:EpochTime": 1795208014 } };
  const cloudfront = (address: string) =>
    `https://d1.cloudfront.net/a?Key-Pair-Id=K&Signature=c2ln&Policy=` +
    policy("https://d1.cloudfront.net/*", { ...condition, IpAddress: { "AWS:SourceIp": address } });

  it.each([
    ["Azure's addresses", azure("sip=1.2.3.4"), "ip-bound"],
    ["CloudFront's", cloudfront("192.0.2.0/24"), "ip-bound"],
    ["Bunny's", bunny.replace("HS256-", "HS256-1-"), "ip-bound"],
    ["Akamai's", `https://e.akamaized.net/a?hdnts=ip=1.2.3.4~exp=1795208014~hmac=${"ab".repeat(16)}`, "ip-bound"],
    ["Swift's", `${swift}&temp_url_ip_range=1.2.3.0/24`, "ip-bound"],
    ["OSS's", `${oss("")}&x-oss-ac-source-ip=1.2.3.4`, "ip-bound"],
    ["countries", `${bunny}&token_countries=CA`, "country-bound"],
    ["blocked countries", `${bunny}&token_countries_blocked=CA`, "country-bound"],
    ["one user", azure("sduoid=1"), "per-user"],
    ["signed request headers", azure("srh=x"), "per-user"],
    ["signed request parameters", azure("srq=x"), "per-user"],
    [
      "a customer's key",
      presigned("https://b.s3.amazonaws.com/a").replace("=host", "=host;x-amz-server-side-encryption-customer-key"),
      "signed-headers",
    ],
    ["a listing of blobs", azure("comp=list&restype=container"), "sub-resource"],
  ])("%s", (_, text, reason) => {
    expect(read(text).unstorable).toBe(reason);
  });

  it.each([
    ["Azure", azure("sip=0.0.0.0-255.255.255.255")],
    ["CloudFront", cloudfront("0.0.0.0/0")],
    ["Swift", `${swift}&temp_url_ip_range=0.0.0.0/0`],
  ])("while every address is no binding: %s", (_, text) => {
    expect(read(text)).toMatchObject({ unstorable: null, bindings: [] });
  });
});

describe("rule 7: whether an object is there is asked with GET of its first byte", () => {
  it.each([
    [{ status: 206, contentRange: "bytes 0-0/7", contentLength: "1", etag: null }, 7],
    [{ status: 416, contentRange: "bytes */0", contentLength: null, etag: null }, 0],
  ])("%j is a yes", (answer, size) => {
    expect(judgeProbe(answer, NOON)).toMatchObject({ allowed: true, size });
  });

  it("so a URL that is signed for one range, or for one part, is not asked with", () => {
    expect(read(presigned("https://b.s3.amazonaws.com/a").replace("=host", "=host;range")).unstorable).not.toBeNull();
    expect(read(presigned("https://b.s3.amazonaws.com/a?partNumber=1")).unstorable).toBe("sub-resource");
  });
});

describe("rule 8: the raw text is read", () => {
  const key = "https://b.s3.amazonaws.com/a";
  it.each([
    "/a//b",
    "/a%2Fb",
    "/a%252Fb",
    "/a+b",
    "/a%2Bb",
    "/a%20b",
    "/A/b",
    "/a/b/",
    "/caf%C3%A9",
    "/cafe%CC%81",
    "/a%00b",
  ])("%s is another key than a/b", (path) => {
    expect(read(`https://b.s3.amazonaws.com${path}`).identity).not.toBe(
      read("https://b.s3.amazonaws.com/a/b").identity,
    );
    expect(read(`https://b.s3.amazonaws.com${path}`).fetchText).toBe(`https://b.s3.amazonaws.com${path}`);
  });

  it("folds encoded unreserved characters, and the case of hex digits", () => {
    expect(read("https://b.s3.amazonaws.com/%61%2f%c3%a9").identity).toBe("s3:aws/b/a%2F%C3%A9");
    expect(read(`${key}?version%49d=%76`).identity).toBe("s3:aws/b/a?versionId=v");
  });

  it("makes no copy of a path that every client folds before it is sent", () => {
    expect(read(presigned("https://b.s3.amazonaws.com/x/../a")).unstorable).toBe("dot-segments");
  });
});

describe("rule 9: one object has one name at the endpoints that we know", () => {
  it.each([
    ["https://media.s3.eu-west-1.amazonaws.com/a%20b?versionId=7", "s3:aws/media/a%20b?versionId=7"],
    ["https://s3.amazonaws.com/media/a%20b?versionId=7", "s3:aws/media/a%20b?versionId=7"],
    ["https://media.storage.googleapis.com/a%20b?generation=7", "gs:media/a%20b#7"],
    ["https://storage.googleapis.com/media/a%20b?generation=7", "gs:media/a%20b#7"],
    ["https://acct.dfs.core.windows.net/media/a%20b?versionid=7", "az:acct/media/a%20b?versionid=7"],
    ["https://media.example.com/a%20b", "https://media.example.com:443/a%20b"],
  ])("%s is %s", (text, identity) => {
    expect(read(text).identity).toBe(identity);
  });

  it("and a declared CNAME is an endpoint", () => {
    const cnames = [{ host: "media.example.com", bucket: "s3:aws/media" }];
    expect(read("https://media.example.com/a%20b", cnames).identity).toBe("s3:aws/media/a%20b");
  });
});

describe("rule 10: a signed URL is a bearer token", () => {
  it("and holds none of its credentials once it is redacted", () => {
    const text = `https://storage.googleapis.com/b/o?${GCS_V2}&generation=7`;
    expect(redactUrl(text)).toBe(
      "https://storage.googleapis.com/b/o?GoogleAccessId=REDACTED&Expires=REDACTED&Signature=REDACTED&generation=7",
    );
  });
});

function v4(prefix: string, algorithm: string, service: string, headers: string): string {
  return [
    `${prefix}Algorithm=${algorithm}&${prefix}Credential=ak/20261120/auto/${service}&${prefix}Date=20261120T120000Z`,
    `${prefix}Expires=60&${prefix}SignedHeaders=${headers}&${prefix}Signature=ab`,
  ].join("&");
}

function cos(headers: string): string {
  const times = "q-sign-time=1795204414;1795208014&q-key-time=1795204414;1795208014";
  const rest = `q-header-list=${headers}&q-url-param-list=&q-signature=ab`;
  return `https://b-1.cos.ap-beijing.myqcloud.com/a?q-sign-algorithm=sha1&q-ak=A&${times}&${rest}`;
}

function oss(headers: string): string {
  const scope = "x-oss-credential=ak/20261120/cn-hangzhou/oss/aliyun_v4_request&x-oss-date=20261120T120000Z";
  const rest = `x-oss-expires=60&x-oss-signature=ab&x-oss-additional-headers=${headers}`;
  return `https://b.oss-cn-hangzhou.aliyuncs.com/a?x-oss-signature-version=OSS4-HMAC-SHA256&${scope}&${rest}`;
}
