import { describe, expect, it } from "vitest";
import { read } from "./reading.ts";

const R2 = "0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com";

/** `identity` of the object behind a URL, and whether the URL names the bucket in its path. */
function place(text: string): [identity: string, inPath: boolean | null] {
  const { identity, object } = read(text);
  return [identity, object?.inPath ?? null];
}

describe("an object of Amazon S3", () => {
  it.each([
    ["media.s3.amazonaws.com", false],
    ["media.s3.us-west-2.amazonaws.com", false],
    ["media.s3-us-west-2.amazonaws.com", false],
    ["media.s3-external-1.amazonaws.com", false],
    ["media.s3.dualstack.us-west-2.amazonaws.com", false],
    ["media.s3-fips.us-east-1.amazonaws.com", false],
    ["media.s3-fips.dualstack.us-east-1.amazonaws.com", false],
    ["media.s3-accelerate.amazonaws.com", false],
    ["media.s3-accelerate.dualstack.amazonaws.com", false],
    ["s3.amazonaws.com/media", true],
    ["s3.us-west-2.amazonaws.com/media", true],
    ["s3-ap-northeast-1.amazonaws.com/media", true],
    ["s3.dualstack.eu-central-1.amazonaws.com/media", true],
    ["s3-fips.us-east-2.amazonaws.com/media", true],
    ["S3.AMAZONAWS.COM:443/%6dedia", true],
  ])("is the same one at %s", (start, inPath) => {
    expect(place(`https://${start}//a/./b`.replace("/./", "/"))).toEqual(["s3:aws/media//a/b", inPath]);
  });

  it.each([
    ["https://media.s3.cn-north-1.amazonaws.com.cn/a", "s3:aws-cn/media/a"],
    ["https://s3.cn-northwest-1.amazonaws.com.cn/media/a", "s3:aws-cn/media/a"],
    ["https://media.s3.us-gov-west-1.amazonaws.com/a", "s3:aws-us-gov/media/a"],
    ["https://media.s3-fips-us-gov-west-1.amazonaws.com/a", "s3:aws-us-gov/media/a"],
    ["https://media.s3.us-gov-east-1.amazonaws.com/a", "s3:aws-us-gov/media/a"],
  ])("belongs to its partition: %s", (text, identity) => {
    expect(read(text).identity).toBe(identity);
  });

  it("keeps dots in the name of its bucket, also those that look like an endpoint", () => {
    expect(read("https://a.b.s3.amazonaws.com/k").identity).toBe("s3:aws/a.b/k");
    expect(read("https://a.s3.s3.us-west-2.amazonaws.com/k").identity).toBe("s3:aws/a.s3/k");
    expect(read("https://s3.amazonaws.com/a.b/k").identity).toBe("s3:aws/a.b/k");
  });

  it("keeps the letter case of a bucket in the path: old buckets have some", () => {
    expect(read("https://s3.amazonaws.com/Media/k").identity).not.toBe(
      read("https://s3.amazonaws.com/media/k").identity,
    );
  });

  it("has a namespace of its own in a directory bucket", () => {
    expect(read("https://media--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com/a").identity).toBe(
      "s3:aws-express/media--use1-az4--x-s3/a",
    );
  });

  it.each([
    "media.s3-website-us-east-1.amazonaws.com",
    "media.s3-website.eu-central-1.amazonaws.com",
    "point-111122223333.s3-accesspoint.us-west-2.amazonaws.com",
    "point-111122223333.s3-accesspoint.dualstack.us-west-2.amazonaws.com",
    "lambda-111122223333.s3-object-lambda.us-west-2.amazonaws.com",
    "mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com",
    "point-hbc1n9vgh7w5dj5qyaejgz8xqsqawusw2a-s3alias.s3.us-west-2.amazonaws.com",
    "lambda-abc--ol-s3.s3.us-west-2.amazonaws.com",
    "media.s3.cn-north-1.amazonaws.com",
    "media.s3.us-west-2.amazonaws.com.cn",
    "media.s3.us-iso-east-1.amazonaws.com",
    "s3-accelerate.amazonaws.com",
    "media.s3.amazonaws.com.evil.example",
    "media.s3.amazonaws.org",
    "evils3.amazonaws.com",
  ])("is named by its text at %s, which may answer otherwise", (host) => {
    expect(read(`https://${host}/media/a`)).toMatchObject({ identity: `https://${host}:443/media/a`, object: null });
  });

  it.each([
    "http://media.s3.amazonaws.com/a",
    "https://media.s3.amazonaws.com:8443/a",
    "http://media.s3.amazonaws.com:443/a",
  ])("is named by its text at %s: only https on its port says who answered", (text) => {
    expect(read(text).identity).toMatch(/^https?:\/\/media\.s3/);
  });
});

