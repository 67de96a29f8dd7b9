import { describe, expect, test } from "vitest";
import type { HashAlgorithm, StartHash } from "../../src/ports/running-hash.ts";
import { utf8 } from "./object-store.contract.ts";

const MILLION = Array<string>(10).fill("a".repeat(100_000));

/** FIPS 180-4 and RFC 1321, as their examples and as of nothing. */
const VECTORS: readonly [HashAlgorithm, string, string, readonly string[]][] = [
  ["sha256", "nothing", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", []],
  ["sha256", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ["abc"]],
  ["sha256", "abc in pieces", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ["a", "", "bc"]],
  ["sha256", "a million letters", "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", MILLION],
  ["sha1", "nothing", "da39a3ee5e6b4b0d3255bfef95601890afd80709", []],
  ["sha1", "abc in pieces", "a9993e364706816aba3e25717850c26c9cd0d89d", ["a", "", "bc"]],
  ["sha1", "a million letters", "34aa973cd4c4daa4f61eeb2bdbad27316534016f", MILLION],
  ["md5", "nothing", "d41d8cd98f00b204e9800998ecf8427e", []],
  ["md5", "abc in pieces", "900150983cd24fb0d6963f7d28e17f72", ["a", "", "bc"]],
  ["md5", "a million letters", "7707d6ae4e027c70eea2a935c2296f21", MILLION],
];

export function runningHashContract(name: string, start: StartHash): void {
  describe(`RunningHash: ${name}`, () => {
    test.each(VECTORS)("%s of %s", async (algorithm, _, digest, pieces) => {
      const hash = start(algorithm);
      for (const piece of pieces) await hash.update(utf8(piece));
      expect(await hash.digest()).toBe(digest);
    });

    test.each(VECTORS)("%s of %s, the last piece with the question", async (algorithm, _, digest, pieces) => {
      const hash = start(algorithm);
      for (const piece of pieces.slice(0, -1)) await hash.update(utf8(piece));
      expect(await hash.digest(utf8(pieces.at(-1) ?? ""))).toBe(digest);
    });

    test("the bytes may be reused after each piece", async () => {
      const hash = start("sha256");
      const buffer = utf8("..a..");
      for (const letter of "abc") {
        buffer.set(utf8(letter), 2);
        await hash.update(buffer.subarray(2, 3));
        buffer.fill(0);
      }
      expect(await hash.digest()).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    });

    test("two at once do not mix", async () => {
      const [one, two] = [start("sha256"), start("md5")];
      await Promise.all([one.update(utf8("abc")), two.update(utf8("x"))]);
      await two.update(utf8("y"));
      expect(await one.digest()).toMatch(/^ba7816bf/);
      expect(await two.digest()).toBe("3e44107170a520582ade522fa73c1d15");
    });
  });
}
