import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseBytes, parseChecksum, parseConcat, parseMetadata } from "../../../../src/core/uploads/tus/fields.ts";
import { TusRefusal } from "../../../../src/core/uploads/tus/protocol.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("a number of bytes", () => {
  it.each([
    ["0", 0],
    ["67108864", 67_108_864],
    ["9007199254740991", Number.MAX_SAFE_INTEGER],
    ["9007199254740992", null],
    ["-1", null],
    ["1.5", null],
    ["0x10", null],
    ["", null],
    ["1 ", null],
    [null, null],
  ])("is read from %j", (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });
});

describe("what is said of a file", () => {
  it("is read by name, in UTF-8, values absent or empty included", () => {
    const text = `filename ${base64("é.mp4")}, filetype ${base64("video/mp4")},is_confidential,empty `;
    expect(Object.fromEntries(parseMetadata(text))).toEqual({
      ...{ filename: "é.mp4", filetype: "video/mp4", is_confidential: "", empty: "" },
    });
    expect(parseMetadata(null).size + parseMetadata("").size).toBe(0);
  });

  it.each(["filename !!!!", "a YQ==,a YQ==", "a b c", ",", `a ${"A".repeat(9000)}`, "filename YQ", "naïve YQ=="])(
    "is refused where it is %j",
    (text) => {
      expect(() => parseMetadata(text)).toThrow(TusRefusal);
    },
  );
});

describe("a checksum", () => {
  const digest = (name: string) => createHash(name).update("chunk");

  it.each(["sha1", "sha256", "md5"] as const)("by %s is read into hexadecimal", (algorithm) => {
    const text = `${algorithm} ${digest(algorithm).digest("base64")}`;
    expect(parseChecksum(text)).toEqual({ algorithm, hex: digest(algorithm).digest("hex") });
  });

  it("is none where none is declared", () => {
    expect(parseChecksum(null)).toBeNull();
  });

  it.each(["", "sha1", "crc32 AAAA", "sha1 !!", "sha1 AAAA AAAA", "SHA1 AAAA"])("is refused where it is %j", (text) => {
    expect(() => parseChecksum(text)).toThrow(TusRefusal);
  });
});

describe("an upload that belongs to others", () => {
  it.each([
    [null, null],
    ["partial", { is: "partial" }],
    ["final;/files/a", { is: "final", ids: ["a"] }],
    ["final;/files/a /files/b", { is: "final", ids: ["a", "b"] }],
    ["final; https://edge.example.com/files/a/ /files/b?x=1", { is: "final", ids: ["a", "b"] }],
  ])("is told by %j", (text, expected) => {
    expect(parseConcat(text)).toEqual(expected);
  });

  it.each(["", "final", "final;", "final; ", "whole", "final;/"])("is refused where it says %j", (text) => {
    expect(() => parseConcat(text)).toThrow(TusRefusal);
  });
});
