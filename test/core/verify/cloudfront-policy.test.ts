import { describe, expect, it } from "vitest";
import { allows, cannedPolicy, readPolicy } from "../../../src/core/verify/cloudfront-policy.ts";
import { NOON, SECOND } from "../samples.ts";
import { ENDS, policyText } from "./cloudfront-links.ts";

const URL_OF_FILE = "https://cdn.example.com/dir/a.mp4?size=large";
const verdict = (resource: string, url = URL_OF_FILE, now = NOON) =>
  allows({ resource, before: ENDS, after: null }, url, now);

describe("the text of a canned policy", () => {
  it("is what AWS's documents say, byte for byte", () => {
    expect(cannedPolicy("http://d111111abcdef8.cloudfront.net/horizon.jpg?size=large&license=yes", "1357034400")).toBe(
      '{"Statement":[{"Resource":"http://d111111abcdef8.cloudfront.net/horizon.jpg?size=large&license=yes",' +
        '"Condition":{"DateLessThan":{"AWS:EpochTime":1357034400}}}]}',
    );
  });

  it("cannot be ended by a quote in the URL", () => {
    const url = 'https://cdn.example.com/a","Condition":{}}]}';
    expect(readPolicy(cannedPolicy(url, "1"))).toEqual({ resource: url, before: 1, after: null });
  });
});

describe("a policy", () => {
  it("is read, in whatever white space it was signed", () => {
    const text = JSON.stringify(JSON.parse(policyText("https://cdn.example.com/*")), null, 3);
    expect(readPolicy(text)).toEqual({ resource: "https://cdn.example.com/*", before: ENDS, after: null });
  });

  it("for every address is for anybody", () => {
    const text = policyText("https://cdn.example.com/*", { IpAddress: { "AWS:SourceIp": "0.0.0.0/0" } });
    expect(readPolicy(text)).toEqual({ resource: "https://cdn.example.com/*", before: ENDS, after: null });
  });

  it.each([
    ["bound to an address", policyText("https://a/*", { IpAddress: { "AWS:SourceIp": "192.0.2.0/24" } })],
    ["bound to no address at all", policyText("https://a/*", { IpAddress: {} })],
    ["with a condition that we do not know", policyText("https://a/*", { StringEquals: {} })],
    ["without an end", policyText("https://a/*", { DateLessThan: undefined })],
    ["with an end that is text", policyText("https://a/*", { DateLessThan: { "AWS:EpochTime": "1796083200" } })],
    ["with an end after 2038", policyText("https://a/*", { DateLessThan: { "AWS:EpochTime": 2_147_483_648 } })],
    ["with a beginning that is no time", policyText("https://a/*", { DateGreaterThan: { "AWS:EpochTime": null } })],
    ["without a resource, which is for every file of every distribution", policyText(undefined)],
    ["of two statements", `{"Statement":[${policyText("https://a/*").slice(14, -2)},{}]}`],
    ["of no statement", '{"Statement":[]}'],
    ["with more in it", `{"Version":"2012-10-17",${policyText("https://a/*").slice(1)}`],
    ["that is a list", "[]"],
    ["that is null", "null"],
    ["that is no JSON", "{"],
  ])("%s is left to CloudFront", (_, text) => {
    expect(readPolicy(text)).toBeNull();
  });
});

describe("what a policy allows", () => {
  it.each([
    URL_OF_FILE,
    "https://cdn.example.com/*",
    "https://cdn.example.com/dir/*",
    "https://cdn.example.com/dir/a.mp4*",
    "https://cdn.example.com/dir/?.mp4?size=*",
    "http*://cdn.example.com/dir/*",
    "*://cdn.example.com/dir/*.mp4?size=large",
  ])("%s allows the file", (resource) => {
    expect(verdict(resource)).toBe("valid");
  });

  it.each([
    "https://cdn.example.com/dir/a.mp4",
    "https://cdn.example.com/dir/??.mp4*",
    "https://cdn.example.com/other/*",
    "http://cdn.example.com/dir/*",
    "https://cdn.example.co/*",
    "https://other.example.com/*",
    "/dir/*",
  ])("%s does not allow it", (resource) => {
    expect(verdict(resource)).toBe("invalid");
  });

  it.each([
    "*",
    "http*",
    "https://*",
    "https://*.example.com/*",
    "https://cdn.example.com*",
    "https://cdn.example.?om/*",
  ])("%s may allow it: CloudFront knows which distributions trust the key", (resource) => {
    expect(verdict(resource)).toBe("unknown");
  });

  it("does not take a longer host for the one that is named", () => {
    expect(verdict("https://cdn.example.com/*", "https://cdn.example.com.evil.example/a")).toBe("invalid");
    expect(verdict("*://cdn.example.com/*", "https://evil.example/?x=://cdn.example.com/a")).not.toBe("valid");
  });

  it("begins and ends on its seconds", () => {
    const policy = { resource: URL_OF_FILE, before: ENDS, after: NOON / 1000 };
    expect(allows(policy, URL_OF_FILE, NOON - 1)).toBe("invalid");
    expect(allows(policy, URL_OF_FILE, NOON)).toBe("valid");
    expect(allows(policy, URL_OF_FILE, ENDS * SECOND - 1)).toBe("valid");
    expect(allows(policy, URL_OF_FILE, ENDS * SECOND)).toBe("invalid");
  });
});
