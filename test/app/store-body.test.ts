import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { storeBody, WrongLength } from "../../src/app/store-body.ts";
import { SMALLEST_PART_BYTES } from "../../src/core/fills/part-size.ts";
import type { MultipartUpload, ObjectStore } from "../../src/ports/object-store.ts";
import { BARE } from "../contracts/object-store.contract.ts";
import { fakeObjectStore } from "../fakes/object-store.ts";
import { nodeStartHash } from "../fakes/start-hash.ts";
import { failing, utf8 } from "./world.ts";

const KEY = "acme/entry/generation";
const PART = SMALLEST_PART_BYTES;

/** Bytes none of whose parts are alike. */
function pattern(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  const words = new Uint32Array(bytes.buffer, 0, Math.floor(length / 4));
  for (let index = 0; index < words.length; index += 1) words[index] = Math.imul(index + 1, 2_654_435_761);
  return bytes;
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

type Chunks = Iterable<Uint8Array<ArrayBuffer>>;

/** A body that comes in these chunks and then ends, or breaks off. `cancelled` tells whether it was let go. */
function bodyOf(chunks: Chunks, error?: Error) {
  const cancelled = vi.fn();
  const rest = chunks[Symbol.iterator]();
  const body = new ReadableStream({
    type: "bytes",
    pull(controller) {
      const { value, done } = rest.next();
      if (!done) return controller.enqueue(value.slice());
      if (error) return controller.error(error);
      controller.close();
      controller.byobRequest?.respond(0);
    },
    cancel: cancelled,
  });
  return { body, cancelled };
}

function* chunksOf(bytes: Uint8Array<ArrayBuffer>, size: number) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size);
}

/** A store that tells which parts it was given, and how its uploads ended. */
function watchedStore(fault: Partial<MultipartUpload> = {}) {
  const fake = fakeObjectStore();
  const parts: [number: number, length: number][] = [];
  const ends: string[] = [];
  const store: ObjectStore = {
    ...fake,
    async createMultipart(key, headers) {
      const upload = { ...(await fake.createMultipart(key, headers)), ...fault };
      return {
        async uploadPart(number, bytes) {
          parts.push([number, bytes.length]);
          await upload.uploadPart(number, bytes);
        },
        async complete() {
          ends.push("complete");
          await upload.complete();
        },
        async abort() {
          ends.push("abort");
          await upload.abort();
        },
      };
    },
  };
  return { store, parts, ends, stored: () => fake.objects.get(KEY)?.bytes ?? null };
}

function keep(body: ReadableStream<Uint8Array>, length: number, store: ObjectStore) {
  return storeBody(body, { key: KEY, length, headers: BARE }, { store, startHash: nodeStartHash });
}

