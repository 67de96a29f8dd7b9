import { describe, expect, it } from "vitest";
import { isStrongEtag, listNamesEtag, listNamesStrongEtag } from "../../../src/core/http/etag.ts";

describe("a strong ETag", () => {
  it.each(['"a"', '""', '"a-1,b"', '"W/"', '"5d41402abc4b2a76b9719d911017c592-12"', '"\u00ff"', '"a\'b\\c"'])(
    "is %s",
    (text) => {
      expect(isStrongEtag(text)).toBe(true);
    },
  );

  it.each([
    null,
    "",
    "a",
    'W/"a"',
    'w/"a"',
    '"a',
    'a"',
    '"a" ',
    ' "a"',
    '"a"b"',
    '"a b"',
    '"a\n"',
    '"a","b"',
    '"\u0100"',
    "'a'",
    "*",
  ])("is not %j", (text) => {
    expect(isStrongEtag(text)).toBe(false);
  });
});

describe("a list", () => {
  it.each([
    // The list, whether it names "a" weakly, and whether it does strongly (RFC 9110 section 8.8.3.2).
    ['"a"', true, true],
    ['"b", "a"', true, true],
    ['"b","a","c"', true, true],
    ['  "a"  ', true, true],
    ["*", true, true],
    [" * ", true, true],
    ['W/"a"', true, false],
    ['"b", W/"a"', true, false],
    ['W/"a", "a"', true, true],
    ['"b"', false, false],
    ['"A"', false, false],
    ['"aa"', false, false],
    ['"b,a"', false, false],
    ['"b", "*"', false, false],
    ["a", false, false],
    ["", false, false],
    [",", false, false],
    ['"', false, false],
    ['w/"a"', false, false],
    ['W/ "a"', false, false],
    ['x"a"', false, false],
    ['"a"x', false, false],
    ['"b" "a"', false, false],
    ['w/"b", "a"', true, true],
    ['"a",', true, true],
    [',\t"a"', true, true],
  ])("%s names an ETag weakly: %s, strongly: %s", (list, weakly, strongly) => {
    expect(listNamesEtag(list, '"a"')).toBe(weakly);
    expect(listNamesStrongEtag(list, '"a"')).toBe(strongly);
  });

  it("names an ETag that holds a comma", () => {
    expect(listNamesEtag('"x", "a,b"', '"a,b"')).toBe(true);
    expect(listNamesStrongEtag('"x", "a,b"', '"a,b"')).toBe(true);
  });
});
