import { expect, test } from "vitest";
import { brokenPromise } from "../../../src/core/fills/promised-digest.ts";
import { COPY } from "../samples.ts";

test.each([
  ["the digest of the bytes", COPY.sha256],
  ["that digest in upper case", COPY.sha256.toUpperCase()],
  ["a word", "report-7"],
  ["a shorter digest", COPY.sha256.slice(1)],
  ["what looks like one and is none", `${COPY.sha256.slice(1)}g`],
])("THREATS 1: a key that is %s promises nothing that is not so", (_, key) => {
  expect(brokenPromise(key, COPY)).toBeNull();
});

test("THREATS 1: a key that is another digest is a promise broken, with both values to see", () => {
  expect(brokenPromise("cd".repeat(32), COPY)).toEqual({
    code: "DIGEST_MISMATCH",
    message: `The key is a SHA-256, and the bytes have another: ${COPY.sha256}.`,
  });
});
