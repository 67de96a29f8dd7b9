import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormInvalid, formBoundary, formReader } from "../../../src/core/http/multipart-form.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** What a form says, given to the reader in pieces of this length. */
function read(body: Uint8Array, pieceBytes = body.length, boundary = "b"): (string | null)[][] {
  const reader = formReader(boundary);
  const parts: (string | null)[][] = [];
  let ended = false;
  for (let from = 0; from < body.length; from += Math.max(1, pieceBytes)) {
    const piece = body.slice(from, from + Math.max(1, pieceBytes));
    const events = [...reader.push(piece)];
    // What a reader has told of is its own: a caller's buffer may be filled anew.
    piece.fill(0);
    for (const event of events) {
      expect(ended).toBe(false);
      if (event.kind === "part") parts.push([event.part.name, event.part.fileName, ""]);
      else if (event.kind === "end") ended = true;
      else (parts.at(-1) as string[])[2] += Buffer.from(event.bytes).toString("latin1");
    }
  }
  reader.end();
  expect(ended).toBe(true);
  return parts;
}

const part = (name: string, content: string, more = "") =>
  `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`;
const FORM = `${part("is_public", "true")}${part("file", "line\r\n--not a boundary\r\n", '; filename="a"')}--b--\r\n`;

describe("a form", () => {
  it.each([1, 2, 3, 7, 64, 10_000])("is read in pieces of %d bytes as in one", (pieceBytes) => {
    expect(read(utf8(FORM), pieceBytes)).toEqual([
      ["is_public", null, "true"],
      ["file", "a", "line\r\n--not a boundary\r\n"],
    ]);
  });

  it("may have something before it and behind it", () => {
    expect(read(utf8(`a preamble\r\n${part("a", "1")}--b--\r\n--b\r\nan epilogue`))).toEqual([["a", null, "1"]]);
    expect(read(utf8(`${part("a", "1")}--b--`))).toEqual([["a", null, "1"]]);
    expect(read(utf8("--b--\r\n"))).toEqual([]);
  });

  it("may have white space behind a boundary, and parts without content", () => {
    expect(read(utf8(`--b \t\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--b--`))).toEqual([["a", null, ""]]);
  });

  it("keeps every byte of a file, whatever they are and however they come", () => {
    const bytes = fc.array(fc.constantFrom("\r", "\n", "-", "b", "\r\n", "\r\n-", "\r\n--", "--b", "\u00ff", "\0"));
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 30 }), (pieces, pieceBytes) => {
        const content = pieces.join("");
        fc.pre(!content.includes("\r\n--b") && !`\r\n${content}`.startsWith("\r\n--b\r\n"));
        const form = latin1(`${part("file", content, '; filename="a"')}--b--\r\n`);
        expect(read(form, pieceBytes)).toEqual([["file", "a", content]]);
      }),
    );
  });

  it("tells of a file's bytes as they come, and holds back no more than a boundary could be", () => {
    const reader = formReader("b");
    [...reader.push(utf8(`--b\r\nContent-Disposition: form-data; name=file\r\n\r\n`))];
    const events = [...reader.push(new Uint8Array(1000))];
    const told = events.reduce((sum, event) => sum + (event.kind === "bytes" ? event.bytes.length : 0), 0);
    expect(told).toBe(1000 - "\r\n--b".length + 1);
  });

  it.each([
    ["", "nothing"],
    ["no form at all", "something else"],
    [FORM.slice(0, -6), "no end"],
    [FORM.slice(0, 60), "a head or a file that breaks off"],
    ["--b\r\n\r\n1\r\n--b--", "a part without a head"],
    ["--bcd\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b--", "another boundary that begins alike"],
    [`--b\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, "an endless head"],
  ])("is none that breaks off, or never was one: %#", (body) => {
    expect(() => read(utf8(body), 100)).toThrow(FormInvalid);
  });
});

describe("the boundary of a form", () => {
  it.each([
    ["multipart/form-data; boundary=abc", "abc"],
    ['Multipart/Form-Data; charset=utf-8; BOUNDARY="a b:c"', "a b:c"],
    ["multipart/form-data;boundary=----WebKitFormBoundary7MA4YWxk", "----WebKitFormBoundary7MA4YWxk"],
  ])("of %s is %s", (type, boundary) => {
    expect(formBoundary(type)).toBe(boundary);
  });

  it.each([
    null,
    "",
    "text/plain",
    "multipart/form-data",
    "multipart/mixed; boundary=a",
    "multipart/form-data; boundary=",
  ])("is none in %j", (type) => {
    expect(formBoundary(type)).toBeNull();
  });
});
