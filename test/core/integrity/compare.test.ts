import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHECKSUM_ALGORITHMS, type Checksums } from "../../../src/core/integrity/checksums.ts";
import { chosenChecks, firstMismatch, mismatchFailure } from "../../../src/core/integrity/compare.ts";

const some: fc.Arbitrary<Checksums> = fc.dictionary(
  fc.constantFrom(...CHECKSUM_ALGORITHMS),
  fc.constantFrom("00", "01", "ff"),
);

describe("what is computed", () => {
  it.each([
    ["nothing, where nothing is declared", {}, []],
    ["the SHA-256 before all others", { md5: "m", crc32: "c", sha256: "s", sha1: "t" }, ["sha256"]],
    ["the SHA-1 before the MD5", { md5: "m", sha1: "t" }, ["sha1"]],
    ["the MD5 before any CRC", { crc64nvme: "n", crc32c: "c", md5: "m" }, ["md5"]],
    ["the CRC of 64 bits, where there are only CRCs", { crc32: "i", crc32c: "c", crc64nvme: "n" }, ["crc64nvme"]],
    ["Castagnoli's before the older one", { crc32: "i", crc32c: "c" }, ["crc32c"]],
    ["the one that there is", { crc32: "i" }, ["crc32"]],
  ] as const)("is %s", (_, declared, chosen) => {
    expect(chosenChecks(declared)).toEqual(chosen);
  });

  it("is always enough to find a mismatch in, and never what was not declared", () => {
    fc.assert(
      fc.property(some, (declared) => {
        const chosen = chosenChecks(declared);
        expect(chosen.length).toBe(Object.keys(declared).length > 0 ? 1 : 0);
        for (const algorithm of chosen) {
          expect(firstMismatch(declared, { [algorithm]: "another" })).toMatchObject({ algorithm });
        }
      }),
    );
  });
});

describe("a mismatch", () => {
  it.each([
    ["both are empty", {}, {}],
    ["nothing is declared", {}, { sha256: "s" }],
    ["nothing is computed", { sha256: "s" }, {}],
    ["they have nothing in common", { md5: "m" }, { sha256: "s" }],
    ["they agree in the one that both have", { md5: "m", crc32: "i" }, { md5: "m", sha256: "s" }],
    ["they agree in everything", { md5: "m", crc32: "i" }, { crc32: "i", md5: "m" }],
  ] as const)("is none when %s", (_, declared, computed) => {
    expect(firstMismatch(declared, computed)).toBeNull();
  });

  it.each([
    ["the only one", { crc32: "i" }, { crc32: "j" }, { algorithm: "crc32", declared: "i", computed: "j" }],
    [
      "the strongest of several",
      { crc32: "i", md5: "m" },
      { crc32: "j", md5: "n" },
      { algorithm: "md5", declared: "m", computed: "n" },
    ],
    [
      "a weaker one, where the stronger agree",
      { sha256: "s", crc64nvme: "a" },
      { sha256: "s", crc64nvme: "b" },
      { algorithm: "crc64nvme", declared: "a", computed: "b" },
    ],
  ] as const)("is told of %s", (_, declared, computed, mismatch) => {
    expect(firstMismatch(declared, computed)).toEqual(mismatch);
  });

  it("is seen from both sides, and never between a thing and itself", () => {
    fc.assert(
      fc.property(some, some, (one, other) => {
        expect(firstMismatch(one, one)).toBeNull();
        expect(firstMismatch(one, other)?.algorithm).toBe(firstMismatch(other, one)?.algorithm);
      }),
    );
  });

  it("is told to people with both values", () => {
    expect(mismatchFailure({ algorithm: "md5", declared: "aa", computed: "bb" })).toEqual({
      code: "DIGEST_MISMATCH",
      message: "The origin declared md5 aa and sent bytes with md5 bb.",
    });
  });
});
