import { describe, expect, it } from "vitest";
import { decodedPath } from "../../../src/core/verify/decoded-path.ts";
import { plainParameters } from "../../../src/core/verify/plain-parameters.ts";
import { sentHost, sentUrl } from "../../../src/core/verify/sent-url.ts";
import { signedUrl } from "./signed-samples.ts";

const read = (query: string) =>
  plainParameters(signedUrl(`https://a.example/?${query}`).raw.parameters, ["sig", "Key-Id"]);

describe("plain parameters", () => {
  it("are those that were asked for, decoded", () => {
    expect(read("x=1&sig=a%2Bb%20c&Key-Id&x=2")).toEqual(
      new Map([
        ["sig", "a+b c"],
        ["Key-Id", ""],
      ]),
    );
    expect(read("x=1")).toEqual(new Map());
    expect(read("%73ig=1")).toEqual(new Map([["sig", "1"]]));
  });

  it.each(["sig=1&sig=1", "sig=1&%73ig=2", "SIG=1", "key-id=1", "sig=a+b"])(
    "are none where servers may differ: %s",
    (query) => {
      expect(read(query)).toBeNull();
    },
  );

  it("leave alone how others are spelled", () => {
    expect(read("X=1&x=a+b&sig=1")).toEqual(new Map([["sig", "1"]]));
  });
});

describe("the URL as it is sent", () => {
  it.each([
    ["HTTPS://Files.Example.com:443/A//b?C=1&d", "https://files.example.com/A//b?C=1&d"],
    ["http://files.example.com:8080", "http://files.example.com:8080/"],
    ["https://files.example.com:80/ü?ö=%c3", "https://files.example.com:80/%C3%BC?%C3%B6=%c3"],
    ["https://[::1]:9000/a?", "https://[::1]:9000/a"],
  ])("of %s is %s", (given, sent) => {
    expect(sentUrl(signedUrl(given).raw)).toBe(sent);
  });

  it("names the port only where it is not the scheme's own", () => {
    expect(sentHost(signedUrl("http://a.example:80/").raw)).toBe("a.example");
    expect(sentHost(signedUrl("http://a.example:443/").raw)).toBe("a.example:443");
  });
});

describe("a decoded path", () => {
  it("is read as UTF-8, once", () => {
    expect(decodedPath("/c/gr%C3%B6%c3%9fe/a+b%2520/%2F")).toBe("/c/größe/a+b%20//");
  });

  it.each(["/a/../b", "/a/%2e%2E/b", "/a/..%2Fb", "/a/.", "/a%5Cb", "/a%zz", "/a%", "/%FF"])(
    "%s is left to the origin",
    (path) => {
      expect(decodedPath(path)).toBeNull();
    },
  );
});
