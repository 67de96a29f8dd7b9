import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PROVIDERS } from "../../../src/core/origin-url/providers.ts";
import { redactIdentity, redactUrl, redactUrlsIn } from "../../../src/core/origin-url/redact.ts";
import { presigned, SIGNING } from "../samples.ts";

const CREDENTIALS = [...new Set(PROVIDERS.flatMap(({ credential }) => credential))];
/** Names under which providers that we have no row for carry a credential. */
const ELSEWHERE = [
  ...["Signature", "AWSAccessKeyId", "OSSAccessKeyId", "Key-Pair-Id", "Policy", "sig", "se", "token", "access_token"],
  ...["x-oss-signature", "security-token", "q-signature", "x-cos-security-token", "__token__", "hmac", "e"],
  ...[
    "Authorization",
    "auth_key",
    "X-Tos-Signature",
    "password",
    "client_secret",
    "jwt",
    "hdnts",
    "hdnea",
    "hm",
    "md5",
    "tempauth",
  ],
];

describe("a redacted URL", () => {
  it("still tells which object was meant, and which parameters there were", () => {
    const text = presigned("https://bucket.s3.amazonaws.com/a%20b//c.mp4?versionId=V1");
    expect(redactUrl(text)).toBe(
      "https://bucket.s3.amazonaws.com/a%20b//c.mp4?versionId=V1&X-Amz-Algorithm=REDACTED&X-Amz-Credential=REDACTED" +
        "&X-Amz-Date=REDACTED&X-Amz-Expires=REDACTED&X-Amz-Signature=REDACTED&X-Amz-SignedHeaders=REDACTED",
    );
  });

  it.each([
    ["a URL without query", "https://b.co/a", "https://b.co/a"],
    ["a URL with an empty query", "https://b.co/a?", "https://b.co/a?"],
    ["harmless parameters", "https://b.co/a?size=1&&v", "https://b.co/a?size=1&&v"],
    ["a credential without value", "https://b.co/a?sig&token=", "https://b.co/a?sig&token="],
    ["text that is no URL", "what is this", "what is this"],
    ["nothing", "", ""],
  ])("is the same for %s", (_, text, redacted) => {
    expect(redactUrl(text)).toBe(redacted);
  });

  it.each([
    ["the fragment", "https://b.co/a#access_token=secret", "https://b.co/a"],
    ["a fragment of many lines", "https://b.co/a#access\n_token=secret", "https://b.co/a"],
    ["the user and password", "https://user:secret@b.co/a", "https://b.co/a"],
    ["a password that holds an at sign", "https://user:secret@secret@b.co/a", "https://b.co/a"],
    ["a value with equals signs", "https://b.co/a?token=secret=secret==", "https://b.co/a?token=REDACTED"],
    ["a value with a question mark", "https://b.co/a?token=secret?secret", "https://b.co/a?token=REDACTED"],
    ["each of two", "https://b.co/a?sig=secret&b=1&sig=secret", "https://b.co/a?sig=REDACTED&b=1&sig=REDACTED"],
    ["a name in other case", "https://b.co/a?X-AMZ-SIGNATURE=secret", "https://b.co/a?X-AMZ-SIGNATURE=REDACTED"],
    ["an encoded name", "https://b.co/a?X-Amz-%53ignature=secret", "https://b.co/a?X-Amz-%53ignature=REDACTED"],
    ["a URL that does not parse", "https://b co/a?token=secret", "https://b co/a?token=REDACTED"],
  ])("lacks %s", (_, text, redacted) => {
    expect(redactUrl(text)).toBe(redacted);
  });

  it("holds no value of any credential, whatever its name's case and encoding and whatever stands around it", () => {
    const secret = fc.stringMatching(/^[0-9a-f]{16,64}$/).map((hex) => `S3CR3T${hex}`);
    const spelled = (name: string) =>
      fc
        .array(fc.constantFrom("lower", "upper", "encoded"), { minLength: name.length, maxLength: name.length })
        .map((ways) =>
          Array.from(name, (character, index) => {
            if (ways[index] === "encoded") return `%${character.charCodeAt(0).toString(16)}`;
            return ways[index] === "upper" ? character.toUpperCase() : character.toLowerCase();
          }).join(""),
        );
    const name = fc.constantFrom(...CREDENTIALS, ...ELSEWHERE).chain(spelled);
    const noise = fc.array(fc.stringMatching(/^[a-z]{0,3}=?[a-z]{0,3}$/), { maxLength: 3 });
    fc.assert(
      fc.property(name, secret, noise, noise, fc.string(), (credential, value, before, after, path) => {
        const text = `https://b.co/${path.replaceAll(/[?#]/g, "")}?${[...before, `${credential}=${value}`, ...after].join("&")}`;
        expect(redactUrl(text)).not.toContain(value);
      }),
    );
  });

  it.each([
    [
      "Bunny's",
      "https://z.b-cdn.net/bcdn_token=HS256-secret&expires=1/a/b",
      "https://z.b-cdn.net/bcdn_token=REDACTED/a/b",
    ],
    [
      "Google's",
      "https://m.co/v/edge-cache-token=Expires=1&Signature=secret/a",
      "https://m.co/v/edge-cache-token=REDACTED/a",
    ],
    ["Oracle's", "https://o.co/p/secret/n/ns/b/b/o/a", "https://o.co/p/REDACTED/n/ns/b/b/o/a"],
    [
      "Dropbox's",
      "https://u.dl.dropboxusercontent.com/cd/0/get/secret/file",
      "https://u.dl.dropboxusercontent.com/cd/0/get/REDACTED/file",
    ],
    ["Akamai's", "https://a.co/exp=1~acl=*~hmac=secret/a", "https://a.co/REDACTED/a"],
    ["an encoded one", "https://b.co/%62cdn_token%3Dsecret/a", "https://b.co/bcdn_token=REDACTED/a"],
  ])("lacks a credential in the path: %s", (_, text, redacted) => {
    expect(redactUrl(text)).toBe(redacted);
    expect(redactUrl(redacted)).toBe(redacted);
  });

  it.each([
    ["a token of Akamai's", "https://b.co/a?any=exp=1~hmac=secret", "https://b.co/a?any=REDACTED"],
    ["a JSON web token", "https://b.co/a?any=eyJhbGciOiJI.eyJhIjox.secret", "https://b.co/a?any=REDACTED"],
  ])("lacks %s under whichever name", (_, text, redacted) => {
    expect(redactUrl(text)).toBe(redacted);
  });

  it("holds neither signature, key id nor session of a presigned URL", () => {
    const redacted = redactUrl(presigned("https://b.co/a", { token: "FwoGZXIvYXdzEXAMPLE" }));
    for (const secret of [SIGNING.signature, SIGNING.accessKey, "FwoGZXIvYXdzEXAMPLE"]) {
      expect(redacted).not.toContain(secret);
    }
  });

  it("is the same when it is redacted once more", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."htps:/@?#&=%.ab", "sig", "token") }), (text) => {
        expect(redactUrl(redactUrl(text))).toBe(redactUrl(text));
      }),
    );
  });
});

