import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readOriginUrl, withoutCredentials } from "../../../src/core/origin-url/origin-url.ts";
import { NOON, presigned, type Signing } from "../samples.ts";
import { names, read } from "./reading.ts";

const OBJECT = "https://bucket.s3.us-east-1.amazonaws.com/videos/a.mp4";

function goog(address: string, query = ""): string {
  const parameters = [
    "X-Goog-Algorithm=GOOG4-RSA-SHA256",
    "X-Goog-Credential=me%40project.iam.gserviceaccount.com%2F20261120%2Fauto%2Fstorage%2Fgoog4_request",
    "X-Goog-Date=20261120T120000Z",
    "X-Goog-Expires=900",
    "X-Goog-SignedHeaders=host",
    "X-Goog-Signature=0123456789abcdef",
  ];
  return `${address}?${parameters.join("&")}${query}`;
}

const signing: fc.Arbitrary<Signing> = fc.record({
  date: fc
    .integer({ min: Date.UTC(2020, 0, 1) / 1000, max: Date.UTC(2040, 0, 1) / 1000 })
    .map((seconds) => new Date(seconds * 1000).toISOString().replace(/[-:]|\.000/g, "")),
  expires: fc.integer({ min: 1, max: 604_800 }).map(String),
  accessKey: fc.stringMatching(/^AKIA[A-Z0-9]{16}$/),
  signature: fc.stringMatching(/^[0-9a-f]{64}$/),
  token: fc.option(fc.base64String({ minLength: 8 })),
  fromSdk: fc.boolean(),
});

const bucket = fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,10}[a-z0-9]$/);
/** A key as an SDK writes it into a URL; dot segments have tests of their own. */
const key = fc
  .array(fc.string({ unit: "binary", maxLength: 6 }).map(encodeURIComponent), { minLength: 1, maxLength: 4 })
  .map((segments) => segments.join("/"))
  .filter((text) => !text.split("/").some((segment) => /^\.{1,2}$/.test(segment)));
const version = fc.option(fc.stringMatching(/^[A-Za-z0-9._-]{1,32}$/));

type Named = { readonly bucket: string; readonly key: string; readonly version: string | null };
const named: fc.Arbitrary<Named> = fc.record({ bucket, key, version });

function addressOf(object: Named): string {
  const query = object.version === null ? "" : `?versionId=${object.version}`;
  return `https://${object.bucket}.s3.us-east-1.amazonaws.com/${object.key}${query}`;
}

