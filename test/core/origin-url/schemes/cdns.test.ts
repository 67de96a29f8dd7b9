import { describe, expect, it } from "vitest";
import { names, policy, read } from "../reading.ts";

const END = 1_795_208_014;
const AT = END * 1000;
const TOKEN = `HS256-${"aB_-".repeat(10)}abc`;
const HMAC = "ab".repeat(32);

describe("CloudFront", () => {
  const end = { DateLessThan: { "AWS:EpochTime": END } };
  const custom = (resource: string | null, condition: unknown, query = "") =>
    read(`https://d1.cloudfront.net/v/a.mp4?${query}Policy=${policy(resource, condition)}&Signature=s&Key-Pair-Id=K`);

  it("covers the whole URL where the policy is canned", () => {
    const url = read(
      `https://d1.cloudfront.net/a?size=1&Expires=${END}&Key-Pair-Id=K&Signature=s&Hash-Algorithm=SHA256`,
    );
    expect(url).toMatchObject({ expiresAt: AT, identity: "https://d1.cloudfront.net:443/a?size=1" });
    expect(names(url, "significant")).toEqual(["size"]);
  });

  it.each([
    ["https://d1.cloudfront.net/v/a.mp4?size=1&b=2", ["size", "b"]],
    ["https://d1.cloudfront.net/v/*", ["size!", "b!"]],
    ["https://d1.cloudfront.net/v/a.mp4?size=1&b=*", ["size", "b!"]],
    ["*", ["size!", "b!"]],
    [null, ["size!", "b!"]],
  ])("covers what the resource %s fixes, and keeps the rest", (resource, expected) => {
    const url = custom(resource, end, "size=1&b=2&");
    expect(names(url, "significant")).toEqual(expected);
    expect(url.identity).toBe("https://d1.cloudfront.net:443/v/a.mp4?size=1&b=2");
    expect(url.fetchText).toBe(url.raw.text);
  });

  it("begins when its policy says, and ends at the earlier of both ends", () => {
    const url = custom("*", { ...end, DateGreaterThan: { "AWS:EpochTime": 1000 } }, `Expires=${END - 5}&`);
    expect(url).toMatchObject({ notBefore: 1_000_000, expiresAt: AT - 5000, unstorable: null });
  });

  it.each([
    ["no end", {}],
    ["an end that is none", { DateLessThan: { "AWS:EpochTime": "soon" } }],
    ["a start that is none", { ...end, DateGreaterThan: {} }],
  ])("is malformed by a policy with %s", (_, condition) => {
    expect(custom("*", condition).unstorable).toBe("malformed");
  });

  it.each(["Policy=e30_", "Policy=%%%", "Policy=", "x=1"])("is malformed with %s", (part) => {
    expect(read(`https://d1.cloudfront.net/a?${part}&Signature=s&Key-Pair-Id=K`).unstorable).toBe("malformed");
  });

  it("is bound to an address that its policy does not understand", () => {
    expect(custom("*", { ...end, IpAddress: {} }).bindings).toEqual(["ip"]);
  });
});

describe("Bunny", () => {
  const query = (token: string, rest = "") => `https://z.b-cdn.net/a/b.ts?token=${token}&expires=${END}${rest}`;

  it("has the same identity in the query and in the path", () => {
    const path = read(`https://z.b-cdn.net/bcdn_token=${TOKEN}&expires=${END}&token_path=%2Fa&width=9/a/b.ts`);
    expect(path).toMatchObject({ schemes: ["bunny"], expiresAt: AT, guessed: false, unstorable: null });
    expect(path.identity).toBe(read(query(TOKEN, "&width=9")).identity);
    expect(names(path, "credential")).toEqual(["bcdn_token", "expires", "token_path"]);
  });

  it("covers every parameter, or none, as its own says", () => {
    expect(names(read(query(TOKEN, "&width=9")), "significant")).toEqual(["width"]);
    expect(names(read(query(TOKEN, "&width=9&token_ignore_params=true")), "significant")).toEqual(["width!"]);
  });

  it.each([TOKEN, TOKEN.replace("HS256-", "HS256-1-"), "a".repeat(22), "a".repeat(43)])(
    "is seen anywhere by %s",
    (token) => {
      const url = read(query(token).replace("z.b-cdn.net", "cdn.example.com"));
      expect(url).toMatchObject({ schemes: ["bunny"], guessed: true, identity: "https://cdn.example.com:443/a/b.ts" });
    },
  );

  it.each([
    ["a token of another form", "token=abc&expires=1795208014"],
    ["an end that is none", `token=${TOKEN}&expires=tomorrow`],
    ["a token alone", `token=${TOKEN}`],
  ])("is not seen by %s elsewhere, and is malformed at Bunny", (_, part) => {
    expect(read(`https://cdn.example.com/a?${part}`).schemes).toEqual([]);
    expect(read(`https://cdn.example.com/a?${part}`).identity).toContain("token=");
    expect(read(`https://z.b-cdn.net/a?${part}`).unstorable).toBe("malformed");
  });

  it("is malformed with a token in each place, and a guess by its path on a host that is not Bunny's", () => {
    const path = `/bcdn_token=${TOKEN}&expires=${END}/a`;
    expect(read(`https://z.b-cdn.net${path}?token=${TOKEN}`).unstorable).toBe("malformed");
    expect(read(`https://z.b-cdn.net${path}?expires=${END}`).unstorable).toBe("malformed");
    expect(read(`https://cdn.example.com${path}`).guessed).toBe(true);
  });
});

