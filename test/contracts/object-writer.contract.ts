import { describe, expect, test } from "vitest";
import { ChecksumRefused, type NativeChecks, type ObjectStore } from "../../src/ports/object-store.ts";
import { BARE, HELLO, NOT_HELLO, newObjectKey, readText, utf8 } from "./object-store.contract.ts";

/** A writer under a key of its own. */
function begin(make: () => ObjectStore, length: number, checks: NativeChecks = {}) {
  const [store, key] = [make(), newObjectKey()];
  return { store, key, writer: store.writer(key, length, BARE, checks) };
}

/** Objects that come in pieces; a suite of its own for length, run by that of the store. */
export function objectWriterContract(make: () => ObjectStore): void {
  describe("writer", () => {
    test.each([
      ["none", []],
      ["one that is empty", [""]],
      ["one of a byte", ["h"]],
      ["one", ["hello"]],
      ["several", ["he", "l", "lo"]],
      ["several, some of them empty", ["", "he", "", "llo", ""]],
    ])("joins pieces: %s", async (_, pieces) => {
      const text = pieces.join("");
      const [store, key] = [make(), newObjectKey()];
      const headers = { ...BARE, contentType: "video/mp4", cacheControl: "private" };
      const writer = store.writer(key, text.length, headers);
      for (const piece of pieces) await writer.write(utf8(piece));
      expect(await store.head(key)).toBeNull();
      await writer.end();
      expect(await store.head(key)).toEqual({ size: text.length, headers });
      expect(await readText(store, key)).toBe(text);
    });

    test("the bytes of a piece may be reused after it", async () => {
      const { store, key, writer } = begin(make, 9);
      const buffer = utf8("..abc..");
      for (const letter of "abc") {
        buffer.fill(letter.charCodeAt(0));
        await writer.write(buffer.subarray(2, 5));
      }
      buffer.fill(0);
      await writer.end();
      expect(await readText(store, key)).toBe("aaabbbccc");
    });

    test("takes large pieces from one buffer", async () => {
      const piece = new Uint8Array(2 ** 20);
      const { store, key, writer } = begin(make, 4 * piece.length + 3);
      for (let number = 0; number < 4; number += 1) await writer.write(piece.fill(65 + number));
      await writer.write(piece.subarray(0, 3).fill(90));
      await writer.end();
      const text = (await readText(store, key)) ?? "";
      expect(text.length).toBe(4 * piece.length + 3);
      expect(text.replace(/(.)\1+/g, "$1")).toBe("ABCDZ");
    });

    test.each(Object.entries(HELLO))("bytes with the %s that was declared are stored", async (algorithm, digest) => {
      const { store, key, writer } = begin(make, 5, { [algorithm]: digest });
      await writer.write(utf8("hel"));
      await writer.write(utf8("lo"));
      await writer.end();
      expect(await readText(store, key)).toBe("hello");
    });

    test.each(NOT_HELLO)("bytes with another %s are refused with both values", async (algorithm, declared, actual) => {
      const { store, key, writer } = begin(make, 5, { [algorithm]: declared });
      await writer.write(utf8("hello"));
      const refused = writer.end();
      await expect(refused).rejects.toThrow(ChecksumRefused);
      await expect(refused).rejects.toThrow(declared);
      await expect(refused).rejects.toThrow(actual);
      expect(await store.head(key)).toBeNull();
    });

    test.each([
      ["nothing", []],
      ["a byte too few", ["hel", "l"]],
    ])("%s of what was announced is refused at the end, and nothing is stored", async (_, pieces) => {
      const { store, key, writer } = begin(make, 5);
      for (const piece of pieces) await writer.write(utf8(piece));
      await expect(writer.end()).rejects.toThrow(/5/);
      expect(await store.head(key)).toBeNull();
    });

    test.each([
      ["in one piece", 5, [], "hello!"],
      ["after all that was announced", 5, ["hello"], "!"],
      ["across the end", 5, ["hel"], "lo!"],
      ["where nothing was announced", 0, [], "!"],
    ])("a byte too many %s is refused at once, and nothing is stored", async (_, length, pieces: string[], tooMany) => {
      const { store, key, writer } = begin(make, length);
      for (const piece of pieces) await writer.write(utf8(piece));
      await expect(writer.write(utf8(tooMany))).rejects.toThrow(String(length));
      await expect(writer.write(utf8("x"))).rejects.toThrow();
      await expect(writer.end()).rejects.toThrow();
      await writer.abort();
      expect(await store.head(key)).toBeNull();
    });

    test.each([
      ["nothing", []],
      ["a part", ["hel"]],
      ["all", ["hel", "lo"]],
    ])("given up after %s was written, leaves nothing and takes nothing more", async (_, pieces) => {
      const { store, key, writer } = begin(make, 5);
      for (const piece of pieces) await writer.write(utf8(piece));
      await writer.abort();
      await writer.abort();
      await expect(writer.write(utf8("x"))).rejects.toThrow();
      await expect(writer.end()).rejects.toThrow();
      expect(await store.head(key)).toBeNull();
      await store.put(key, utf8("other"), BARE);
      expect(await readText(store, key)).toBe("other");
    });

    test("an empty object that is given up is not there", async () => {
      const { store, key, writer } = begin(make, 0);
      await writer.abort();
      await expect(writer.end()).rejects.toThrow();
      expect(await store.head(key)).toBeNull();
    });

    test("after the end the object stays, and the writer takes nothing more", async () => {
      const { store, key, writer } = begin(make, 5);
      await writer.write(utf8("hello"));
      await writer.end();
      await writer.abort();
      await expect(writer.end()).rejects.toThrow();
      await expect(writer.write(utf8("x"))).rejects.toThrow();
      expect(await readText(store, key)).toBe("hello");
    });

    test("a key is written once", async () => {
      const { store, key, writer } = begin(make, 6);
      await store.put(key, utf8("first"), BARE);
      const second = async () => {
        await writer.write(utf8("second"));
        await writer.end();
      };
      await expect(second()).rejects.toThrow(/stored already/);
      expect(await readText(store, key)).toBe("first");
    });

    test("two at once do not mix", async () => {
      const [one, two] = [begin(make, 4), begin(make, 4)];
      await Promise.all([one.writer.write(utf8("a")), two.writer.write(utf8("b"))]);
      await Promise.all([one.writer.write(utf8("aaa")), two.writer.write(utf8("bbb"))]);
      await Promise.all([one.writer.end(), two.writer.end()]);
      expect(await readText(one.store, one.key)).toBe("aaaa");
      expect(await readText(two.store, two.key)).toBe("bbbb");
    });
  });
}