describe("an object of a store that speaks S3's language", () => {
  it.each([
    [R2, R2],
    [R2.replace(".r2", ".eu.r2"), R2.replace(".r2", ".eu.r2")],
    ["s3.wasabisys.com", "s3.wasabisys.com"],
    ["s3.eu-central-1.wasabisys.com", "s3.eu-central-1.wasabisys.com"],
    ["nyc3.digitaloceanspaces.com", "nyc3.digitaloceanspaces.com"],
    ["s3.us-west-004.backblazeb2.com", "s3.us-west-004.backblazeb2.com"],
    ["s3.us-south.cloud-object-storage.appdomain.cloud", "s3.us-south.cloud-object-storage.appdomain.cloud"],
    ["ns.compat.objectstorage.us-ashburn-1.oraclecloud.com", "ns.compat.objectstorage.us-ashburn-1.oraclecloud.com"],
    ["s3.fr-par.scw.cloud", "s3.fr-par.scw.cloud"],
    ["t3.storage.dev", "t3.storage.dev"],
    ["fly.storage.tigris.dev", "fly.storage.tigris.dev"],
  ])("is the same one by host and by path: %s", (endpoint, namespace) => {
    expect(place(`https://my.media.${endpoint}/a%20b`)).toEqual([`s3:${namespace}/my.media/a%20b`, false]);
    expect(place(`https://${endpoint}/my.media/a%20b`)).toEqual([`s3:${namespace}/my.media/a%20b`, true]);
  });

  it("begins behind the path of the endpoint at Supabase", () => {
    const host = "ref.storage.supabase.co";
    expect(place(`https://${host}/storage/v1/s3/media/a`)).toEqual([`s3:${host}/media/a`, true]);
    expect(read(`https://${host}/storage/v1/object/media/a`).object).toBeNull();
    expect(read(`https://${host}/storage/v1/s3media/a`).object).toBeNull();
  });

  it.each(["media.nyc3.cdn.digitaloceanspaces.com", "media.pub-1.r2.dev", "media.minio.example.com"])(
    "is named by its text at %s, which is no such endpoint",
    (host) => {
      expect(read(`https://${host}/a`).identity).toBe(`https://${host}:443/a`);
    },
  );
});

describe("an object of Google Cloud Storage", () => {
  it("is the same one by host and by path, whatever signed it", () => {
    expect(place("https://storage.googleapis.com/media.example.com/a//b")).toEqual(["gs:media.example.com/a//b", true]);
    expect(place("https://media.example.com.storage.googleapis.com/a//b")).toEqual([
      "gs:media.example.com/a//b",
      false,
    ]);
  });

  it.each([
    "/storage/v1/b/media/o/a",
    "/download/storage/v1/b/media/o/a",
    "/upload/storage/v1/b/media/o",
    "/batch/storage/v1",
  ])("is not what %s names, which is another interface", (path) => {
    expect(read(`https://storage.googleapis.com${path}?alt=media`)).toMatchObject({ object: null, unstorable: null });
    expect(read(`https://storage.googleapis.com${path}`).identity).toBe(`https://storage.googleapis.com:443${path}`);
  });

  it.each([
    ["generation=7", "gs:m/a#7"],
    ["x=1&generation=7&a=2", "gs:m/a?a=2&x=1#7"],
    ["generation=7&generation=8", "gs:m/a?generation=7&generation=8"],
    ["generation=", "gs:m/a?generation="],
    ["GENERATION=7", "gs:m/a?GENERATION=7"],
  ])("has its generation behind it: %s", (query, identity) => {
    expect(read(`https://storage.googleapis.com/m/a?${query}`).identity).toBe(identity);
  });
});

