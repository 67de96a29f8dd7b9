import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClassifiedParameter, OriginUrl } from "../../../src/core/origin-url/origin-url.ts";
import { redactUrl } from "../../../src/core/origin-url/redact.ts";
import { jwt, policy, read } from "./reading.ts";
import { MADE_URLS } from "./sdk-made-urls.ts";

const END = 1_795_208_014;
const TOKEN = `HS256-${"aB_-".repeat(10)}abc`;

/** Links of providers of whom no SDK makes any offline. */
const WRITTEN = [
  `https://b.obs.cn-north-4.myhuaweicloud.com/a.mp4?AccessKeyId=a&Expires=${END}&Signature=c2lnbmF0dXJl&versionId=1`,
  `https://z.b-cdn.net/v/a.mp4?token=${TOKEN}&expires=${END}&width=9`,
  `https://m.example.com/v/a.mp4?x=1&Expires=${END}&KeyName=k&Signature=c2lnbmF0dXJl`,
  `https://swift.example.com/v1/AUTH_a/c/o?temp_url_sig=0123456789abcdef&temp_url_expires=${END}`,
  `https://ref.supabase.co/storage/v1/object/sign/b/a.png?token=${jwt({ exp: END })}`,
  "https://firebasestorage.googleapis.com/v0/b/p.appspot.com/o/a%2Fb?alt=media&token=00000000-3035-4914-98da-000000000000",
  `https://app.ufs.sh/f/key?expires=${END}000&signature=hmac-sha256%3D0123456789abcdef`,
  `https://cdn.discordapp.com/attachments/1/2/a.png?ex=6b01bd0e&is=6affb0ce&hm=0123456789abcdef&width=9`,
  "https://f004.backblazeb2.com/file/bucket/a?Authorization=3_2026_0123456789abcdef",
  `https://d1.cloudfront.net/v/a?size=1&Policy=${policy("*", { DateLessThan: { "AWS:EpochTime": END } })}&Signature=s&Key-Pair-Id=K`,
];
const LINKS = [...MADE_URLS.map(({ url }) => url), ...WRITTEN];
const link = fc.constantFrom(...LINKS);

/** The URL with its query in this form. */
function withQuery(text: string, query: readonly string[]): string {
  return `${text.replace(/\?.*/, "")}?${query.join("&")}`;
}

/** Another value of the same form: each letter and digit of it stays a letter or a digit of its kind. */
function turned(value: string, by: number): string {
  const turn = (alphabet: string) => (character: string) =>
    alphabet[(alphabet.indexOf(character) + by) % alphabet.length] ?? character;
  return value.replace(/[g-z]/g, turn("ghijklmnopqrstuvwxyz")).replace(/[G-Z]/g, turn("GHIJKLMNOPQRSTUVWXYZ"));
}

/** Credentials in which every character may be another one, and the scheme is still seen. */
const FREE =
  /^(?:x-amz-security-token|x-goog-signature|signature|sig|x-amz-signature|hm|x-oss-signature|q-signature|temp_url_sig)$/;

function resigned(url: OriginUrl, secret: string): string {
  const query = url.raw.parameters.map(({ name, raw }) => (FREE.test(name) ? raw.replace(/=.*/, `=${secret}`) : raw));
  return withQuery(url.raw.text, query);
}

const secret = fc.stringMatching(/^[0-9a-f]{40,64}$/);

describe("the identity of any provider's link", () => {
  it("is the same however it is signed", () => {
    fc.assert(
      fc.property(link, secret, (text, other) => {
        const url = read(text);
        const again = read(resigned(url, other));
        expect(again.schemes).toEqual(url.schemes);
        expect(again.identity).toBe(url.identity);
        expect(again.identity).not.toContain(other);
      }),
    );
  });

  it("is the same with another end, another key and another session", () => {
    const changes: [RegExp, (value: string, by: number) => string][] = [
      [/^(?:expires|temp_url_expires|e)$/, (value, by) => String(Number(value) + by)],
      [/-expires$/, (_, by) => String(by + 1)],
      [/^(?:awsaccesskeyid|ossaccesskeyid|accesskeyid|key-pair-id|keyname|q-ak|googleaccessid)$/, turned],
      [/^(?:security-token|x-cos-security-token|x-bce-security-token|x-tos-security-token)$/, turned],
    ];
    fc.assert(
      fc.property(link, fc.integer({ min: 1, max: 600 }), (text, by) => {
        const url = read(text);
        const query = url.raw.parameters.map(({ name, raw, value }) => {
          const change = changes.find(([pattern]) => pattern.test(name))?.[1];
          return change ? raw.replace(/=.*/, () => `=${encodeURIComponent(change(value, by))}`) : raw;
        });
        expect(read(withQuery(text, query)).identity).toBe(url.identity);
      }),
    );
  });

  it("holds no value of a credential", () => {
    for (const text of LINKS) {
      const { parameters, identity } = read(text);
      for (const { value, class: kind } of parameters) {
        if (kind === "credential" && value.length > 12) expect(identity).not.toContain(value);
      }
    }
  });

  it("does not depend on the order of its credentials, nor on where they stand", () => {
    fc.assert(
      fc.property(link, fc.infiniteStream(fc.nat()), (text, numbers) => {
        const url = read(text);
        // Qiniu signs what stands before its token, and COS and the CDNs keep the order of the rest.
        const isCredential = ({ class: kind }: ClassifiedParameter) => kind === "credential";
        const credentials = url.parameters.filter(isCredential).map(({ raw }) => ({ raw, at: numbers.next().value }));
        const rest = url.parameters.filter((one) => !isCredential(one)).map(({ raw }) => raw);
        const shuffled = credentials.toSorted((one, other) => one.at - other.at).map(({ raw }) => raw);
        const again = read(withQuery(text, numbers.next().value % 2 ? [...shuffled, ...rest] : [...rest, ...shuffled]));
        expect(again.identity).toBe(url.identity);
        expect(again.schemes).toEqual(url.schemes);
      }),
    );
  });

  it("does not depend on the letter case and the encoding of its credentials' names", () => {
    fc.assert(
      fc.property(link, fc.infiniteStream(fc.constantFrom("same", "lower", "upper", "encoded")), (text, ways) => {
        const url = read(text);
        const spell = (character: string) => {
          const way = ways.next().value;
          if (way === "encoded") return `%${character.charCodeAt(0).toString(16)}`;
          return way === "upper" ? character.toUpperCase() : way === "lower" ? character.toLowerCase() : character;
        };
        const query = url.parameters.map(({ raw, class: kind }) =>
          kind === "credential" ? raw.replace(/^[^=]*/, (name) => Array.from(name, spell).join("")) : raw,
        );
        const again = read(withQuery(text, query));
        expect(again.identity).toBe(url.identity);
        expect(again.expiresAt).toBe(url.expiresAt);
        expect(again.unstorable).toBe(url.unstorable);
      }),
    );
  });

  it("is another one for another key, host or selecting parameter", () => {
    const change = fc.constantFrom("key", "deeper", "host", "parameter", "port");
    fc.assert(
      fc.property(link, change, fc.stringMatching(/^[a-z0-9]{1,8}$/), (text, kind, word) => {
        // What Supabase transforms stands in its token: no parameter selects anything.
        fc.pre(kind !== "parameter" || !read(text).schemes.includes("supabase"));
        const [address = "", query = ""] = text.split("?");
        const parts = { key: `${address}${word}`, deeper: `${address}/${word}`, parameter: address, port: address };
        const host = address.replace("https://", `https://${word}`);
        const port = address.replace(/^(https:\/\/[^/]+)/, "$1:8443");
        const other = kind === "host" ? host : kind === "port" ? port : parts[kind];
        const selects =
          kind === "parameter" ? "&versionId=other&generation=9&snapshot=x&fileId=y&width=8&version-id=1" : "";
        expect(read(`${other}?${query}${selects}`).identity).not.toBe(read(text).identity);
      }),
    );
  });
});