describe("the identity of a URL", () => {
  it("names the object by partition, bucket, key and what selects its bytes", () => {
    expect(read(presigned(`${OBJECT}?versionId=V1`)).identity).toBe("s3:aws/bucket/videos/a.mp4?versionId=V1");
  });

  it("names it by scheme, host, port and path on a host that we do not know", () => {
    expect(read(presigned("https://minio.example.com/bucket/a%20b?versionId=V1")).identity).toBe(
      "https://minio.example.com:443/bucket/a%20b?versionId=V1",
    );
  });

  it("is equal for every signing of one object", () => {
    fc.assert(
      fc.property(named, signing, signing, (object, one, other) => {
        const address = addressOf(object);
        expect(read(presigned(address, one)).identity).toBe(read(presigned(address, other)).identity);
      }),
    );
  });

  it("holds nothing of the credentials", () => {
    fc.assert(
      fc.property(named, signing, (object, signed) => {
        const { identity } = read(presigned(addressOf(object), signed));
        expect(identity).not.toContain(signed.signature);
        expect(identity).not.toContain(signed.accessKey);
      }),
    );
  });

  it("is never shared by two buckets, keys or versions, however they are signed", () => {
    fc.assert(
      fc.property(named, named, signing, signing, (one, other, signedOne, signedOther) => {
        fc.pre(addressOf(one) !== addressOf(other));
        expect(read(presigned(addressOf(one), signedOne)).identity).not.toBe(
          read(presigned(addressOf(other), signedOther)).identity,
        );
      }),
    );
  });

  it.each([
    ["bucket", "https://bucket2.s3.us-east-1.amazonaws.com/videos/a.mp4"],
    ["partition", "https://bucket.s3.cn-north-1.amazonaws.com.cn/videos/a.mp4"],
    ["website", "https://bucket.s3-website-us-east-1.amazonaws.com/videos/a.mp4"],
    ["key", "https://bucket.s3.us-east-1.amazonaws.com/videos/b.mp4"],
    ["case of the key", "https://bucket.s3.us-east-1.amazonaws.com/Videos/a.mp4"],
    ["double slash", "https://bucket.s3.us-east-1.amazonaws.com/videos//a.mp4"],
    ["encoded slash", "https://bucket.s3.us-east-1.amazonaws.com/videos%2Fa.mp4"],
    ["trailing slash", "https://bucket.s3.us-east-1.amazonaws.com/videos/a.mp4/"],
    ["version", `${OBJECT}?versionId=V1`],
    ["part", `${OBJECT}?partNumber=1`],
    ["unknown parameter", `${OBJECT}?size=large`],
    ["empty unknown parameter", `${OBJECT}?acl`],
    ["port", "https://bucket.s3.us-east-1.amazonaws.com:8443/videos/a.mp4"],
    ["scheme", "http://bucket.s3.us-east-1.amazonaws.com:443/videos/a.mp4"],
  ])("differs where the %s differs", (_, other) => {
    expect(read(presigned(other)).identity).not.toBe(read(presigned(OBJECT)).identity);
  });

  it.each([
    ["host in upper case", "https://BUCKET.s3.us-east-1.amazonaws.com/videos/a.mp4"],
    ["region", "https://bucket.s3.eu-west-1.amazonaws.com/videos/a.mp4"],
    ["response header", `${OBJECT}?response-content-type=text%2Fhtml`],
    ["port that is the default", "https://bucket.s3.us-east-1.amazonaws.com:443/videos/a.mp4"],
    ["letter that is encoded", "https://bucket.s3.us-east-1.amazonaws.com/videos/%61.mp4"],
  ])("is the same with a %s", (_, other) => {
    expect(read(presigned(other)).identity).toBe(read(presigned(OBJECT)).identity);
  });

  it.each([
    ["names in any case", presigned(OBJECT).replaceAll("X-Amz-", "X-AMZ-")],
    ["an encoded name", presigned(OBJECT).replace("X-Amz-Signature", "X-Amz-%53ignature")],
    ["an express session", `${presigned(OBJECT)}&X-Amz-S3session-Token=b&x-amz-region-set=*`],
    ["parameters of the SDK", `${presigned(OBJECT)}&x-id=GetObject&x-amz-checksum-mode=ENABLED`],
    ["a payer and an owner", `${presigned(OBJECT)}&x-amz-request-payer=requester&x-amz-expected-bucket-owner=1`],
  ])("leaves out %s", (_, signed) => {
    expect(read(signed).identity).toBe(read(OBJECT).identity);
  });

  it.each(["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"])(
    "is of no use in a URL that lacks X-Amz-%s: no server would take it",
    (part) => {
      const url = read(presigned(OBJECT).replace(new RegExp(`([?&])X-Amz-${part}=[^&]*&?`), "$1"));
      expect(url.schemes).toEqual(["s3-sigv4"]);
      expect(url.unstorable).toBe("malformed");
    },
  );

  it("keeps the name of an SDK's operation where nothing else of the scheme is there", () => {
    expect(read(`${OBJECT}?x-id=other`).schemes).toEqual([]);
    expect(read(`${OBJECT}?x-id=other`).identity).toContain("x-id=other");
  });

  it("is the same for two signings at Google, and keeps the generation", () => {
    const address = "https://storage.googleapis.com/bucket/a%20b.txt";
    expect(read(goog(address, "&userProject=p")).identity).toBe(read(goog(address)).identity);
    expect(read(goog(address, "&generation=2")).identity).toBe("gs:bucket/a%20b.txt#2");
  });

  it("leaves out the credentials of both schemes where a URL carries two", () => {
    const url = read(`${goog("https://b.co/a")}&${presigned("").slice(1)}&keep=1`);
    expect(url.schemes).toEqual(["s3-sigv4", "gcs-v4"]);
    expect(url.identity).toBe("https://b.co:443/a?keep=1");
  });

  it("keeps every parameter, the credentials too, where no scheme is known", () => {
    const url = read("https://cdn.example.com/a?Expires=1&Signature=s&x-id=7&userProject=p");
    expect(url.schemes).toEqual([]);
    expect(url.identity).toBe("https://cdn.example.com:443/a?Expires=1&Signature=s&x-id=7&userProject=p");
  });

  it("keeps unknown parameters of a signed URL, by name at a store whose parameters have no order", () => {
    expect(read(presigned(`${OBJECT}?b=2&a=1&b=1`)).identity).toBe("s3:aws/bucket/videos/a.mp4?a=1&b=2&b=1");
  });

  it("keeps unknown parameters of a signed URL in their order elsewhere", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^q[a-z]{1,6}$/), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(names, signing, (list, signed) => {
        const query = list.map((name) => `${name}=1`).join("&");
        const { identity } = read(presigned(`https://minio.example.com/b/a.mp4?${query}`, signed));
        expect(identity.endsWith(`/a.mp4?${query}`)).toBe(true);
      }),
    );
  });
});

