import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FillFailed } from "../../src/app/fill-failed.ts";
import type { SourceFacts } from "../../src/app/fill-job.ts";
import { WrongLength } from "../../src/app/read-pieces.ts";
import { PIECE_BYTES, storeWhole } from "../../src/app/store-whole.ts";
import { ChecksumRefused } from "../../src/ports/object-store.ts";
import { checksumOf } from "./declared-checksums.ts";
import { pattern, sha256, storedIn } from "./small-parts.ts";
import { begunJob, bodyOf, FACTS } from "./storing.ts";
import { utf8 } from "./world.ts";

/** Stores a body that is announced with this length. */
async function stored(sent: Uint8Array<ArrayBuffer>, length = sent.length, facts: SourceFacts = FACTS, key = "movie") {
  const { world, job } = await begunJob(sent, key);
  const { body, state } = bodyOf(sent, Math.max(7, Math.ceil(sent.length / 50)));
  return { world, job, state, work: storeWhole(body, { length, facts, job }, world) };
}

describe("a body of the announced length", () => {
  it.each([
    ["nothing", 0],
    ["a byte", 1],
    ["a few bytes", 100],
    ["a piece less a byte", PIECE_BYTES - 1],
    ["a piece", PIECE_BYTES],
    ["a piece and a byte", PIECE_BYTES + 1],
    ["two pieces and more", 2 * PIECE_BYTES + 12_345],
  ])("is put in one request: %s", async (_, length) => {
    const bytes = pattern(length);
    const { world, work } = await stored(bytes);
    expect(await work).toMatchObject({ size: length, computed: { sha256: sha256(bytes) }, partsDigest: null });
    expect(storedIn(world)).toEqual({ objects: [sha256(bytes)], uploads: 0 });
  });

  it("is put whole however it comes in chunks", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(300), fc.integer({ min: 1, max: 40 }), async (length, chunk) => {
        const { world, job } = await begunJob();
        const bytes = pattern(length);
        const { body } = bodyOf(bytes, chunk);
        await storeWhole(body, { length, facts: FACTS, job }, world);
        expect(storedIn(world).objects).toEqual([sha256(bytes)]);
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  it("lies under a generation of its own, with its headers", async () => {
    const headers = { ...FACTS.headers, contentType: "video/mp4", etag: '"a"' };
    const { world, job, work } = await stored(utf8("hello"), 5, { ...FACTS, headers });
    const { generation } = await work;
    expect(await world.store.head(`${job.key.tenant}/${job.key.id}/${generation}`)).toEqual({ size: 5, headers });
  });

  it("needs no body where there is nothing", async () => {
    const { world, job } = await begunJob();
    expect(await storeWhole(null, { length: 0, facts: FACTS, job }, world)).toMatchObject({ size: 0 });
  });
});

describe("a body of another length", () => {
  it.each([
    ["shorter by a byte", 5, 4, "announced 5 bytes and sent fewer"],
    ["empty", 5, 0, "announced 5 bytes and sent fewer"],
    ["longer by a byte", 5, 6, "announced 5 bytes and sent more"],
    ["not empty", 0, 1, "announced 0 bytes and sent more"],
    ["longer by far", 5, 100_000, "announced 5 bytes and sent more"],
    ["shorter by a byte, in pieces", PIECE_BYTES + 9, PIECE_BYTES + 8, "sent fewer"],
    ["without its last piece", PIECE_BYTES + 9, PIECE_BYTES, "sent fewer"],
    ["longer by a byte, in pieces", PIECE_BYTES + 9, PIECE_BYTES + 10, "sent more"],
  ])("is not stored: %s", async (_, announced, sent, message) => {
    const { world, work } = await stored(pattern(sent), announced);
    await expect(work).rejects.toBeInstanceOf(WrongLength);
    await expect(work).rejects.toThrow(message);
    expect(storedIn(world)).toEqual({ objects: [], uploads: 0 });
  });

  it("is let go where it is too long", async () => {
    const { work, state } = await stored(pattern(100), 5);
    await expect(work).rejects.toThrow(WrongLength);
    expect(state.cancelled).toBe(true);
  });
});

describe("a body that breaks off", () => {
  it.each([
    ["at once", 0, 100],
    ["in the middle", 50, 100],
    ["where it would have ended", 100, 100],
    ["in its second piece", PIECE_BYTES + 50, 3 * PIECE_BYTES],
  ])("%s is not stored, and says why", async (_, sent, length) => {
    const { world, job } = await begunJob();
    const { body } = bodyOf(pattern(sent), 1_000_003, new Error("connection lost"));
    await expect(storeWhole(body, { length, facts: FACTS, job }, world)).rejects.toThrow("connection lost");
    expect(storedIn(world)).toEqual({ objects: [], uploads: 0 });
  });
});

describe("the store's own comparison", () => {
  const bytes = pattern(100);
  const declared = (algorithm: "md5" | "sha1", of: Uint8Array<ArrayBuffer>) => {
    return { ...FACTS, declared: { [algorithm]: checksumOf(algorithm, of) } };
  };

  it.each(["md5", "sha1"] as const)("spares us a declared %s", async (algorithm) => {
    const { work } = await stored(bytes, 100, declared(algorithm, bytes));
    expect((await work).computed).toEqual({ sha256: sha256(bytes), [algorithm]: checksumOf(algorithm, bytes) });
    const { world, work: wrong } = await stored(bytes, 100, declared(algorithm, pattern(1)));
    await expect(wrong).rejects.toBeInstanceOf(ChecksumRefused);
    expect(storedIn(world).objects).toEqual([]);
  });

  it("is of the MD5 that the key promises, before what was declared", async () => {
    const md5 = checksumOf("md5", bytes);
    const { work } = await stored(bytes, 100, declared("md5", pattern(1)), md5);
    expect((await work).computed).toMatchObject({ md5 });
  });

  it("is not of a CRC: that is ours", async () => {
    const { work } = await stored(bytes, 100, { ...FACTS, declared: { crc32c: "00000000" } });
    expect((await work).computed).toEqual({ sha256: sha256(bytes), crc32c: checksumOf("crc32c", bytes) });
  });
});

it.each(["put", "writer"] as const)("a store whose %s fails is at fault, and not the origin", async (method) => {
  const { world, job } = await begunJob();
  const down = () => Promise.reject(new Error("no room"));
  const writer = { write: down, end: down, abort: async () => {} };
  const store = { ...world.store, [method]: method === "put" ? down : () => writer };
  const bytes = pattern(method === "put" ? 5 : PIECE_BYTES + 1);
  const { body } = bodyOf(bytes, 1_000_003);
  const work = storeWhole(body, { length: bytes.length, facts: FACTS, job }, { ...world, store });
  await expect(work).rejects.toBeInstanceOf(FillFailed);
  await expect(work).rejects.toMatchObject({ fault: { code: "STORE_FAILED" } });
});
