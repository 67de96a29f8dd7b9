import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csv } from "../../../src/core/pricing/csv.ts";

/** What stands in the one field of a table. */
const field = (value: string | bigint | null) => csv(["head"], [[value]]).slice("head\r\n".length, -2);

describe("a table", () => {
  it("ends every line with CRLF, the last one too", () => {
    expect(
      csv(
        ["a", "b"],
        [
          ["1", 2n],
          ["x", null],
        ],
      ),
    ).toBe("a,b\r\n1,2\r\nx,\r\n");
    expect(csv(["a"], [])).toBe("a\r\n");
  });

  it.each([
    ["plain", "plain"],
    ["", ""],
    ["with space", "with space"],
    ["a,b", '"a,b"'],
    ['say "so"', '"say ""so"""'],
    ["two\nlines", '"two\nlines"'],
    ["two\r\nlines", '"two\r\nlines"'],
    ['"', '""""'],
    ["grün, 日本", '"grün, 日本"'],
  ])("has %j as %j", (text, written) => {
    expect(field(text)).toBe(written);
  });

  it.each([
    [0n, "0"],
    [-12n, "-12"],
    [10n ** 30n, `1${"0".repeat(30)}`],
    ["-0.000000001", "-0.000000001"],
    ["12.340000000", "12.340000000"],
    [null, ""],
  ])("leaves the number %s as it is, below nothing too", (value, written) => {
    expect(field(value)).toBe(written);
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["+1 (555)", "'+1 (555)"],
    ["-1+2", "'-1+2"],
    ["-", "'-"],
    ["--1", "'--1"],
    ["-1e5", "'-1e5"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    [" =1", "' =1"],
    ["\u00a0=1", "'\u00a0=1"],
    ["\u0000=1", "'\u0000=1"],
    ["\ufeff=1", "'\ufeff=1"],
    ["\u200b=1", "'\u200b=1"],
    ["＝1", "'＝1"],
    ["\tplain", "'\tplain"],
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ["\r=1", '"\'\r=1"'],
  ])("lets no spreadsheet run %j", (text, written) => {
    expect(field(text)).toBe(written);
  });

  it("puts text that only contains such signs through as it is", () => {
    for (const text of ["a=b", "1+1", "me@example.com", "2026-11-20", "s3/us-europe"]) expect(field(text)).toBe(text);
  });

  it("is read again as it was, but for the apostrophes", () => {
    const anyText = fc.string({ unit: fc.constantFrom("a", ",", '"', "\r", "\n", "=", "-", " ", "é") });
    const anyRow = fc.tuple(anyText, anyText);
    fc.assert(
      fc.property(fc.array(anyRow), (rows) => {
        const [, ...found] = read(csv(["x", "y"], rows));
        expect(found.map((row) => row.map((text) => text.replace(/^'/, "")))).toEqual(rows);
      }),
    );
  });
});

/** The grammar of RFC 4180, as it stands there. */
function read(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (quoted === undefined && plain === "" && end === "") break;
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") lines.push([]);
  }
  return lines.slice(0, -1);
}