describe("Akamai", () => {
  it.each([
    ["hdnts", false],
    ["__token__", false],
    ["__gda__", false],
    ["video", true],
  ])("is seen by its value under %s, and is guessed: %s", (name, guessed) => {
    const url = read(`https://cdn.example.com/a?x=1&${name}=st=${END - 60}~exp=${END}~acl=/*~hmac=${HMAC}`);
    expect(url).toMatchObject({
      schemes: ["akamai"],
      expiresAt: AT,
      notBefore: AT - 60_000,
      guessed,
      unstorable: null,
    });
    expect(url.identity).toBe("https://cdn.example.com:443/a?x=1");
    expect(names(url, "significant")).toEqual(["x!"]);
  });

  it.each([
    `st=1~hmac=${HMAC}`,
    `exp=soon~hmac=${HMAC}`,
    `exp=1~exp=2~hmac=${HMAC}`,
    `exp=1~hmac=${HMAC}&b=exp=1~hmac=${HMAC}`,
  ])("is malformed as %s", (token) => {
    expect(read(`https://cdn.example.com/a?hdnts=${token}`).unstorable).toBe("malformed");
  });

  it.each([`exp=1~hmac=xyz`, `hmac=${HMAC}`, "exp=1", `x~exp=1~hmac=${HMAC}`])("is not seen in %s", (value) => {
    expect(read(`https://cdn.example.com/a?hdnts=${value}`).schemes).toEqual([]);
  });
});

describe("Google's CDNs", () => {
  const signed = `Expires=${END}&KeyName=k&Signature=s`;

  it("cover the URL, or a prefix of it", () => {
    expect(names(read(`https://m.example.com/a?x=1&${signed}`), "significant")).toEqual(["x"]);
    const prefix = read(`https://m.example.com/a?x=1&URLPrefix=aHR0&${signed}`);
    expect(prefix).toMatchObject({
      schemes: ["cloud-cdn"],
      identity: "https://m.example.com:443/a?x=1",
      expiresAt: AT,
    });
    expect(names(prefix, "significant")).toEqual(["x!"]);
  });

  it("have the same identity by query and by path", () => {
    const url = read(`https://m.example.com/v/edge-cache-token=${signed}/a.m3u8?x=1`);
    expect(url).toMatchObject({ schemes: ["cloud-cdn"], expiresAt: AT, unstorable: null, guessed: true });
    expect(url.identity).toBe(read(`https://m.example.com/v/a.m3u8?x=1&${signed}`).identity);
    expect(url.fetchText).toBe(url.raw.text);
  });

  it("read a token of many fields", () => {
    const token = (rest: string) => read(`https://m.example.com/a?edge-cache-token=Expires=${END}~hmac=ab${rest}`);
    expect(token("")).toMatchObject({ expiresAt: AT, unstorable: null });
    expect(token("~IPRanges=MTI3LjA").unstorable).toBe("ip-bound");
    expect(token("~Headers=x-y").unstorable).toBe("signed-headers");
  });

  it.each([
    `a?KeyName=k&Signature=s`,
    `a?Expires=${END}&KeyName=&Signature=s`,
    "edge-cache-token=KeyName=k&Signature=s/a",
    `edge-cache-token=Expires=${END}/a`,
    `edge-cache-token=${signed}/edge-cache-token=${signed}/a`,
    `edge-cache-token=${signed}/a?${signed}`,
  ])("are malformed as %s", (rest) => {
    expect(read(`https://m.example.com/${rest}`)).toMatchObject({ schemes: ["cloud-cdn"], unstorable: "malformed" });
  });

  it("are not seen in a name of a key alone", () => {
    expect(read(`https://m.example.com/a?KeyName=k&Expires=${END}`).schemes).toEqual([]);
  });
});

describe("others", () => {
  it.each([
    ["qiniu", "https://cdn.example.com/a?imageView2/0&e=1795208014&token=ak:ONs68-tG1o8U5-aRn0KJoyXY3E0=", true, AT],
    ["cloudflare-images", `https://imagedelivery.net/h/i/v?exp=${END}&sig=ab`, false, AT],
    ["imgix", `https://z.imgix.net/a?expires=${END}&s=${"ab".repeat(16)}`, false, AT],
    ["imagekit", `https://ik.imagekit.io/z/a?ik-t=${END}&ik-s=ab`, false, AT],
    ["nginx-secure-link", `https://cdn.example.com/a?md5=${"a".repeat(22)}&expires=${END}`, true, AT],
    ["upyun", `https://cdn.example.com/a?_upt=0123abcd${END}`, false, AT],
  ])("%s is seen in %s", (id, text, guessed, expiresAt) => {
    expect(read(text)).toMatchObject({ schemes: [id], guessed, expiresAt, unstorable: null });
    expect(read(text).identity).not.toMatch(/ONs68|sig|ab|aaa|0123/);
  });

  it.each([
    "https://cdn.example.com/a?e=1&token=abc",
    "https://cdn.example.com/a?e=x&token=ak:ONs68-tG1o8U5-aRn0KJoyXY3E0=",
    "https://cdn.example.com/a?md5=abc&expires=1",
    "https://cdn.example.com/a?exp=1&sig=ab",
    `https://cdn.example.com/a?s=${"ab".repeat(16)}`,
    "https://z.imgix.net/a?s=full",
    "https://cdn.example.com/a?_upt=1",
    "https://cdn.example.com/file.zip?expires=tomorrow&v=2",
    "https://example.com/a?Signature=abc",
  ])("none is seen in %s", (text) => {
    expect(read(text)).toMatchObject({ schemes: [], expiresAt: null, unstorable: null });
  });

  it("Qiniu covers what stands before its token", () => {
    const url = read("https://cdn.example.com/a?x=1&e=1&token=ak:ONs68-tG1o8U5-aRn0KJoyXY3E0=&y=1&attname=b");
    expect(names(url, "significant")).toEqual(["x", "y!", "attname!"]);
  });
});
