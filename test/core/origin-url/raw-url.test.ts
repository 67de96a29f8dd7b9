import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_URL_BYTES, parseRawUrl, type RawUrl } from "../../../src/core/origin-url/raw-url.ts";
import { isPrivateHost } from "../../../src/core/origins/private-host.ts";

function parsed(text: string): RawUrl {
  const url = parseRawUrl(text);
  if (typeof url === "string") throw new Error(`${text} was refused: ${url}`);
  return url;
}

describe("an accepted URL", () => {
  it("is taken apart into scheme, host, port, path and parameters", () => {
    const text = "https://Bucket.S3.amazonaws.com/Dir/a%20b.mp4?versionId=V1&X-Amz-Date=20261120T120000Z";
    expect(parsed(text)).toEqual({
      text,
      scheme: "https",
      host: "bucket.s3.amazonaws.com",
      port: 443,
      path: "/Dir/a%20b.mp4",
      parameters: [
        { name: "versionid", raw: "versionId=V1", value: "V1" },
        { name: "x-amz-date", raw: "X-Amz-Date=20261120T120000Z", value: "20261120T120000Z" },
      ],
    });
  });

  it.each([
    ["double slashes", "//a//b"],
    ["a dot segment", "/a/./b"],
    ["a parent segment", "/a/../b"],
    ["an encoded slash", "/a%2Fb"],
    ["an encoded slash in lower case", "/a%2fb"],
    ["a plus", "/a+b"],
    ["an encoded plus", "/a%2Bb"],
    ["an encoded null", "/a%00b"],
    ["composed unicode", "/caf\u00e9"],
    ["decomposed unicode", "/cafe\u0301"],
    ["an emoji", "/\u{1f600}.png"],
    ["broken percent-encoding", "/100%"],
    ["a colon and an at sign", "/a:b@c"],
    ["a trailing slash", "/a/"],
    ["quotes and braces", "/\"'{}|^`<>"],
  ])("keeps %s in its path byte for byte", (_, path) => {
    expect(parsed(`https://b.co${path}`).path).toBe(path);
  });

  it.each([
    ["https://b.co", "/"],
    ["https://b.co?x=1", "/"],
    ["https://b.co/?x=1", "/"],
  ])("has the path / when it names none: %s", (text, path) => {
    expect(parsed(text).path).toBe(path);
  });

  it.each([
    ["https://b.co/", 443],
    ["http://b.co/", 80],
    ["https://b.co:443/", 443],
    ["https://b.co:8443/", 8443],
    ["http://b.co:443/", 443],
    ["https://b.co:00443/", 443],
    ["https://b.co:0/", 0],
    ["https://b.co:65535/", 65535],
    ["https://[2001:db8::1]:8443/", 8443],
  ])("%s goes to port %i", (text, port) => {
    expect(parsed(text).port).toBe(port);
  });

  it.each([
    ["HTTPS://B.CO/", "https", "b.co"],
    ["HtTp://a.B.cO/", "http", "a.b.co"],
    ["https://[2001:DB8::A]/", "https", "[2001:db8::a]"],
    ["https://my_bucket.b.co/", "https", "my_bucket.b.co"],
    ["https://xn--bcher-kva.example/", "https", "xn--bcher-kva.example"],
    ["https://a--b.co/", "https", "a--b.co"],
  ])("has scheme and host in lower case: %s", (text, scheme, host) => {
    expect(parsed(text)).toMatchObject({ text, scheme, host });
  });
});

describe("a fragment, where it is allowed", () => {
  it.each([
    ["https://b.co/a#f", "/a", []],
    ["https://b.co/a?b=1#f?c=2&d", "/a", ["b=1"]],
    ["https://b.co#@evil.co/", "/", []],
    ["https://b.co/a#", "/a", []],
  ])("of %s is in the text and nowhere else", (text, path, query) => {
    const url = parseRawUrl(text, "allowed");
    expect(url).toMatchObject({ text, host: "b.co", path });
    expect(typeof url === "string" ? url : url.parameters.map(({ raw }) => raw)).toEqual(query);
  });

  it.each([
    ["b.co/a#https://b.co", "not-absolute"],
    ["https://user@b.co/#fragment", "userinfo"],
    ["https://#b.co/", "host"],
    ["https://b.co/a#a b", "characters"],
    [`https://b.co/#${"a".repeat(MAX_URL_BYTES)}`, "too-long"],
  ])("makes nothing good that is not: %s", (text, problem) => {
    expect(parseRawUrl(text, "allowed")).toBe(problem);
  });
});

