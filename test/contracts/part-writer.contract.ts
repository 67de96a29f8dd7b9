import { describe, expect, test } from "vitest";
import type { ObjectStore } from "../../src/ports/object-store.ts";
import { beginUpload, PART_BYTES, part } from "./multipart.contract.ts";
import { readText, utf8 } from "./object-store.contract.ts";

/** Parts that come in pieces; a suite of its own for length, run by that of uploads in parts. */
export function partWriterContract(make: () => ObjectStore): void {
  describe("partWriter", () => {
    test("joins pieces, from a buffer that is reused, to a part beside others", async () => {
      const { store, key, upload } = await beginUpload(make);
      const writer = upload.partWriter(1, PART_BYTES);
      const buffer = part("a", PART_BYTES - 1);
      await writer.write(buffer);
      await writer.write(buffer.fill("b".charCodeAt(0)).subarray(0, 1));
      buffer.fill(0);
      const first = { number: 1, etag: await writer.end() };
      const last = upload.partWriter(2, 3);
      for (const letter of "end") await last.write(utf8(letter));
      const second = { number: 2, etag: await last.end() };
      await upload.complete([first, second]);
      expect(await store.head(key)).toMatchObject({ size: PART_BYTES + 3 });
      expect(await readText(store, key, { offset: PART_BYTES - 2, length: 5 })).toBe("abend");
    });

    test("several parts at once do not mix", async () => {
      const { store, key, upload } = await beginUpload(make);
      const [one, two] = [upload.partWriter(1, PART_BYTES), upload.partWriter(2, 2)];
      await Promise.all([one.write(part("a")), two.write(utf8("b"))]);
      await two.write(utf8("c"));
      const etags = await Promise.all([one.end(), two.end()]);
      await upload.complete(etags.map((etag, at) => ({ number: at + 1, etag })));
      expect(await readText(store, key, { offset: PART_BYTES - 1, length: 3 })).toBe("abc");
    });

    test("a part that is written again replaces the first, whose etag counts no more", async () => {
      const { store, key, upload } = await beginUpload(make);
      const first = { number: 1, etag: await upload.uploadPart(1, utf8("first")) };
      const writer = upload.partWriter(1, 5);
      await writer.write(utf8("again"));
      const again = { number: 1, etag: await writer.end() };
      await expect(upload.complete([first])).rejects.toThrow();
      await upload.complete([again]);
      expect(await readText(store, key)).toBe("again");
    });

    test.each([
      ["nothing", []],
      ["some", ["hel"]],
      ["all", ["hel", "lo"]],
    ])("given up after %s of it was written, takes no other part's place", async (_, pieces) => {
      const { store, key, upload } = await beginUpload(make);
      const first = { number: 1, etag: await upload.uploadPart(1, utf8("first")) };
      const writer = upload.partWriter(1, 5);
      for (const piece of pieces) await writer.write(utf8(piece));
      await writer.abort();
      await expect(writer.write(utf8("x"))).rejects.toThrow();
      await expect(writer.end()).rejects.toThrow();
      await upload.complete([first]);
      expect(await readText(store, key)).toBe("first");
    });

    test.each([
      ["few", 6, ["hello"]],
      ["many", 4, ["hello"]],
      ["many after its end", 5, ["hello", "!"]],
    ])("with a byte too %s it is refused, and takes no other part's place", async (_, length, pieces) => {
      const { store, key, upload } = await beginUpload(make);
      const first = { number: 1, etag: await upload.uploadPart(1, utf8("first")) };
      const writer = upload.partWriter(1, length);
      const all = async () => {
        for (const piece of pieces) await writer.write(utf8(piece));
        await writer.end();
      };
      await expect(all()).rejects.toThrow(String(length));
      await upload.complete([first]);
      expect(await readText(store, key)).toBe("first");
    });

    test.each([0, 10_001])("there is no part %i", async (number) => {
      const { upload } = await beginUpload(make);
      const writer = upload.partWriter(number, 2);
      const all = async () => {
        await writer.write(utf8("ab"));
        await writer.end();
      };
      await expect(all()).rejects.toThrow(RangeError);
      await upload.abort();
    });

    test("of an upload that was given up there are no parts", async () => {
      const { store, key, upload } = await beginUpload(make);
      const writer = upload.partWriter(1, 5);
      await writer.write(utf8("hel"));
      await upload.abort();
      const rest = async () => {
        await writer.write(utf8("lo"));
        await writer.end();
      };
      await expect(rest()).rejects.toThrow();
      expect(await store.head(key)).toBeNull();
    });
  });
}
