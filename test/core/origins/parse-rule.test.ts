import { describe, expect, it } from "vitest";
import { parseOriginRule } from "../../../src/core/origins/parse-rule.ts";

describe("an origin rule", () => {
  it.each([
    ["https://b.co", { scheme: "https", host: "b.co", port: 443, pathPrefix: "/" }],
    ["https://b.co/", { scheme: "https", host: "b.co", port: 443, pathPrefix: "/" }],
    ["HTTPS://B.CO/Pub/", { scheme: "https", host: "b.co", port: 443, pathPrefix: "/Pub/" }],
    ["http://b.co:8080/pub", { scheme: "http", host: "b.co", port: 8080, pathPrefix: "/pub" }],
    ["https://*.b.co", { scheme: "https", host: "*.b.co", port: 443, pathPrefix: "/" }],
    ["https://*.B.co:8443/pub", { scheme: "https", host: "*.b.co", port: 8443, pathPrefix: "/pub" }],
    ["https://b.co/a/*.jpg", { scheme: "https", host: "b.co", port: 443, pathPrefix: "/a/*.jpg" }],
    ["https://b.co/://*.a.co", { scheme: "https", host: "b.co", port: 443, pathPrefix: "/://*.a.co" }],
    ["http://[::1]:9000", { scheme: "http", host: "[::1]", port: 9000, pathPrefix: "/" }],
  ])("is read from %s", (text, rule) => {
    expect(parseOriginRule(text, null)).toEqual({ ...rule, access: null, obeyPrivate: false, tags: [] });
  });

  it.each(["probe", "public", null] as const)("keeps the access %s that it is given", (access) => {
    expect(parseOriginRule("https://b.co", access)?.access).toBe(access);
  });

  it.each([true, false])("keeps what it is told of private answers: %s", (obeyPrivate) => {
    expect(parseOriginRule("https://b.co", null, obeyPrivate)?.obeyPrivate).toBe(obeyPrivate);
  });

  it.each([
    ...[
      "",
      "b.co",
      "*.b.co",
      "*",
      "https://*",
      "https://*.",
      "https://*.*.co",
      "https://a.*.co",
      "https://*b.co",
      "https://a*",
    ],
    ...[
      "https://b.co?a=1",
      "https://b.co/?",
      "https://b.co/#a",
      "https://user@b.co",
      "https://b.co.",
      "ftp://b.co",
      "https:///a",
    ],
    ...["https://b.co/a b", "https://b.co\n"],
  ])("is not read from %j", (text) => {
    expect(parseOriginRule(text, null)).toBeNull();
  });
});