describe("the identity at an object store", () => {
  const bucket = fc
    .stringMatching(/^[a-z0-9][a-z0-9-]{1,20}[a-z0-9]$/)
    .filter((name) => !/s3alias$|ol-s3$|x-s3$/.test(name));
  const key = fc
    .array(fc.string({ unit: "binary", maxLength: 5 }).map(encodeURIComponent), { minLength: 1, maxLength: 4 })
    .map((segments) => `k${segments.join("/")}`);
  const endpoint = fc.constantFrom(
    ...["s3.amazonaws.com", "s3.eu-west-1.amazonaws.com", "s3.cn-north-1.amazonaws.com.cn", "storage.googleapis.com"],
    ...["s3.fr-par.scw.cloud", "nyc3.digitaloceanspaces.com", "t3.storage.dev"],
  );
  const json = ["storage", "download", "upload", "resumable", "batch", "discovery"];

  it("is one by host and by path, and of two objects never one", () => {
    fc.assert(
      fc.property(endpoint, bucket, key, bucket, key, (host, one, oneKey, other, otherKey) => {
        fc.pre(!json.includes(one) && !json.includes(other));
        const { identity } = read(`https://${one}.${host}/${oneKey}`);
        expect(read(`https://${host}/${one}/${oneKey}`).identity).toBe(identity);
        if (one !== other || oneKey !== otherKey) {
          expect(read(`https://${host}/${other}/${otherKey}`).identity).not.toBe(identity);
        }
      }),
    );
  });

  it("does not depend on the order of parameters, but on each of them", () => {
    const query = fc.uniqueArray(fc.stringMatching(/^q[a-z]{1,5}$/), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(query, (list) => {
        const of = (parameters: readonly string[]) =>
          read(`https://b.s3.amazonaws.com/a?${parameters.join("&")}`).identity;
        expect(of(list.toReversed())).toBe(of(list));
        expect(of(list.slice(1))).not.toBe(of(list));
      }),
    );
  });
});

describe("a host that nobody knows", () => {
  it("keeps parameters that were made up, whatever they look like, in identity and fill", () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/);
    const made = fc.array(fc.tuple(fc.constantFrom("expires", "Signature", "v", "id", "x-id", "ex", "policy"), word), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(made, (pairs) => {
        const query = pairs.map(([name, value]) => `${name}=${value}`).join("&");
        const url = read(`https://cdn.example.com/a?${query}`);
        expect(url).toMatchObject({ schemes: [], unstorable: null, fetchText: url.raw.text });
        expect(url.identity).toBe(`https://cdn.example.com:443/a?${query}`);
      }),
    );
  });

  it("never throws, whatever it is asked for", () => {
    const piece = fc.constantFrom(
      ...[
        "/bcdn_token=",
        "/edge-cache-token=",
        "/p/",
        "/n/",
        "&",
        "=",
        "?",
        "~",
        "~hmac=",
        "exp=1",
        "%",
        "%zz",
        "%2",
        ";",
      ],
      ...[
        "X-Amz-Date=",
        "Policy=",
        "sig=",
        "sv=",
        "token=eyJ.e30.",
        "q-sign-time=",
        "authorization=bce-auth-v1/",
        "é",
        "#",
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (pieces, question) => {
        const url = read(`https://z.b-cdn.net/${question ? "?" : ""}${pieces.join("")}`);
        expect(redactUrl(redactUrl(url.raw.text))).toBe(redactUrl(url.raw.text));
      }),
      { numRuns: 500 },
    );
  });
});
