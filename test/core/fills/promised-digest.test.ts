import { describe, expect, it, test } from "vitest";
import { brokenPromise, promisedChecksums } from "../../../src/core/fills/promised-digest.ts";

const SHA256 = "ab".repeat(32);
const MD5 = "cd".repeat(16);
const COMPUTED = { sha256: SHA256, md5: MD5 };

describe("a key promises", () => {
  it.each([
    ["its SHA-256", SHA256, { sha256: SHA256 }],
    ["its SHA-256 in upper case", SHA256.toUpperCase(), { sha256: SHA256 }],
    ["its MD5", MD5, { md5: MD5 }],
    ["its MD5 in mixed case", `CD${MD5.slice(2)}`, { md5: MD5 }],
    ["digits alone", "0".repeat(32), { md5: "0".repeat(32) }],
  ])("%s", (_, key, promised) => {
    expect(promisedChecksums(key)).toEqual(promised);
  });

  it.each([
    ["is a word", "report-7"],
    ["is empty", ""],
    ["is a SHA-1, which nobody was told of", "ab".repeat(20)],
    ["is a digit short of a SHA-256", SHA256.slice(1)],
    ["is a digit longer than one", `${SHA256}a`],
    ["is a digit short of an MD5", MD5.slice(1)],
    ["is a digit longer than one of those", `${MD5}a`],
    ["has a letter that is no digit", `${SHA256.slice(1)}g`],
    ["has a line behind it", `${MD5}\n`],
    ["has a name before it", `sha256:${SHA256}`],
    ["is a UUID with its hyphens", "123e4567-e89b-42d3-a456-426614174000"],
    ["is as long as three MD5s", MD5.repeat(3)],
  ])("nothing when it %s", (_, key) => {
    expect(promisedChecksums(key)).toEqual({});
    expect(brokenPromise(key, COMPUTED)).toBeNull();
    expect(brokenPromise(key, {})).toBeNull();
  });
});

test.each([
  ["the SHA-256 of the bytes", SHA256],
  ["that SHA-256 in upper case", SHA256.toUpperCase()],
  ["the MD5 of the bytes", MD5],
  ["that MD5 in upper case", MD5.toUpperCase()],
])("THREATS 1: a key that is %s is a promise kept", (_, key) => {
  expect(brokenPromise(key, COMPUTED)).toBeNull();
});

test.each([
  ["another SHA-256", "ef".repeat(32), `The key is a SHA-256, and the bytes have another: ${SHA256}.`],
  ["another MD5", "ef".repeat(16), `The key is an MD5, and the bytes have another: ${MD5}.`],
])("THREATS 1: a key that is %s is a promise broken, with both values to see", (_, key, message) => {
  expect(brokenPromise(key, COMPUTED)).toEqual({ code: "DIGEST_MISMATCH", message });
});

test.each([
  ["a SHA-256", SHA256, { md5: MD5 }, "The key is a SHA-256, and that of the bytes is not known."],
  ["an MD5", MD5, { sha256: SHA256 }, "The key is an MD5, and that of the bytes is not known."],
])("THREATS 1: a key that is %s which nobody computed is no promise kept", (_, key, computed, message) => {
  expect(brokenPromise(key, computed)).toEqual({ code: "DIGEST_MISMATCH", message });
});