describe("the end of a URL", () => {
  it.each([
    ["of its one scheme", presigned(OBJECT), NOON + 3_600_000],
    ["of the scheme that ends first", `${goog("https://b.co/a")}&${presigned("").slice(1)}`, NOON + 900_000],
    ["of the other scheme where one does not tell", `${goog("https://b.co/a")}&X-Amz-Algorithm=x`, NOON + 900_000],
  ])("is that %s", (_, text, end) => {
    expect(read(text).expiresAt).toBe(end);
  });

  it.each([
    OBJECT,
    `${OBJECT}?X-Amz-Algorithm=x`,
    presigned(OBJECT, { expires: "604801" }),
    `${OBJECT}?Expires=1700000000`,
  ])("is not known of %s", (text) => {
    expect(read(text).expiresAt).toBeNull();
  });
});

describe("a copy", () => {
  it.each([OBJECT, presigned(OBJECT), goog("https://b.co/a"), presigned("https://b.co/a..b/...//c")])(
    "may be made of %s",
    (text) => {
      expect(read(text).unstorable).toBeNull();
    },
  );

  it.each([
    ["range", presigned(OBJECT).replace("=host", "=host%3Brange")],
    ["a customer's key", presigned(OBJECT).replace("=host", "=host;x-amz-server-side-encryption-customer-key")],
    ["a Google header", goog("https://b.co/a").replace("=host", "=host%3Bx-goog-encryption-key")],
  ])("may not be made where the signature covers %s", (_, text) => {
    expect(read(text).unstorable).toBe("signed-headers");
  });

  it.each([
    ["an empty list of signed headers", presigned(OBJECT).replace("=host", "=")],
    ["a second list of them", `${presigned(OBJECT)}&X-Amz-SignedHeaders=range`],
    ["a life of more than a week", presigned(OBJECT, { expires: "604801" })],
    ["a date that is none", presigned(OBJECT, { date: "20260230T120000Z" })],
    ["an algorithm that is none", presigned(OBJECT).replace("AWS4-HMAC-SHA256", "AWS5")],
    ["a scope that is none", presigned(OBJECT).replace("aws4_request", "aws5_request")],
    ["no signature", presigned(OBJECT, { signature: "" })],
  ])("may not be made of a URL with %s: no server would take it", (_, text) => {
    expect(read(text).unstorable).toBe("malformed");
  });

  it.each([
    "acl",
    "tagging",
    "torrent",
    "attributes&x=1",
    "legal-hold",
    "retention",
    "uploadId=1",
    "partNumber=2",
    "policy",
  ])("may not be made of what is not the object's bytes: ?%s", (query) => {
    expect(read(presigned(`${OBJECT}?${query}`)).unstorable).toBe("sub-resource");
    expect(read(`${OBJECT}?${query}`).unstorable).toBe("sub-resource");
    expect(read(`https://cdn.example.com/a?${query}`).unstorable).toBeNull();
  });

  it.each([
    ["https://bucket.s3.amazonaws.com/", "a bucket"],
    ["https://s3.amazonaws.com/bucket", "a bucket in the path"],
    ["https://s3.amazonaws.com/bucket/?list-type=2", "a listing", "sub-resource"],
    ["https://acct.blob.core.windows.net/container", "a container"],
    ["https://storage.googleapis.com/bucket/", "a bucket of Google's"],
    ["https://bucket.oss-cn-beijing.aliyuncs.com/", "a bucket whose objects do not fold"],
  ])("may not be made of %s: that is %s", (text, _, reason = "not-an-object") => {
    expect(read(text)).toMatchObject({ unstorable: reason, object: null });
    expect(read(text).identity).toMatch(/^https:/);
  });

  it("may not be made where its coding would be another than the object's own", () => {
    const gzip = "response-content-encoding=gzip";
    expect(read(presigned(`${OBJECT}?${gzip}`)).unstorable).toBe("encoding-override");
    // Google takes no notice of it, and it is not even sent.
    const google = read(`https://storage.googleapis.com/b/o?GoogleAccessId=a&Expires=1&Signature=s&${gzip}`);
    expect(google).toMatchObject({ unstorable: null });
    expect(google.fetchText).not.toContain("gzip");
  });

  it("may be made where the one signed header is spelled HOST", () => {
    expect(read(presigned(OBJECT).replace("=host", "=HOST")).unstorable).toBeNull();
  });

  it.each(["https://b.co/a/../b", "https://b.co/./a", "https://b.co/a/%2E%2e/b", "https://b.co/.."])(
    "may not be made of %s: a fetch would ask for another object",
    (text) => {
      expect(read(text).unstorable).toBe("dot-segments");
    },
  );

  it("is only made where a fetch asks for the very path that names the entry", () => {
    const segment = fc.constantFrom("", ".", "..", "%2e", "%2E.", "a", "%2F", "a%20b", "...", "caf%C3%A9");
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1 }), (segments) => {
        const path = `/${segments.join("/")}`;
        if (read(`https://b.co${path}`).unstorable === null) expect(new URL(`https://b.co${path}`).pathname).toBe(path);
      }),
    );
  });
});

