import { describe, expect, test } from "vitest";
import type { EdgeCache } from "../../src/ports/edge-cache.ts";
import type { ObjectHeaders, StoredObject } from "../../src/ports/object-store.ts";

export const PLAIN: ObjectHeaders = {
  contentType: "video/mp4",
  contentEncoding: null,
  contentLanguage: null,
  contentDisposition: null,
  cacheControl: null,
  etag: '"etag-1"',
  lastModified: "Fri, 20 Nov 2026 12:00:00 GMT",
};

/** A name that no other test has: caches outlive a test. */
export const newName = () => `tenant/${crypto.randomUUID()}/generation-1/0`;

/** An object of these bytes; `size`, as its head tells. */
export function objectOf(bytes: Uint8Array<ArrayBuffer>, headers = PLAIN, size = bytes.length): StoredObject {
  return { size, headers, body: new Blob([bytes]).stream() };
}

/** Bytes of which each place has its own. */
export function sampleBytes(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 0xff);
}

export async function bytesOf(object: StoredObject | null): Promise<Uint8Array | null> {
  return object && new Uint8Array(await new Response(object.body).arrayBuffer());
}

export function edgeCacheContract(title: string, make: () => EdgeCache): void {
  describe(`EdgeCache: ${title}`, () => {
    test("what nobody put is not there", async () => {
      expect(await make().get(newName(), null)).toBeNull();
      expect(await make().get(newName(), { offset: 0, length: 1 })).toBeNull();
    });

    test("what was put comes back whole, with all that was said of it", async () => {
      const [cache, name, bytes] = [make(), newName(), sampleBytes(70_000)];
      const headers: ObjectHeaders = {
        contentType: "text/html; charset=utf-8",
        contentEncoding: "gzip",
        contentLanguage: "de-CH, fr",
        contentDisposition: 'inline; filename="Ünï\\"cöde \u2603.html"',
        cacheControl: "no-store, private",
        etag: '"a, \\b"',
        lastModified: null,
      };
      await cache.put(name, objectOf(bytes, headers), ["tag"]);
      const found = await cache.get(name, null);
      expect(found).toMatchObject({ size: 70_000, headers });
      expect(await bytesOf(found)).toEqual(bytes);
    });

    test.each([
      { offset: 0, length: 1 },
      { offset: 0, length: 70_000 },
      { offset: 69_999, length: 1 },
      { offset: 65_530, length: 12 },
      { offset: 1, length: 69_998 },
    ])("of a range come its bytes, and the head of the whole: $offset+$length", async (range) => {
      const [cache, name, bytes] = [make(), newName(), sampleBytes(70_000)];
      await cache.put(name, objectOf(bytes), []);
      const found = await cache.get(name, range);
      expect(found).toMatchObject({ size: 70_000, headers: PLAIN });
      expect(await bytesOf(found)).toEqual(bytes.slice(range.offset, range.offset + range.length));
    });

    test("a range that is not inside is not there", async () => {
      const [cache, name] = [make(), newName()];
      await cache.put(name, objectOf(sampleBytes(10)), []);
      expect(await cache.get(name, { offset: 5, length: 6 })).toBeNull();
      expect(await cache.get(name, { offset: 10, length: 1 })).toBeNull();
    });

    test("bytes that are gzip come back as they are", async () => {
      const [cache, name] = [make(), newName()];
      const zipped = new Blob([sampleBytes(5_000)]).stream().pipeThrough(new CompressionStream("gzip"));
      const bytes = new Uint8Array(await new Response(zipped).arrayBuffer());
      await cache.put(name, objectOf(bytes, { ...PLAIN, contentEncoding: "gzip", contentType: "text/plain" }), []);
      expect(await bytesOf(await cache.get(name, null))).toEqual(bytes);
    });

    test("names differ in every part", async () => {
      const cache = make();
      const id = crypto.randomUUID();
      const names = [
        `a/${id}/g/0`,
        `a/${id}/g/1`,
        `a/${id}/h/0`,
        `b/${id}/g/0`,
        `a/${id}/g/0?x`,
        `a/${id}/g/0#x`,
        `a/../${id}`,
      ];
      for (const [at, name] of names.entries()) await cache.put(name, objectOf(sampleBytes(at + 1)), []);
      for (const [at, name] of names.entries()) expect((await cache.get(name, null))?.size).toBe(at + 1);
      expect(await cache.get(`b/${id}/g/1`, null)).toBeNull();
      expect(await cache.get(id, null)).toBeNull();
    });

    test("a second put takes the place of the first", async () => {
      const [cache, name] = [make(), newName()];
      await cache.put(name, objectOf(sampleBytes(3)), []);
      await cache.put(name, objectOf(sampleBytes(5)), []);
      expect(await bytesOf(await cache.get(name, null))).toEqual(sampleBytes(5));
    });

    test("it takes what has bytes, up to 512 MB", () => {
      const { takes } = make();
      const sizes = [0, 1, 512_000_000, 512_000_001, 5 * 2 ** 40];
      expect(sizes.filter((size) => takes({ size, headers: PLAIN }))).toEqual([1, 512_000_000]);
    });

    test("what it does not take is refused quietly, and not read", async () => {
      const [cache, name] = [make(), newName()];
      let isCancelled = false;
      const body = new ReadableStream<Uint8Array>({
        cancel: () => {
          isCancelled = true;
        },
      });
      await cache.put(name, { size: 512_000_001, headers: PLAIN, body }, []);
      expect([isCancelled, await cache.get(name, null)]).toEqual([true, null]);
    });

    test.each([9, 11])("10 bytes that are said to be %s are not kept", async (size) => {
      const [cache, name] = [make(), newName()];
      await expect(cache.put(name, objectOf(sampleBytes(10), PLAIN, size), [])).rejects.toThrow();
      expect(await cache.get(name, null)).toBeNull();
    });

    test("a body that breaks off is not kept", async () => {
      const [cache, name] = [make(), newName()];
      const pieces = [sampleBytes(5)];
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          const piece = pieces.pop();
          if (piece) controller.enqueue(piece);
          else controller.error(new Error("the store broke off"));
        },
      });
      await expect(cache.put(name, { size: 10, headers: PLAIN, body }, [])).rejects.toThrow();
      expect(await cache.get(name, null)).toBeNull();
    });

    test("a body that nobody reads to its end harms nobody", async () => {
      const [cache, name] = [make(), newName()];
      await cache.put(name, objectOf(sampleBytes(70_000)), []);
      const first = await cache.get(name, null);
      await first?.body.cancel();
      expect(await bytesOf(await cache.get(name, null))).toEqual(sampleBytes(70_000));
    });
  });
}
