import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { originOf, pathOf } from "../../../src/api/request-path.ts";

/** The URL class encodes what must not stand in a path. */
const encoded = (path: string) => path.replace(/[^!-~]|["<>^`{|}]/g, encodeURIComponent);

describe("the path of a URL", () => {
  test.each([
    ["https://edge.example.com/proxy?url=https%3A%2F%2Fa.example%2F..%2Fb", "/proxy"],
    ["https://edge.example.com/proxy", "/proxy"],
    ["http://edge.example.com:8787/f/TOKEN/a%20b.pdf", "/f/TOKEN/a%20b.pdf"],
    ["https://EDGE.example.com/proxy/https://host/a//b.mp4?X-Amz-Date=1", "/proxy/https://host/a//b.mp4"],
    ["https://edge.example.com/f/a.b/..c", "/f/a.b/..c"],
    ["https://edge.example.com/proxy?url=/../cache", "/proxy"],
  ])("of %s is its text", (url, path) => {
    expect(pathOf(url)).toBe(path);
    expect(pathOf(url)).toBe(new URL(url).pathname);
  });

  test.each([
    ["/f/../cache", "/cache"],
    ["/f/TOKEN/../../cache", "/cache"],
    ["/f/%2e%2E/cache", "/cache"],
    ["/f/.%2e/cache", "/cache"],
    ["/f/./a/n", "/f/a/n"],
    ["/f/a/n/..", "/f/a/"],
    ["/f\\..\\cache", "/cache"],
    ["/proxy\\..\\cache", "/cache"],
    ["/proxy/https://host/a/../../../../../cache", "/cache"],
    ["/proxy/..", "/"],
  ])("of %s is where it leads", (text, path) => {
    expect(pathOf(`https://edge.example.com${text}`)).toBe(path);
  });

  test.each([
    ["http://x/f/y/cache", "/f/y/cache"],
    ["http://x?y/cache", "/"],
    ["http://x\\y/proxy", "/y/proxy"],
    ["http://user@edge.example.com/proxy", "/proxy"],
    ["http://127.0.0.1:8787/proxy", "/proxy"],
    ["http://[::1]/f/a/b", "/f/a/b"],
    ["http://0x7f.1/proxy", "/proxy"],
    ["http://edge.example.com./proxy", "/proxy"],
    ["http://xn--bcher-kva.example/proxy", "/proxy"],
  ])("under the odd Host of %s is what the URL class says", (url, path) => {
    expect(pathOf(url)).toBe(path);
  });

  test.each([
    "http://exa mple/proxy",
    "http://[::/proxy",
    "http://1.2.3.4.5/proxy",
    "http://edge.example.com:99999/f/a/b",
    "http://",
  ])("is nobody's where the Host makes no URL: %s", (url) => {
    expect(() => pathOf(url)).toThrow(expect.objectContaining({ code: "UNKNOWN_HOST" }));
  });
});

describe("scheme, host and port of a URL", () => {
  test.each([
    "https://edge.example.com/proxy?url=a",
    "http://localhost/proxy",
    "http://localhost:8787/proxy",
    "https://edge.example.com:443/proxy",
    "http://A.com:80/proxy",
    "http://user@edge.example.com/proxy",
    "http://127.0.0.1:8787/proxy",
    "http://0x7f.1/proxy",
    "http://[::1]/f/a/b",
    "http://xn--bcher-kva.example/proxy",
    "http://edge.example.com./proxy",
    "http://x?y",
    "http://x\\y/proxy",
  ])("are what the URL class says of %s", (url) => {
    expect(originOf(url)).toBe(new URL(url).origin);
  });
});

describe("whatever a client sends", () => {
  const host = fc.constantFrom(
    ...[
      "a.example",
      "A.Example:80",
      "a.example:65536",
      "a..b",
      "1.2.3.4",
      "1.2.3.256",
      "a.0x1",
      "[::1]",
      "a_b",
      "-",
      "",
    ],
    ...[
      "xn--a",
      "a.xn--p1ai",
      "a@b",
      "a\\b",
      "a/f/b",
      "a?b",
      "a#b",
      "a%2eb",
      "a.example.",
      "example.7z",
      "b\u00fccher",
    ],
  );
  const piece = fc.constantFrom(
    ...[
      "/",
      "//",
      ".",
      "..",
      "%2e",
      "%2E",
      "\\",
      "proxy",
      "f",
      "cache",
      "https:",
      "a",
      "TOKEN",
      "%2f",
      "%",
      "%41",
      "\u00e4",
    ],
    ...["?", "?url=/../f", "#", "&", ";", ":", "@", "%5c", "'", "^", "|", "{", "~", "+", " ", "\t", "\n"],
  );
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join("")}`);

  test("is read as the URL class reads it, or refused where it is no URL", () => {
    fc.assert(
      fc.property(fc.constantFrom("http://", "https://", "HTTPS://"), host, text, (scheme, name, rest) => {
        const url = scheme + name + rest;
        if (URL.canParse(url)) {
          expect(encoded(pathOf(url))).toBe(encoded(new URL(url).pathname));
          expect(originOf(url)).toBe(new URL(url).origin);
        } else expect(() => pathOf(url)).toThrow(expect.objectContaining({ code: "UNKNOWN_HOST" }));
      }),
      { numRuns: 20_000 },
    );
  });
});
