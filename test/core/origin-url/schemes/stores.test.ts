import { describe, expect, it } from "vitest";
import { names, read, utc } from "../reading.ts";

const END = 1_795_208_014;
const AT = END * 1000;

describe("SigV2 and its kin", () => {
  const google = "https://storage.googleapis.com/b/o?";
  it.each([
    ["https://b.s3.amazonaws.com/a?AWSAccessKeyId=A&", "s3-sigv2"],
    [`${google}GoogleAccessId=a&`, "gcs-v2"],
    [`${google}AWSAccessKeyId=GOOG1&`, "s3-sigv2"],
    ["https://b.oss-cn-beijing.aliyuncs.com/a?OSSAccessKeyId=a&", "oss-v1"],
    ["https://b.obs.cn-north-4.myhuaweicloud.com/a?AccessKeyId=a&", "obs"],
    ["https://b.obs.cn-north-4.myhuaweicloud.com/a?AWSAccessKeyId=a&", "obs"],
    ["https://ks3-cn-beijing.ksyuncs.com/b/a?KSSAccessKeyId=a&", "ks3"],
    ["https://d1.cloudfront.net/a?Key-Pair-Id=K&", "cloudfront"],
    ["https://cdn.example.com/a?KeyName=k&", "cloud-cdn"],
  ])("are told apart by the name of the key: %s", (start, id) => {
    const url = read(`${start}Expires=${END}&Signature=s`);
    expect(url).toMatchObject({ schemes: [id], expiresAt: AT, unstorable: null });
    expect(url.identity).not.toMatch(/Expires|Signature|Key/);
    for (const broken of [
      "Expires=abc&Signature=s",
      `Expires=${END}&Signature=`,
      `Expires=${END}&Signature=s&Signature=t`,
    ]) {
      expect(read(start + broken)).toMatchObject({ schemes: [id], unstorable: "malformed" });
    }
  });

  it("are not told by what all of them share, nor by a key without anything signed", () => {
    expect(read(`https://b.s3.amazonaws.com/a?Expires=${END}&Signature=s`).schemes).toEqual([]);
    expect(read("https://b.s3.amazonaws.com/a?AWSAccessKeyId=A").schemes).toEqual([]);
  });

  it.each([
    ["https://s3.example.com/b/a?AWSAccessKeyId=A", true],
    ["https://b.s3.amazonaws.com/a?AWSAccessKeyId=A", false],
    ["https://cdn.example.com/a?Key-Pair-Id=K", true],
    ["https://d1.cloudfront.net/a?Key-Pair-Id=K", false],
    ["https://cdn.example.com/a?AccessKeyId=K", true],
    ["https://cdn.example.com/a?OSSAccessKeyId=K", false],
  ])("are guessed on a host that is nobody's we know: %s", (start, guessed) => {
    expect(read(`${start}&Expires=${END}&Signature=s`).guessed).toBe(guessed);
  });

  it("cover sub-resources and overrides, and at Huawei and Alibaba what bears their name", () => {
    const rest = `Expires=${END}&Signature=s&versionId=1&response-content-type=a&unknown=1`;
    expect(names(read(`https://b.s3.amazonaws.com/a?AWSAccessKeyId=A&${rest}`), "ignored")).toEqual(["unknown!"]);
    const huawei = read(
      `https://b.obs.cn-north-4.myhuaweicloud.com/a?AccessKeyId=a&${rest}&x-obs-y=1&x-image-process=z`,
    );
    expect(names(huawei, "significant")).toEqual(["versionid", "x-obs-y", "x-image-process"]);
    const alibaba = read(
      `https://b.oss-cn-beijing.aliyuncs.com/a?OSSAccessKeyId=a&${rest}&x-oss-y=1&x-oss-traffic-limit=9`,
    );
    expect(names(alibaba, "significant")).toEqual(["versionid", "x-oss-y"]);
    expect(names(alibaba, "presentational")).toEqual(["response-content-type"]);
  });
});

