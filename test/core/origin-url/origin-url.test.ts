import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type OriginUrl, readOriginUrl, withoutCredentials } from "../../../src/core/origin-url/origin-url.ts";
import { NOON, presigned, type Signing } from "../samples.ts";

const OBJECT = "https://bucket.s3.us-east-1.amazonaws.com/videos/a.mp4";

function read(text: string): OriginUrl {
  const url = readOriginUrl(text);
  if (typeof url === "string") throw new Error(`${text} was refused: ${url}`);
  return url;
}

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
  it("names the object by scheme, host, port, path and what selects its bytes", () => {
    expect(read(presigned(`${OBJECT}?versionId=V1`)).identity).toBe(
      "https://bucket.s3.us-east-1.amazonaws.com:443/videos/a.mp4?versionId=V1",
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
    ["region", "https://bucket.s3.eu-west-1.amazonaws.com/videos/a.mp4"],
    ["key", "https://bucket.s3.us-east-1.amazonaws.com/videos/b.mp4"],
    ["case of the key", "https://bucket.s3.us-east-1.amazonaws.com/Videos/a.mp4"],
    ["double slash", "https://bucket.s3.us-east-1.amazonaws.com/videos//a.mp4"],
    ["encoded slash", "https://bucket.s3.us-east-1.amazonaws.com/videos%2Fa.mp4"],
    ["trailing slash", "https://bucket.s3.us-east-1.amazonaws.com/videos/a.mp4/"],
    ["version", `${OBJECT}?versionId=V1`],
    ["part", `${OBJECT}?partNumber=1`],
    ["response header", `${OBJECT}?response-content-type=text%2Fhtml`],
    ["unknown parameter", `${OBJECT}?size=large`],
    ["empty unknown parameter", `${OBJECT}?acl`],
    ["port", "https://bucket.s3.us-east-1.amazonaws.com:8443/videos/a.mp4"],
    ["scheme", "http://bucket.s3.us-east-1.amazonaws.com:443/videos/a.mp4"],
  ])("differs where the %s differs", (_, other) => {
    expect(read(presigned(other)).identity).not.toBe(read(presigned(OBJECT)).identity);
  });

  it.each([
    ["host in upper case", "https://BUCKET.s3.us-east-1.amazonaws.com/videos/a.mp4"],
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
    "keeps every parameter of a scheme that lacks X-Amz-%s: nobody would have checked them",
    (part) => {
      const url = presigned(`${OBJECT}?x-id=other`).replace(new RegExp(`[?&]X-Amz-${part}=[^&]*`), "&x=1");
      expect(read(url).schemes).toEqual([]);
      expect(read(url).identity).toContain("x-id=other");
    },
  );

  it("is the same for two signings at Google, and keeps the generation", () => {
    const address = "https://storage.googleapis.com/bucket/a%20b.txt";
    expect(read(goog(address, "&userProject=p")).identity).toBe(read(goog(address)).identity);
    expect(read(goog(address, "&generation=2")).identity).toBe(
      "https://storage.googleapis.com:443/bucket/a%20b.txt?generation=2",
    );
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

  it("keeps unknown parameters of a signed URL, in their order", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^q[a-z]{1,6}$/), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(names, signing, (list, signed) => {
        const query = list.map((name) => `${name}=1`).join("&");
        expect(read(presigned(`${OBJECT}?${query}`, signed)).identity.endsWith(`/a.mp4?${query}`)).toBe(true);
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
    ["an empty list", presigned(OBJECT).replace("=host", "=")],
    ["a second list", `${presigned(OBJECT)}&X-Amz-SignedHeaders=range`],
    ["a Google header", goog("https://b.co/a").replace("=host", "=host%3Bx-goog-encryption-key")],
  ])("may not be made where the signature covers %s", (_, text) => {
    expect(read(text).unstorable).toBe("signed-headers");
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

describe("a URL that does not parse", () => {
  it.each([
    ["not a url", "characters"],
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

  it("keeps what selects other bytes", () => {
    expect(withoutCredentials(read(presigned(`${OBJECT}?versionId=7`)))).toBe(`${OBJECT}?versionId=7`);
  });

  it("loses what looks like a credential of an unknown scheme", () => {
    const url = "https://cdn.example.com/a?size=2&Signature=secret&Key-Pair-Id=K1&exp=1";
    expect(withoutCredentials(read(url))).toBe(
      "https://cdn.example.com/a?size=2&Signature=REDACTED&Key-Pair-Id=REDACTED&exp=1",
    );
  });
});
