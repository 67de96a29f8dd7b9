import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentDisposition } from "../../../src/core/http/content-disposition.ts";
import { extendedValue } from "../../../src/core/http/extended-value.ts";

describe("a Content-Disposition", () => {
  it.each([
    ["a.txt", 'filename="a.txt"'],
    ["report 7 (final).pdf", 'filename="report 7 (final).pdf"'],
    ['a"b.txt', `filename="a_b.txt"; filename*=UTF-8''a%22b.txt`],
    ["100%.txt", `filename="100_.txt"; filename*=UTF-8''100%25.txt`],
    ["фильм.mp4", `filename="_____.mp4"; filename*=UTF-8''%D1%84%D0%B8%D0%BB%D1%8C%D0%BC.mp4`],
    ["🎬.mp4", `filename="__.mp4"; filename*=UTF-8''%F0%9F%8E%AC.mp4`],
    ["a'b*c.txt", `filename="a'b_c.txt"`],
  ])("tells the name of %j", (name, told) => {
    expect(contentDisposition("inline", name)).toBe(`inline; ${told}`);
    expect(contentDisposition("attachment", name)).toBe(`attachment; ${told}`);
  });

  it.each([
    ["../../etc/passwd", "_.._etc_passwd"],
    ["C:\\autoexec.bat", "C__autoexec.bat"],
    [".htaccess", "htaccess"],
    ["trailing. . ", "trailing"],
    ["a\r\nSet-Cookie: b=c", "aSet-Cookie_ b=c"],
    ["photo\u202egpj.exe", "photogpj.exe"],
    ["a\u200fb\u2066c\u2069.txt", "abc.txt"],
    ["con|nul<>?", "con_nul___"],
    ["\0", "file"],
    ["..", "file"],
    ["", "file"],
  ])("makes no path, no field and no riddle of %j", (name, safe) => {
    expect(contentDisposition("inline", name)).toBe(`inline; filename="${safe}"`);
  });

  it("is one field with one or two parameters, whatever the name", () => {
    const form = /^inline; filename="[ !#-$&-[\]-~]*"(?:; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+)?$/;
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        expect(contentDisposition("inline", name)).toMatch(form);
      }),
    );
  });

  it("is read back as the name by who knows the extended notation", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        expect(decodeURIComponent(extendedValue(name).slice("UTF-8''".length))).toBe(name.toWellFormed());
      }),
    );
  });
});
