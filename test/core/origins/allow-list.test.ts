import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRawUrl } from "../../../src/core/origin-url/raw-url.ts";
import { allowingRule } from "../../../src/core/origins/allow-list.ts";
import { parseOriginRule } from "../../../src/core/origins/parse-rule.ts";
import type { OriginRule } from "../../../src/core/tenant.ts";

function rule(text: string): OriginRule {
  const parsed = parseOriginRule(text, null);
  if (!parsed) throw new Error(`${text} is no rule`);
  return parsed;
}

/** Whether the URL may be asked: it parses, and a rule of the list allows it. */
function allows(rules: readonly string[], text: string, local = false): boolean {
  const url = parseRawUrl(text);
  return typeof url !== "string" && allowingRule(rules.map(rule), url, local) !== null;
}

describe("a rule for one host", () => {
  it.each([
    "https://hf.co/a",
    "https://hf.co",
    "https://HF.CO/a",
    "https://hf.co:443/a",
    "https://hf.co/a?b#".slice(0, -1),
  ])("allows %s", (text) => {
    expect(allows(["https://hf.co"], text)).toBe(true);
  });

  it.each([
    ...["https://hf.co.evil.com/", "https://evilhf.co/", "https://hf.co.evil/", "https://a.hf.co/", "https://hf.com/"],
    ...[
      "https://HF.CO./",
      "https://hf.co./",
      "https://hf.co@evil.com/",
      "https://hf.co:8443/",
      "http://hf.co/",
      "http://hf.co:443/",
    ],
    ...[
      "https://evil.com/hf.co",
      "https://evil.com?hf.co",
      "https://evil.com/https://hf.co/",
      "https://hf.co%2eevil.com/",
    ],
    ...["https://hf.co\\@evil.com/", "https://hf.co#@evil.com/", "https://hfxco/", "ftp://hf.co/", "//hf.co/"],
  ])("refuses %s", (text) => {
    expect(allows(["https://hf.co"], text)).toBe(false);
  });
});

describe("a rule with a wildcard", () => {
  it.each([
    "https://a.example.com/",
    "https://a.b.example.com/",
    "https://A.EXAMPLE.COM/",
    "https://x--y.example.com/",
  ])("allows %s", (text) => {
    expect(allows(["https://*.example.com"], text)).toBe(true);
  });

  it.each([
    ...["https://example.com/", "https://evilexample.com/", "https://.example.com/", "https://a.example.com.evil.com/"],
    ...["https://a.example.com./", "https://aexample.com/", "https://*.example.com/", "https://example.com.a/"],
  ])("refuses %s", (text) => {
    expect(allows(["https://*.example.com"], text)).toBe(false);
  });

  it("allows exactly the hosts that end in its labels and have one more", () => {
    const labels = fc.array(fc.constantFrom("a", "b", "example", "com", "evilexample"), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(labels, (list) => {
        const under = list.length > 2 && list.at(-2) === "example" && list.at(-1) === "com";
        expect(allows(["https://*.example.com"], `https://${list.join(".")}/`)).toBe(under);
      }),
    );
  });
});

