import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readOriginUrl, withoutCredentials } from "../../../src/core/origin-url/origin-url.ts";
import { keptPrefix } from "../../../src/core/purge/url-prefix.ts";

/** A URL's text as the ledger keeps it. */
function keptOf(text: string): string {
  const url = readOriginUrl(text);
  if (typeof url === "string") throw new Error(url);
  return withoutCredentials(url);
}

describe("the beginning of a URL, as source URLs are kept", () => {
  it.each([
    ["https://a.example.com/Media/", "https://a.example.com/Media/"],
    ["HTTPS://A.Example.COM/Media/", "https://a.example.com/Media/"],
    ["https://a.example.com:443/m", "https://a.example.com/m"],
    ["https://a.example.com:0443/m", "https://a.example.com/m"],
    ["http://localhost:80/", "http://localhost/"],
    ["http://localhost:9000/m", "http://localhost:9000/m"],
    ["https://[::1]:443/m", "https://[::1]/m"],
    ["https://[::1]/m", "https://[::1]/m"],
  ])("%s is %s", (given, kept) => {
    expect(keptPrefix(given)).toBe(kept);
  });

  it.each([
    ["https://A.exam", "https://a.exam"],
    ["https://a.example.com:44", "https://a.example.com:44"],
  ])("may end in its host or port: %s is %s", (given, kept) => {
    expect(keptPrefix(given)).toBe(kept);
  });

  it("is of all that is kept of such a URL, however host and port were spelled there", () => {
    const host = fc.constantFrom("a.example.com", "A.EXAMPLE.com", "a.example.com:443", "A.example.com:0443");
    fc.assert(
      fc.property(host, host, fc.constantFrom("", "?v=1"), (one, other, query) => {
        expect(keptOf(`https://${one}/m/1${query}`).startsWith(keptPrefix(`https://${other}/m/`))).toBe(true);
      }),
    );
  });
});
