import { describe, expect, it } from "vitest";
import { displayName, MAX_FILE_NAME_BYTES } from "../../../src/core/assets/file-name.ts";

describe("a file's name", () => {
  it.each([
    "a.txt",
    "../../etc/passwd",
    "C:\\autoexec.bat",
    "a\r\nSet-Cookie: b",
    "\u202egpj.exe",
    "🎬 фильм (1).mp4",
    "x".repeat(300),
    "я".repeat(300),
    " ",
    ".",
    "%2F%00",
  ])("is kept as it is: %j", (name) => {
    expect(displayName(name)).toBe(name);
  });

  it.each([
    ["a\0b", "a\ufffdb"],
    ["a\ud83c", "a\ufffd"],
    ["\0", "\ufffd"],
  ])("has what nobody can keep replaced: %j", (given, kept) => {
    expect(displayName(given)).toBe(kept);
  });

  it("is not empty, and not too long", () => {
    expect(displayName("")).toBeNull();
    expect(displayName("x".repeat(MAX_FILE_NAME_BYTES))).toHaveLength(MAX_FILE_NAME_BYTES);
    expect(displayName("x".repeat(MAX_FILE_NAME_BYTES + 1))).toBeNull();
    expect(displayName("я".repeat(MAX_FILE_NAME_BYTES / 2))).not.toBeNull();
    expect(displayName(`${"я".repeat(MAX_FILE_NAME_BYTES / 2)}x`)).toBeNull();
  });
});