describe("the family of SigV4", () => {
  const family = (prefix: string, algorithm: string, scope: string) =>
    `${prefix}Algorithm=${algorithm}&${prefix}Credential=ak%2F20261120%2F${scope}&${prefix}Date=20261120T120000Z` +
    `&${prefix}Expires=60&${prefix}SignedHeaders=host&${prefix}Signature=ab`;
  const rows: [string, string][] = [
    ["s3-sigv4", family("X-Amz-", "AWS4-HMAC-SHA256", "auto%2Fs3%2Faws4_request")],
    ["s3-sigv4", family("X-Amz-", "AWS4-ECDSA-P256-SHA256", "s3%2Faws4_request")],
    ["gcs-v4", family("X-Goog-", "GOOG4-RSA-SHA256", "auto%2Fstorage%2Fgoog4_request")],
    ["gcs-v4", family("X-Goog-", "GOOG4-HMAC-SHA256", "us%2Fstorage%2Fgoog4_request")],
    ["tos", family("X-Tos-", "TOS4-HMAC-SHA256", "cn-beijing%2Ftos%2Frequest")],
  ];

  it.each(rows)("%s begins a quarter of an hour before its date and ends with its life", (id, query) => {
    const url = read(`https://origin.example.com/b/a?${query}`);
    expect(url).toMatchObject({ schemes: [id], unstorable: null, guessed: false });
    expect(url.notBefore).toBe(utc("2026-11-20T11:45:00Z"));
    expect(url.expiresAt).toBe(utc("2026-11-20T12:01:00Z"));
    expect(url.identity).toBe("https://origin.example.com:443/b/a");
  });

  it.each(rows)("%s is malformed where any of its parts is missing, twice there or empty", (_, query) => {
    for (const part of query.split("&")) {
      const name = part.replace(/=.*/, "");
      for (const other of [query.replace(part, "y=1"), `${query}&${part}`, query.replace(part, `${name}=`)]) {
        expect(read(`https://origin.example.com/b/a?${other}`).unstorable).toBe("malformed");
      }
    }
  });

  it("is malformed under another's algorithm or scope", () => {
    const query = family("X-Goog-", "AWS4-HMAC-SHA256", "auto%2Fstorage%2Fgoog4_request");
    expect(read(`https://storage.googleapis.com/b/a?${query}`).unstorable).toBe("malformed");
    const scope = family("X-Goog-", "GOOG4-RSA-SHA256", "auto%2Fs3%2Faws4_request");
    expect(read(`https://storage.googleapis.com/b/a?${scope}`).unstorable).toBe("malformed");
  });
});

describe("Alibaba's two later schemes", () => {
  const address = "https://b.oss-cn-beijing.aliyuncs.com/a?";
  const second = `x-oss-signature-version=OSS2&x-oss-expires=${END}&x-oss-access-key-id=ak&x-oss-signature=s`;

  it("are one row: OSS2 has an end of its own", () => {
    expect(read(address + second)).toMatchObject({
      schemes: ["oss-v4"],
      expiresAt: AT,
      notBefore: null,
      unstorable: null,
    });
  });

  it.each([
    second.replace("ak", ""),
    second.replace("OSS2", "OSS3"),
    second.replace("OSS2", "OSS4-HMAC-SHA256"),
    "x-oss-expires=60",
  ])("are malformed in %s", (query) => {
    expect(read(address + query)).toMatchObject({ schemes: ["oss-v4"], unstorable: "malformed" });
  });
});

describe("Tencent's", () => {
  const make = (changes: Record<string, string> = {}) => {
    const fields = {
      "q-sign-algorithm": "sha1",
      "q-ak": "A",
      "q-sign-time": "100;300",
      "q-key-time": "50;200",
      ...changes,
    };
    const rest = { "q-header-list": "", "q-url-param-list": "versionid;ci-process", "q-signature": "ab", ...changes };
    const query = new URLSearchParams({ ...fields, ...rest }).toString();
    return read(`https://b-1.cos.ap-beijing.myqcloud.com/a?${query}&versionId=1&response-expires=2&imageMogr2/x&z=1`);
  };

  it("counts within both of its windows", () => {
    expect(make()).toMatchObject({ notBefore: 100_000, expiresAt: 200_000, unstorable: null });
  });

  it("covers exactly what it lists", () => {
    expect(names(make(), "significant")).toEqual(["versionid", "imagemogr2/x!"]);
    expect(names(make(), "presentational")).toEqual(["response-expires!"]);
    expect(names(make(), "ignored")).toEqual(["z!"]);
    expect(make().fetchText).toMatch(/&versionId=1&imageMogr2\/x$/);
  });

  it.each([{ "q-sign-time": "100" }, { "q-key-time": "a;b" }, { "q-sign-algorithm": "md5" }, { "q-signature": "" }])(
    "is malformed with %j",
    (changes) => {
      expect(make(changes).unstorable).toBe("malformed");
    },
  );
});

describe("Baidu's", () => {
  const make = (authorization: string) =>
    read(`https://b.bj.bcebos.com/a?authorization=${encodeURIComponent(authorization)}`);

  it("has its start and life in one parameter, and may last for ever", () => {
    const url = make("bce-auth-v1/ak/2026-11-20T12:00:00Z/60/host/ab");
    expect(url).toMatchObject({ notBefore: utc("2026-11-20T12:00:00Z"), expiresAt: utc("2026-11-20T12:01:00Z") });
    expect(make("bce-auth-v1/ak/2026-11-20T12:00:00Z/-1//ab")).toMatchObject({ expiresAt: null, unstorable: null });
  });

  it.each([
    "bce-auth-v1/",
    "bce-auth-v1/ak/now/60/host/ab",
    "bce-auth-v1/ak/2026-11-20T12:00:00Z/x/host/ab",
    "bce-auth-v2/a",
  ])("is malformed as %s", (authorization) => {
    expect(make(authorization)).toMatchObject({ schemes: ["bos"], unstorable: "malformed" });
  });

  it("is not meant by another authorization", () => {
    expect(make("Bearer x").schemes).toEqual([]);
  });
});