describe("a body of the announced length", () => {
  it.each([
    ["nothing", 0, 1],
    ["one byte", 1, 1],
    ["a few bytes, one by one", 10, 1],
    ["a byte less than a part", PART - 1, 1_000_003],
    ["a part", PART, 65_536],
    ["a part, in one piece", PART, PART],
  ])("is put at once: %s", async (_, length, chunk) => {
    const { store, stored, parts } = watchedStore();
    const bytes = pattern(length);
    expect(await keep(bodyOf(chunksOf(bytes, chunk)).body, length, store)).toBe(sha256(bytes));
    expect(stored()?.length).toBe(length);
    expect(sha256(stored() ?? utf8("no"))).toBe(sha256(bytes));
    expect(parts).toEqual([]);
  });

  it.each([
    ["a part and a byte", PART + 1, 65_536, [PART, 1]],
    ["two parts", 2 * PART, 1_000_003, [PART, PART]],
    ["two parts and more, in chunks larger than a part", 2 * PART + 12_345, PART + 7, [PART, PART, 12_345]],
    ["two parts and more, in one chunk", 2 * PART + 1, 3 * PART, [PART, PART, 1]],
  ])("goes in equal parts, the last shorter: %s", async (_, length, chunk, sizes) => {
    const { store, stored, parts, ends } = watchedStore();
    const bytes = pattern(length);
    expect(await keep(bodyOf(chunksOf(bytes, chunk)).body, length, store)).toBe(sha256(bytes));
    expect(sha256(stored() ?? utf8("no"))).toBe(sha256(bytes));
    expect(parts).toEqual(sizes.map((size, index) => [index + 1, size]));
    expect(ends).toEqual(["complete"]);
  });

  it("is stored whole however it comes in chunks", async () => {
    const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(chunks, async (drawn) => {
        const whole = Uint8Array.from(drawn.flatMap((chunk) => [...chunk]));
        const { store, stored } = watchedStore();
        const pieces = drawn.map((chunk) => Uint8Array.from(chunk));
        expect(await keep(bodyOf(pieces).body, whole.length, store)).toBe(sha256(whole));
        expect(stored()).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });

  it("is stored with its headers", async () => {
    const fake = fakeObjectStore();
    const headers = { ...BARE, contentType: "video/mp4", etag: '"a"' };
    const { body } = bodyOf([utf8("hello")]);
    await storeBody(body, { key: KEY, length: 5, headers }, { store: fake, startHash: nodeStartHash });
    expect(await fake.head(KEY)).toEqual({ size: 5, headers });
  });
});

describe("a body of another length", () => {
  it.each([
    ["shorter by a byte", 5, 4, "announced 5 bytes and sent fewer"],
    ["empty", 5, 0, "announced 5 bytes and sent fewer"],
    ["longer by a byte", 5, 6, "announced 5 bytes and sent more"],
    ["not empty", 0, 1, "announced 0 bytes and sent more"],
    ["longer by far", 5, 100_000, "announced 5 bytes and sent more"],
    ["shorter by a byte, in parts", PART + 9, PART + 8, "sent fewer"],
    ["without its last part", PART + 9, PART, "sent fewer"],
    ["longer by a byte, in parts", PART + 9, PART + 10, "sent more"],
    ["a part too long", 2 * PART, 3 * PART, "sent more"],
  ])("is not stored: %s", async (_, announced, sent, message) => {
    const { store, stored, ends } = watchedStore();
    const { body } = bodyOf(chunksOf(pattern(sent), 1_000_003));
    const kept = keep(body, announced, store);
    await expect(kept).rejects.toBeInstanceOf(WrongLength);
    await expect(kept).rejects.toThrow(message);
    expect(stored()).toBeNull();
    expect(ends).toEqual(announced > PART ? ["abort"] : []);
  });

  it("lets the rest of a body go that is too long", async () => {
    const { body, cancelled } = bodyOf(chunksOf(pattern(100), 10));
    await expect(keep(body, 5, watchedStore().store)).rejects.toThrow(WrongLength);
    expect(cancelled).toHaveBeenCalledOnce();
  });
});

describe("a body that breaks off", () => {
  it.each([
    ["at once", 0, 100],
    ["in the middle", 50, 100],
    ["where it would have ended", 100, 100],
    ["in its second part", PART + 50, 3 * PART],
  ])("%s is not stored, and says why", async (_, sent, length) => {
    const { store, stored, ends } = watchedStore();
    const { body } = bodyOf(chunksOf(pattern(sent), 1_000_003), new Error("connection lost"));
    await expect(keep(body, length, store)).rejects.toThrow("connection lost");
    expect(stored()).toBeNull();
    expect(ends).toEqual(length > PART ? ["abort"] : []);
  });
});

describe("a store that refuses", () => {
  it("the whole: the failure is told, and nothing is there", async () => {
    const { store, stored } = watchedStore();
    const { body } = bodyOf([utf8("hello")]);
    await expect(keep(body, 5, failing(store))).rejects.toThrow("this part is down");
    expect(stored()).toBeNull();
  });

  it.each(["uploadPart", "complete"] as const)(
    "a multipart upload's %s: it is aborted, and the body let go",
    async (method) => {
      const refuse = () => Promise.reject(new Error("no room"));
      const { store, stored, ends } = watchedStore({ [method]: refuse });
      const { body, cancelled } = bodyOf(chunksOf(pattern(3 * PART), PART));
      await expect(keep(body, 3 * PART, store)).rejects.toThrow("no room");
      expect(stored()).toBeNull();
      expect(ends.at(-1)).toBe("abort");
      if (method === "uploadPart") expect(cancelled).toHaveBeenCalledOnce();
    },
  );

  it("to begin a multipart upload: the body is let go", async () => {
    const { body, cancelled } = bodyOf(chunksOf(pattern(2 * PART), PART));
    await expect(keep(body, 2 * PART, failing(watchedStore().store))).rejects.toThrow("this part is down");
    expect(cancelled).toHaveBeenCalledOnce();
  });

  it("to abort as well: what went wrong first is told", async () => {
    const refuse = () => Promise.reject(new Error("no abort"));
    const { body } = bodyOf([pattern(PART)]);
    await expect(keep(body, PART + 1, watchedStore({ abort: refuse }).store)).rejects.toThrow(WrongLength);
  });
});