describe("a rule with a path", () => {
  it.each([
    ["https://b.co/pub", "https://b.co/pub"],
    ["https://b.co/pub", "https://b.co/pub/"],
    ["https://b.co/pub", "https://b.co/pub/a/b"],
    ["https://b.co/pub", "https://b.co/pub//a"],
    ["https://b.co/pub", "https://b.co/pub?a=../.."],
    ["https://b.co/pub/", "https://b.co/pub/"],
    ["https://b.co/pub/", "https://b.co/pub/a"],
    ["https://b.co/", "https://b.co/a/../b"],
  ])("%s allows %s", (prefix, text) => {
    expect(allows([prefix], text)).toBe(true);
  });

  it.each([
    ["https://b.co/pub", "https://b.co/public"],
    ["https://b.co/pub", "https://b.co/"],
    ["https://b.co/pub", "https://b.co/a/pub"],
    ["https://b.co/pub", "https://b.co/Pub"],
    ["https://b.co/pub", "https://b.co//pub"],
    ["https://b.co/pub", "https://b.co/pub%2Fa"],
    ["https://b.co/pub", "https://b.co/pub/../private"],
    ["https://b.co/pub", "https://b.co/pub/%2e%2e/private"],
    ["https://b.co/pub", "https://b.co/pub/.%2E/private"],
    ["https://b.co/pub", "https://b.co/pub/a/../b"],
    ["https://b.co/pub", "https://b.co/pub/..\\private"],
    ["https://b.co/pub", "https://b.co/./pub"],
    ["https://b.co/pub", "https://b.co/?/pub"],
    ["https://b.co/pub/", "https://b.co/pub"],
  ])("%s refuses %s", (prefix, text) => {
    expect(allows([prefix], text)).toBe(false);
  });

  it("never lets a client out of the prefix", () => {
    const segment = fc.constantFrom(
      "pub",
      "private",
      "",
      ".",
      "..",
      "%2e",
      "%2e%2E",
      ".%2e",
      "%2F",
      "a",
      "\\",
      "%5c",
      "\t",
    );
    fc.assert(
      fc.property(fc.array(segment), (segments) => {
        const text = `https://b.co/${segments.join("/")}`;
        if (allows(["https://b.co/pub"], text)) expect(`${new URL(text).pathname}/`).toMatch(/^\/pub\//);
      }),
    );
  });
});

describe("the list", () => {
  const ruling = (rules: readonly OriginRule[], text: string) => {
    const url = parseRawUrl(text);
    return typeof url === "string" ? expect.fail(url) : allowingRule(rules, url, false);
  };

  it.each([
    ["the longer prefix", "https://b.co/pub/a", ["https://b.co/pub", "https://b.co", "https://b.co/p"]],
    ["the prefix in another spelling", "https://b.co/%70ub/a", ["https://b.co/pub", "https://b.co"]],
    ["a prefix that is spelled otherwise itself", "https://b.co/pub/a", ["https://b.co/%70ub", "https://b.co"]],
    ["a host by its name", "https://a.b.co/pub", ["https://a.b.co", "https://*.b.co/pub"]],
    ["the longer wildcard", "https://c.a.b.co/pub", ["https://*.a.b.co", "https://*.b.co/pub"]],
  ])("gives the rule that says the most, in whichever order: %s", (_, text, prefixes) => {
    const rules = prefixes.map(rule);
    expect(ruling(rules, text)).toBe(rules[0]);
    expect(ruling(rules.toReversed(), text)).toBe(rules[0]);
    expect(ruling([], text)).toBeNull();
  });

  it("gives the first of two that say the same", () => {
    const rules = [rule("https://b.co/pub"), rule("https://b.co/%70ub".replace("%70", "p"))];
    expect(ruling(rules, "https://b.co/pub/a")).toBe(rules[0]);
  });

  it("THREATS 8: opens nothing that a narrower rule protects, however its path is spelled", () => {
    const rules = [parseOriginRule("https://b.co", "public"), parseOriginRule("https://b.co/private/", "probe")];
    const list = rules.map((each) => each ?? expect.fail("no rule"));
    for (const path of [
      "/private/a",
      "/%70rivate/a",
      "/pri%76ate/a",
      "/%70%72%69%76%61%74%65/a",
      "/bcdn_token=x&expires=1/private/a",
    ]) {
      expect(ruling(list, `https://b.co${path}`)?.access).toBe("probe");
    }
  });

  it.each([
    ["plain http", "http://b.co", "http://b.co/a"],
    ["an IPv4 address", "https://127.0.0.1", "https://127.0.0.1/a"],
    ["a short IPv4 address", "https://127.1", "https://127.1/a"],
    ["an IPv6 address", "https://[::1]", "https://[::1]/a"],
    ["a host of the machine", "http://localhost:9000", "http://localhost:9000/a"],
    ["a host of the network", "https://a.local", "https://a.local/a"],
  ])("allows %s in local development only, and only by a rule", (_, prefix, text) => {
    expect(allows([prefix], text, false)).toBe(false);
    expect(allows([prefix], text, true)).toBe(true);
    expect(allows(["https://b.co"], text, true)).toBe(false);
  });
});