describe("a redacted identity", () => {
  it.each([
    ["gs:media/a.txt#5", "gs:media/a.txt#5"],
    ["s3:aws/media/a//b@c/d", "s3:aws/media/a//b@c/d"],
    ["s3:aws/media/a?versionId=7", "s3:aws/media/a?versionId=7"],
    ["gs:media/a?token=secret&b=1#5", "gs:media/a?token=REDACTED&b=1#5"],
    ["https://b.co:443/a?sig=secret&b=1", "https://b.co:443/a?sig=REDACTED&b=1"],
  ])("keeps the name of an object, and no secret: %s", (identity, shown) => {
    expect(redactIdentity(identity)).toBe(shown);
  });
});

describe("a text with URLs in it", () => {
  it.each([
    ["no URL in it", "fetch failed", "fetch failed"],
    ["one", "cannot open https://b.co/a?sig=secret", "cannot open https://b.co/a?sig=REDACTED"],
    ["one in quotes", 'at "https://b.co/a?sig=secret", twice', 'at "https://b.co/a?sig=REDACTED", twice'],
    ["one in angle brackets", "<https://b.co/a?sig=secret>", "<https://b.co/a?sig=REDACTED>"],
    ["two", "http://a.co?e=secret or HTTPS://b.co?e=secret", "http://a.co?e=REDACTED or HTTPS://b.co?e=REDACTED"],
    ["one with a password", "postgres at https://me:secret@b.co/sql", "postgres at https://b.co/sql"],
    ["lines", "no\nhttps://b.co?token=secret\nhttps://b.co?a=1", "no\nhttps://b.co?token=REDACTED\nhttps://b.co?a=1"],
  ])("keeps all else: %s", (_, text, redacted) => {
    expect(redactUrlsIn(text)).toBe(redacted);
  });

  it("holds the signature of none of them", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(" ", "\n", "'", ' "', "at ", ": "), { minLength: 1 }), (separators) => {
        const text = separators.map((separator) => separator + presigned("https://b.co/a")).join(" ");
        expect(redactUrlsIn(text)).not.toContain(SIGNING.signature);
      }),
    );
  });
});