describe("a blob of Azure's", () => {
  it.each([
    ["acct.blob.core.windows.net", "acct"],
    ["acct.dfs.core.windows.net", "acct"],
    ["acct.blob.core.chinacloudapi.cn", "acct@chinacloudapi.cn"],
    ["acct.dfs.core.usgovcloudapi.net", "acct@usgovcloudapi.net"],
    ["acct.z01.blob.storage.azure.net", "acct.z01"],
    ["acct.z02.dfs.storage.azure.net", "acct.z02"],
    ["acct-secondary.blob.core.windows.net", "acct-secondary"],
  ])("at %s is in the account %s", (host, account) => {
    expect(place(`https://${host}/media/a%2Fb`)).toEqual([`az:${account}/media/a%2Fb`, true]);
  });

  it("is not what a website answers", () => {
    expect(read("https://acct.z6.web.core.windows.net/media/a").object).toBeNull();
  });
});

describe("a declared CNAME", () => {
  const cnames = [
    { host: "s3.example.com", bucket: "s3:aws/media" },
    { host: "r2.example.com", bucket: `s3:${R2}/media` },
    { host: "gs.example.com", bucket: "gs:media" },
    { host: "az.example.com", bucket: "az:acct" },
    { host: "odd.example.com", bucket: "ftp:media" },
    { host: "other.s3.amazonaws.com", bucket: "s3:aws/media" },
  ];

  it.each([
    ["https://s3.example.com/a?versionId=1", "s3:aws/media/a?versionId=1"],
    ["https://r2.example.com/a", `s3:${R2}/media/a`],
    ["https://gs.example.com/a?generation=1", "gs:media/a#1"],
    ["https://az.example.com/c/a", "az:acct/c/a"],
    ["https://S3.Example.com/a", "s3:aws/media/a"],
    ["http://s3.example.com/a", "http://s3.example.com:80/a"],
    ["https://sub.s3.example.com/a", "https://sub.s3.example.com:443/a"],
    ["https://odd.example.com/a", "https://odd.example.com:443/a"],
    ["https://other.s3.amazonaws.com/a", "s3:aws/other/a"],
  ])("%s is %s", (text, identity) => {
    expect(read(text, cnames).identity).toBe(identity);
  });

  it("makes a signature of its store's certain, and of no other's", () => {
    const v2 = "GoogleAccessId=a&Expires=1795208014&Signature=s&x=1";
    expect(read(`https://gs.example.com/a?${v2}`, cnames)).toMatchObject({ guessed: false, identity: "gs:media/a" });
    expect(read(`https://az.example.com/c/a?${v2}`, cnames).guessed).toBe(true);
    expect(read(`https://gs.example.com/a?${v2}`).guessed).toBe(true);
  });

  it("is each tenant's own: what one declared is not remembered for another, nor over what the host is", () => {
    const url = "https://shared.example.com/a";
    const identity = (bucket: string) => read(url, [{ host: "shared.example.com", bucket }]).identity;
    expect(identity("s3:aws/one")).toBe("s3:aws/one/a");
    expect(identity("gs:two")).toBe("gs:two/a");
    expect(read(url).identity).toBe("https://shared.example.com:443/a");
    expect(read("https://other.s3.amazonaws.com/a").identity).toBe("s3:aws/other/a");
  });
});

describe("a host that was seen before", () => {
  it("is read the same however many others came between", () => {
    const hosts = ["media.s3.eu-west-1.amazonaws.com", "media.storage.googleapis.com", "cdn.example.com"];
    const before = hosts.map((host) => place(`https://${host}/a`));
    for (let count = 0; count < 1500; count += 1) place(`https://bucket-${count}.s3.amazonaws.com/a`);
    expect(hosts.map((host) => place(`https://${host}/a`))).toEqual(before);
    expect(place("https://bucket-7.s3.amazonaws.com/a")).toEqual(["s3:aws/bucket-7/a", false]);
  });
});
