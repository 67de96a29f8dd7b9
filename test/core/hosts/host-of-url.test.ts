import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostOfUrl } from "../../../src/core/hosts/host-of-url.ts";

describe("the host of a request", () => {
  it.each([
    ["https://edge.example.com/proxy?url=https%3A%2F%2Fother.example%2F", "edge.example.com"],
    ["https://edge.example.com", "edge.example.com"],
    ["http://edge.example.com:8787/f/token/name", "edge.example.com"],
    ["http://edge.example.com:/f/", "edge.example.com"],
    ["https://EDGE.Example.COM/", "edge.example.com"],
    ["HTTPS://edge.example.com/", "edge.example.com"],
    ["https://edge.example.com./cache", "edge.example.com"],
    ["https://edge.example.com?site=//other.example/", "edge.example.com"],
    ["https://edge.example.com#//other.example", "edge.example.com"],
    ["https://edge.example.com/proxy/https://other.example:1/a@b", "edge.example.com"],
    ["http://127.0.0.1:8787/health", "127.0.0.1"],
    ["http://[::1]:8787/health", "[::1]"],
    ["http://[2001:DB8::1]/health", "[2001:db8::1]"],
    ["/health", ""],
    ["", ""],
  ])("of %s is %j", (url, host) => {
    expect(hostOfUrl(url)).toBe(host);
  });

  it("is what the URL class finds, whatever host, port and path", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        expect(hostOfUrl(url)).toBe(new URL(url).hostname);
      }),
    );
  });
});