describe("half a character", () => {
  it("is what a client sends in its place, and stays nowhere: a ledger of JSON would refuse it", () => {
    const url = read("https://b.co/a\ud800?x=\udc00");
    expect(url).toEqual(read("https://b.co/a\ufffd?x=\ufffd"));
    expect([withoutCredentials(url), url.fetchText].every((text) => text.isWellFormed())).toBe(true);
  });
});

describe("a space", () => {
  it("is what every client sends for it, wherever it stands", () => {
    const [spaced, encoded] = ["https://b.co/a b ?c=d e ", "https://b.co/a%20b%20?c=d%20e%20"].map((text) => {
      const url = readOriginUrl(text);
      return typeof url === "string" ? url : { ...url, raw: url.raw.text };
    });
    expect(spaced).toEqual(encoded);
    expect(spaced).toMatchObject({ raw: "https://b.co/a%20b%20?c=d%20e%20" });
  });

  it("is none in a host", () => {
    expect(readOriginUrl("https://b co/")).toBe("host");
  });
});

describe("a URL that does not parse", () => {
  it.each([
    ["not a url", "not-absolute"],
    ["https://b.co/a\tb", "characters"],
    [" https://b.co/", "not-absolute"],
    ["b.co/a", "not-absolute"],
    ["https://user@b.co/", "userinfo"],
  ])("gives what is wrong with it: %s", (text, problem) => {
    expect(readOriginUrl(text)).toBe(problem);
  });
});