describe("Azure's", () => {
  const sas = (query: string, address = "https://acct.blob.core.windows.net/c/b") => read(`${address}?${query}`);

  it.each([
    "sv=2023-01-03&sr=b&sig=s",
    "sv=2023-01-03&se=soon&sr=b&sig=s",
    "se=2026-11-20&sr=b&sig=s",
    "sv=2023-01-03&se=2026-11-20&sig=s",
    "sv=2023-01-03&se=2026-11-20&sr=b&sig=",
    "sv=2023-01-03&se=2026-11-20&se=2030-11-20&sr=b&sig=s",
    "sv=2023-01-03&se=2026-11-20&ske=never&sr=b&sig=s",
  ])("is malformed as %s", (query) => {
    expect(sas(query)).toMatchObject({ schemes: ["azure-sas"], unstorable: "malformed" });
  });

  it("covers a snapshot or a version only where it is for that one", () => {
    const query = "sv=2023-01-03&se=2026-11-20&sp=r&sig=s&snapshot=1&versionid=2";
    expect(names(sas(`${query}&sr=b`), "significant")).toEqual(["snapshot!", "versionid!"]);
    expect(names(sas(`${query}&sr=bs`), "significant")).toEqual(["snapshot", "versionid!"]);
    expect(names(sas(`${query}&sr=bv`), "significant")).toEqual(["snapshot!", "versionid"]);
  });

  it("covers no override where it is for the account", () => {
    const query = "sv=2023-01-03&se=2026-11-20&sp=r&sig=s&rscd=x&rsce=gzip";
    expect(sas(`${query}&sr=b`)).toMatchObject({ unstorable: "encoding-override" });
    expect(sas(`${query}&ss=b&srt=o`)).toMatchObject({ unstorable: null });
    expect(sas(`${query}&ss=b&srt=o`).fetchText).not.toContain("rsc");
  });

  it("is a guess on a host that is nobody's we know, and none without its version there", () => {
    const query = "sv=2023-01-03&se=2026-11-20&sr=b&sig=s";
    expect(sas(query, "https://cdn.example.com/c/b").guessed).toBe(true);
    expect(sas("se=2026-11-20&sr=b&sig=s", "https://cdn.example.com/c/b").schemes).toEqual([]);
  });
});

describe("stores with a manner of their own", () => {
  it("B2: a token that does not tell its end, on its own hosts only", () => {
    const query = "?Authorization=3_2026&b2ContentDisposition=attachment&x=1";
    const url = read(`https://f004.backblazeb2.com/file/bucket/a${query}`);
    expect(url).toMatchObject({ schemes: ["b2-native"], expiresAt: null, unstorable: null, guessed: false });
    expect(url.identity).toBe("https://f004.backblazeb2.com:443/file/bucket/a");
    expect(names(url, "ignored")).toEqual(["x!"]);
    expect(read(`https://cdn.example.com/file/bucket/a${query}`).schemes).toEqual([]);
    const byId = "https://f004.backblazeb2.com/b2api/v2/b2_download_file_by_id?fileId=";
    expect(read(`${byId}1&Authorization=a`).identity).not.toBe(read(`${byId}2&Authorization=a`).identity);
  });

  it("Oracle: the credential is a segment of the path, on its own hosts only", () => {
    const path = "/n/ns/b/bucket/o/dir%2Fa";
    for (const host of [
      "objectstorage.us-ashburn-1.oraclecloud.com",
      "ns.objectstorage.eu-frankfurt-1.oci.customer-oci.com",
    ]) {
      const url = read(`https://${host}/p/TOKEN${path}`);
      expect(url).toMatchObject({ schemes: ["oci-par"], identity: `https://${host}:443${path}`, guessed: false });
      expect(url.fetchText).toContain("/p/TOKEN/");
    }
    expect(read(`https://o.example.com/p/TOKEN${path}`).identity).toContain("/p/TOKEN/");
  });

  it("Swift: an end in seconds or ISO 8601", () => {
    const address = "https://swift.example.com/v1/AUTH_a/c/o?temp_url_sig=sha256:abc&temp_url_expires=";
    expect(read(`${address}${END}`)).toMatchObject({ schemes: ["swift-tempurl"], expiresAt: AT, guessed: false });
    expect(read(`${address}2026-11-20T12:00:00Z&temp_url_prefix=o`).expiresAt).toBe(utc("2026-11-20T12:00:00Z"));
    expect(names(read(`${address}${END}&inline&filename=a`), "presentational")).toEqual(["inline!", "filename!"]);
    expect(read(`${address}${END}&multipart-manifest=get`).unstorable).toBe("sub-resource");
    for (const broken of [
      `${address}soon`,
      address,
      address.replace("sha256:abc", "") + END,
      `${address}1&temp_url_sig=b`,
    ]) {
      expect(read(broken).unstorable).toBe("malformed");
    }
  });
});
