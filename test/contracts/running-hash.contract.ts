import { describe, expect, test } from "vitest";
import type { StartHash } from "../../src/ports/running-hash.ts";
import { utf8 } from "./object-store.contract.ts";

export function runningHashContract(name: string, start: StartHash): void {
  describe(`RunningHash: ${name}`, () => {
    // FIPS 180-4, as NIST's examples and as of nothing.
    test.each([
      ["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", []],
      ["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ["abc"]],
      ["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ["a", "", "bc"]],
      ["cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", Array(10).fill("a".repeat(100_000))],
    ])("%s", async (digest, pieces: string[]) => {
      const hash = start();
      for (const piece of pieces) await hash.update(utf8(piece));
      expect(await hash.digest()).toBe(digest);
    });

    test("the bytes may be reused after each piece", async () => {
      const hash = start();
      const buffer = utf8("..a..");
      for (const letter of "abc") {
        buffer.set(utf8(letter), 2);
        await hash.update(buffer.subarray(2, 3));
        buffer.fill(0);
      }
      expect(await hash.digest()).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    });

    test("two at once do not mix", async () => {
      const [one, two] = [start(), start()];
      await Promise.all([one.update(utf8("abc")), two.update(utf8("x"))]);
      expect(await one.digest()).toMatch(/^ba7816bf/);
      expect(await two.digest()).not.toMatch(/^ba7816bf/);
    });
  });
}