describe("a URL as people may see it", () => {
  it("is the bare address of the object where the scheme is known", () => {
    expect(withoutCredentials(read(presigned(OBJECT)))).toBe(OBJECT);
    expect(withoutCredentials(read(goog("https://storage.googleapis.com/b/a%2Fb//c")))).toBe(
      "https://storage.googleapis.com/b/a%2Fb//c",
    );
  });

  it("has scheme, host and port in one spelling, and its path as it was given", () => {
    expect(withoutCredentials(read("HTTPS://CDN.Example.com:443/A%2fb//c?v=1"))).toBe(
      "https://cdn.example.com/A%2fb//c?v=1",
    );
    expect(withoutCredentials(read("https://cdn.example.com:8443?v=1"))).toBe("https://cdn.example.com:8443/?v=1");
  });

  it("keeps what selects other bytes", () => {
    expect(withoutCredentials(read(presigned(`${OBJECT}?versionId=7`)))).toBe(`${OBJECT}?versionId=7`);
  });

  it("loses what looks like a credential of an unknown scheme", () => {
    const url = "https://cdn.example.com/a?size=2&Signature=secret&x=1";
    expect(withoutCredentials(read(url))).toBe("https://cdn.example.com/a?size=2&Signature=REDACTED&x=1");
  });

  it("is without the credential that some providers put into the path", () => {
    const bunny = `https://z.b-cdn.net/bcdn_token=HS256-${"a".repeat(43)}&expires=1795208014/a//b`;
    expect(withoutCredentials(read(bunny))).toBe("https://z.b-cdn.net/a//b");
    const oracle = "https://objectstorage.us-ashburn-1.oraclecloud.com/p/SECRET/n/ns/b/b/o/a%2Fb";
    expect(withoutCredentials(read(oracle))).toBe(oracle.replace("/p/SECRET", ""));
  });

  it("is without what nobody signed, and without a fragment", () => {
    const url = "https://storage.googleapis.com/b/o?GoogleAccessId=a&Expires=1&Signature=s&x=1&generation=2#page=3";
    expect(withoutCredentials(read(url))).toBe("https://storage.googleapis.com/b/o?generation=2");
  });
});

describe("the URL to fill from", () => {
  it.each([
    OBJECT,
    `${OBJECT}?`,
    `${OBJECT}?b&a=%7e&`,
    presigned(`${OBJECT}?response-content-type=a`),
    goog("http://b.co:80/%7Ea"),
  ])("is the given one, byte for byte: %s", (text) => {
    expect(read(text).fetchText).toBe(text);
  });

  it("has no fragment", () => {
    expect(read(`${presigned(OBJECT)}#page=1?x`).fetchText).toBe(presigned(OBJECT));
  });

  it("keeps a credential that is in the path", () => {
    const bunny = `https://z.b-cdn.net/bcdn_token=HS256-${"a".repeat(43)}&expires=1795208014/a`;
    expect(read(bunny).fetchText).toBe(bunny);
  });
});

describe("a URL without any scheme", () => {
  it("has significant parameters only, none of them signed", () => {
    const url = read("https://storage.googleapis.com/bucket/a?x=1&response-content-type=b&generation=7");
    expect(names(url, "significant")).toEqual(["x!", "response-content-type!", "generation!"]);
    expect(url).toMatchObject({ schemes: [], guessed: false, bindings: [], notBefore: null, expiresAt: null });
    expect(url.identity).toBe("gs:bucket/a?response-content-type=b&x=1#7");
  });
});