describe("a parameter", () => {
  it.each([
    ["a=1", { name: "a", raw: "a=1", value: "1" }],
    ["A=B", { name: "a", raw: "A=B", value: "B" }],
    ["a", { name: "a", raw: "a", value: "" }],
    ["a=", { name: "a", raw: "a=", value: "" }],
    ["=a", { name: "", raw: "=a", value: "a" }],
    ["a=b=c", { name: "a", raw: "a=b=c", value: "b=c" }],
    ["a=b?c", { name: "a", raw: "a=b?c", value: "b?c" }],
    ["a=b+c", { name: "a", raw: "a=b+c", value: "b+c" }],
    ["a=b%2Bc", { name: "a", raw: "a=b%2Bc", value: "b+c" }],
    ["%41=%42", { name: "a", raw: "%41=%42", value: "B" }],
    ["a=%zz", { name: "a", raw: "a=%zz", value: "%zz" }],
    ["a=%ff", { name: "a", raw: "a=%ff", value: "%ff" }],
  ])("%s is read as name, value and raw text", (query, parameter) => {
    expect(parsed(`https://b.co/?${query}`).parameters).toEqual([parameter]);
  });

  it("keeps its place, and its repetitions", () => {
    const { parameters } = parsed("https://b.co/?b=1&a=2&b=3&");
    expect(parameters.map(({ raw }) => raw)).toEqual(["b=1", "a=2", "b=3", ""]);
  });

  it.each(["https://b.co/", "https://b.co/?"])("is absent from %s", (text) => {
    expect(parsed(text).parameters).toEqual([]);
  });
});

describe("a refused URL", () => {
  it.each([
    ["", "not-absolute"],
    ["b.co/a", "not-absolute"],
    ["/a/b", "not-absolute"],
    ["//b.co/a", "not-absolute"],
    ["https:b.co/a", "not-absolute"],
    ["https:/b.co/a", "not-absolute"],
    ["://b.co/a", "not-absolute"],
    ["https://b.co/a#fragment", "not-absolute"],
    ["https://b.co#@evil.co/", "not-absolute"],
    ["ftp://b.co/a", "scheme"],
    ["javascript://b.co/%0aalert(1)", "scheme"],
    ["file:///etc/passwd", "scheme"],
    ["data://b.co/", "scheme"],
    ["httpss://b.co/", "scheme"],
    ["https://user@b.co/", "userinfo"],
    ["https://user:password@b.co/", "userinfo"],
    ["https://b.co:443@evil.co/", "userinfo"],
    ["https://@b.co/", "userinfo"],
    ["https://", "host"],
    ["https:///b.co/a", "host"],
    ["https://?a=b", "host"],
    ["https://:443/", "host"],
    ["https://b.co./", "host"],
    ["https://HF.CO./", "host"],
    ["https://.b.co/", "host"],
    ["https://b..co/", "host"],
    ["https://-b.co/", "host"],
    ["https://b.co:/", "host"],
    ["https://b.co:65536/", "host"],
    ["https://b.co:123456/", "host"],
    ["https://b.co:-1/", "host"],
    ["https://b.co:80:80/", "host"],
    ["https://b%2eco/", "host"],
    ["https://b.co%00.evil.co/", "host"],
    ["https://b,co/", "host"],
    ["https://*.b.co/", "host"],
    ["https://b.co;evil.co/", "host"],
    ["https://b\u3002co/", "host"],
    ["https://b\u00adco/", "host"],
    ["https://b\u00fccher.co/", "host"],
    ["https://\u212a.co/", "host"],
    ["https://[::1/", "host"],
    ["https://::1/", "host"],
    ["https://[]/", "host"],
    ["https://[fe80::1%25eth0]/", "host"],
    ["https://[::1].evil.co/", "host"],
    ["https://b.co/a b", "characters"],
    ["https://b.co/a\tb", "characters"],
    ["https://b.co/a\r\nSet-Cookie: a=b", "characters"],
    ["https://b.co/a\u0000", "characters"],
    ["https://b.co/a\u007f", "characters"],
    ["https://b.co/a\u0085", "characters"],
    [" https://b.co/", "characters"],
    ["https://b.co/\n", "characters"],
    ["https://b.co\\@evil.co/", "characters"],
    ["https:\\\\b.co/", "characters"],
    ["https://b.co/a\\..\\b", "characters"],
  ])("%j is one for its %s", (text, problem) => {
    expect(parseRawUrl(text)).toBe(problem);
  });

  it("is longer than the limit in bytes, not in characters", () => {
    const start = "https://b.co/";
    expect(parseRawUrl(start + "a".repeat(MAX_URL_BYTES - start.length))).toMatchObject({ host: "b.co" });
    expect(parseRawUrl(start + "a".repeat(MAX_URL_BYTES - start.length + 1))).toBe("too-long");
    expect(parseRawUrl(start + "\u00e9".repeat(MAX_URL_BYTES / 2))).toBe("too-long");
  });
});

