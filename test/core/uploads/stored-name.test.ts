import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { storedName } from "../../../src/core/uploads/stored-name.ts";

const bytes = (text: string) => new TextEncoder().encode(text).length;
const FAMILY = "👩‍👩‍👧‍👦";

describe("the stored name of a file", () => {
  it.each([
    ["presentation.mp4", "presentation-1a2b3c4d.mp4"],
    ["archive.tar.gz", "archive.tar-1a2b3c4d.gz"],
    ["README", "README-1a2b3c4d"],
    ["файл.txt", "файл-1a2b3c4d.txt"],
    ["日本語.pdf", "日本語-1a2b3c4d.pdf"],
    [`${FAMILY}.png`, `${FAMILY}-1a2b3c4d.png`],
    ["a (1) [final], v2!.mp4", "a_(1)_final_,_v2!-1a2b3c4d.mp4"],
  ])("of %j bears a part of its own before the extension", (given, expected) => {
    expect(storedName(given, "1a2b3c4d")).toBe(expected);
  });

  it.each([
    ["", "file-x"],
    [".", "file-x"],
    ["..", "file-x"],
    ["...", "file-x"],
    ["/", "file-x"],
    ["\u202e", "file-x"],
    ["\u0000\u0001", "file-x"],
    [".mp4", "mp4-x"],
    ["..mp4", "mp4-x"],
    [".htaccess", "htaccess-x"],
    ["name.", "name-x"],
    ["name. . .", "name._._-x"],
    ["../../etc/passwd", "passwd-x"],
    ["..\\..\\windows\\system.ini", "system-x.ini"],
    ["C:\\fakepath\\photo.jpg", "photo-x.jpg"],
    ["a/../b.txt", "b-x.txt"],
    ["a/..", "file-x"],
    ["%2e%2e%2fpasswd", "_2e_2e_2fpasswd-x"],
    ["a\u0000b.txt", "ab-x.txt"],
    ["a\r\nSet-Cookie: b.txt", "aSet-Cookie_b-x.txt"],
    ["cod\u202egpj.exe", "codgpj-x.exe"],
    ["\u2067abc\u2069.txt", "abc-x.txt"],
    ["a\u200bb\ufeffc.txt", "abc-x.txt"],
    ["one  two\tthree.txt", "one_twothree-x.txt"],
    ["what?#fragment&a=b.txt", "what_fragment_a=b-x.txt"],
    ['<script>"|*.html', "_script_-x.html"],
    ["\ud800lone.txt", "_lone-x.txt"],
    ["e\u0301.txt", "\u00e9-x.txt"],
    ["a.ThisIsNoExtensionSinceItIsLong", "a.ThisIsNoExtensionSinceItIsLong-x"],
    ["a.b c", "a.b_c-x"],
  ])("of %j is a safe one: %j", (given, expected) => {
    expect(storedName(given, "x")).toBe(expected);
  });

  it.each(["CON", "nul.txt", "COM1.log", "LPT9", "aux.c"])("of %s is no device of Windows", (given) => {
    expect(storedName(given, "1a2b3c4d").split(".")[0]).toMatch(/-1a2b3c4d$/);
  });

  it("is cut where it is too long, and keeps its extension", () => {
    expect(storedName(`${"a".repeat(300)}.mp4`, "x")).toBe(`${"a".repeat(196)}-x.mp4`);
    expect(storedName(`${"é".repeat(150)}.mp4`, "x")).toBe(`${"é".repeat(98)}-x.mp4`);
  });

  it("is cut between what people see as letters", () => {
    const name = storedName(`${FAMILY.repeat(20)}.png`, "x");
    expect(name).toBe(`${FAMILY.repeat(Math.floor(196 / bytes(FAMILY)))}-x.png`);
  });

  it("is cut between code points where one letter has too many marks", () => {
    const name = storedName(`a${"\u0301".repeat(300)}`, "x");
    expect(bytes(name)).toBeLessThanOrEqual(202);
    expect(name.isWellFormed()).toBe(true);
    expect(name).not.toBe("file-x");
  });

  it("is one segment of a path, whatever was given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (given) => {
        const name = storedName(given, "1a2b3c4d");
        expect(name).toMatch(/^[^./\\][^/\\]*-1a2b3c4d(?:\.[A-Za-z0-9]{1,16})?$/u);
        expect(name).not.toMatch(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\s?#%]/u);
        expect(bytes(name)).toBeLessThanOrEqual(200 + 9);
        expect(name.isWellFormed()).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("never throws on what is no text at all", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 300 }), (units) => {
        expect(storedName(String.fromCharCode(...units), "x").isWellFormed()).toBe(true);
      }),
    );
  });
});