describe("what a client makes of an accepted URL", () => {
  const PIECES = [
    ..."/:@?#[]%.\\-_;,=&*!'\"<>{}|^`~+ \t\n\r\0a9Z",
    ...[
      "//",
      "..",
      "/./",
      "%2e",
      "%2F",
      "%00",
      "%",
      "b.co",
      "evil.co",
      "localhost",
      "xn--",
      "xn--a",
      "0x7f",
      "127.1",
      "08",
    ],
    ...[
      "[::1]",
      "[::ffff:1.2.3.4]",
      ":443",
      ":80",
      ":0",
      ":65535",
      ":65536",
      "http",
      "https",
      "\u3002",
      "\u212a",
      "\u00df",
    ],
    ...["\u00ad", "\u2100", "\uff0e", "\ufeff", "\u0130", "\u200d", "\ud800", "\u{1f600}", "caf\u00e9"],
  ];
  const nasty = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(""));
  const plausibleHost = fc
    .array(fc.stringMatching(/^[a-zA-Z0-9_-]{1,8}$/), { minLength: 1, maxLength: 4 })
    .map((labels) => labels.join("."));
  const texts = fc.oneof(
    nasty,
    nasty.map((rest) => `https://${rest}`),
    fc.tuple(fc.constantFrom("https", "HTTP"), plausibleHost, nasty).map(([s, host, rest]) => `${s}://${host}${rest}`),
    fc.tuple(plausibleHost, nasty).map(([host, rest]) => `https://${host}/${rest}`),
    fc.webUrl({ withQueryParameters: true }),
    fc.string({ unit: "binary" }).map((rest) => `https://b.co${rest}`),
  );

  /** What the WHATWG parser, which every fetch and every browser uses, sees in the text. */
  function whatClientsSee(text: string): URL | null {
    return URL.canParse(text) ? new URL(text) : null;
  }

  it("has the same scheme, host and port, so that the allow-list judges the address that is asked", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const url = parseRawUrl(text);
        const seen = whatClientsSee(text);
        // A text that clients refuse goes nowhere; an address in other spelling must be one that is never asked.
        if (typeof url === "string" || !seen) return;
        expect(`${url.scheme}:`).toBe(seen.protocol);
        expect(url.port).toBe(seen.port === "" ? { http: 80, https: 443 }[url.scheme] : Number(seen.port));
        expect(url.host === seen.hostname || isPrivateHost(url.host)).toBe(true);
        expect(seen.username + seen.password + seen.hash).toBe("");
      }),
      { numRuns: 5000 },
    );
  });

  it("ends its path and begins its query at the same place", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const url = parseRawUrl(text);
        const seen = whatClientsSee(text);
        if (typeof url === "string" || !seen) return;
        const query = url.parameters.map(({ raw }) => raw).join("&");
        const again = new URL(`${url.scheme}://b.co${url.path}${query && `?${query}`}`);
        expect(again.pathname).toBe(seen.pathname);
        expect(again.search).toBe(seen.search);
      }),
      { numRuns: 5000 },
    );
  });

  it("is something for most hosts that are spelled well: the property above is not empty", () => {
    const accepted = fc
      .sample(texts, { numRuns: 1000, seed: 1 })
      .filter((text) => typeof parseRawUrl(text) !== "string" && whatClientsSee(text));
    expect(accepted.length).toBeGreaterThan(200);
  });
});

describe("a character of a URL", () => {
  it("is refused where it is a control character, a space or a backslash, and nowhere else", () => {
    for (let code = 0; code <= 0xffff; code += 1) {
      const character = String.fromCharCode(code);
      const refused = parseRawUrl(`https://b.co/a${character}b`) === "characters";
      expect(refused, code.toString(16)).toBe(/[\p{Cc} \\]/u.test(character));
    }
    expect(parseRawUrl("https://b.co/\u{1f600}")).toMatchObject({ path: "/\u{1f600}" });
  });
});

describe("the length of a URL", () => {
  it.each([
    ["a", 1],
    ["é", 2],
    ["€", 3],
    ["\u{1f600}", 4],
  ])("is counted in bytes: of %s each has its own", (character, bytes) => {
    const start = "https://b.co/";
    const fits = start + character.repeat(Math.floor((MAX_URL_BYTES - start.length) / bytes));
    expect(parseRawUrl(fits)).toMatchObject({ text: fits });
    expect(parseRawUrl(fits + character)).toBe("too-long");
  });
});
