import { describe, expect, it } from "vitest";
import { describeUpload } from "../../../src/app/uploads/describe-upload.ts";
import { UPLOAD_LIFE_MS } from "../../../src/core/uploads/upload-session.ts";
import { fakeObjectStore } from "../../fakes/object-store.ts";
import { begun, bytesOf, CHUNK, digest, OTHER, refusal, send, sendAll, TENANT, uploadWorld } from "./upload-world.ts";

/** A body that says nothing after its first byte. */
const silent = () =>
  new ReadableStream<Uint8Array>({
    type: "bytes",
    start: (controller: ReadableByteStreamController) => controller.enqueue(new Uint8Array(1)),
  } as never);

/** A body that breaks off after some bytes. */
const broken = () =>
  new ReadableStream<Uint8Array>({
    type: "bytes",
    start: (controller: ReadableByteStreamController) => controller.enqueue(new Uint8Array(10)),
    pull: (controller: ReadableByteStreamController) => controller.error(new Error("connection reset")),
  } as never);

describe("a chunk", () => {
  it("is kept with its digest, in whatever order it comes", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    for (const index of [2, 0, 1]) await send(world, plan, index);
    const kept = await world.uploads.chunks(plan);
    expect(kept.map(({ index, bytes, sha256 }) => ({ index, bytes, sha256 }))).toEqual(
      [0, 1, 2].map((index) => ({ index, bytes: bytesOf(index).length, sha256: digest(bytesOf(index)) })),
    );
    expect(await describeUpload(plan, world.parts)).toMatchObject({ chunks: [0, 1, 2], bytes: 2 * CHUNK + 7 });
  });

  it("is taken with others at the same time", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await Promise.all([0, 1, 2].map((index) => send(world, plan, index)));
    expect((await describeUpload(plan, world.parts)).chunks).toEqual([0, 1, 2]);
  });

  it("is taken again, and the last one counts", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await send(world, plan, 0);
    const other = bytesOf(0).fill(7);
    await send(world, plan, 0, { bytes: other });
    expect((await world.uploads.chunks(plan))[0]).toMatchObject({ sha256: digest(other) });
  });

  it("is taken without a length that is told beforehand", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await send(world, plan, 0, { length: null });
    expect((await describeUpload(plan, world.parts)).chunks).toEqual([0]);
  });

  it("is compared with what was declared of it", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    const bytes = bytesOf(1);
    await send(world, plan, 1, { declared: { sha256: digest(bytes), md5: digest(bytes, "md5") } });
    expect((await describeUpload(plan, world.parts)).chunks).toEqual([1]);
  });

  it.each([
    ["Content-MD5", { md5: "ab".repeat(16) }],
    ["X-Chunk-SHA256", { sha256: "ab".repeat(32) }],
  ])("with a wrong %s is refused, and nothing of it is kept", async (field, declared) => {
    const world = uploadWorld();
    const plan = await begun(world);
    const error = await refusal(send(world, plan, 0, { declared }));
    expect([error.code, error.message]).toEqual(["INVALID_FIELD", expect.stringContaining(field)]);
    expect(await describeUpload(plan, world.parts)).toMatchObject({ chunks: [], bytes: 0 });
    expect(world.store.uploads.get(plan.storeUpload ?? "")?.parts.size).toBe(0);
    await send(world, plan, 0);
    expect((await describeUpload(plan, world.parts)).chunks).toEqual([0]);
  });

  it("with a wrong digest leaves the one that was there before", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await send(world, plan, 0);
    const [before] = await world.uploads.chunks(plan);
    await refusal(send(world, plan, 0, { bytes: bytesOf(0).fill(1), declared: { sha256: digest(bytesOf(0)) } }));
    expect((await world.uploads.chunks(plan))[0]).toEqual(before);
  });

  it.each([
    ["a byte less", CHUNK - 1],
    ["a byte more", CHUNK + 1],
    ["nothing", 0],
  ])("of %s is refused, whether or not its length is told beforehand", async (_, length) => {
    const world = uploadWorld();
    const plan = await begun(world);
    for (const told of [length, null]) {
      const error = await refusal(send(world, plan, 0, { bytes: new Uint8Array(length), length: told }));
      expect([error.code, error.message]).toEqual(["INVALID_FIELD", expect.stringContaining(String(CHUNK))]);
    }
    expect((await refusal(send(world, plan, 2, { bytes: bytesOf(0) }))).message).toContain("exactly 7 bytes");
    expect((await describeUpload(plan, world.parts)).chunks).toEqual([]);
    await sendAll(world, plan);
  });

  it("without a body is refused", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    expect((await refusal(send(world, plan, 0, { body: null, length: null }))).code).toBe("INVALID_FIELD");
  });

  it.each([-1, 3, 0.5, Number.NaN, 10_000])("of index %d is refused where there are three", async (index) => {
    const world = uploadWorld();
    const plan = await begun(world);
    const error = await refusal(send(world, plan, index, { bytes: bytesOf(0) }));
    expect([error.code, error.message]).toEqual(["INVALID_FIELD", "X-Chunk-Index: must be 0 to 2."]);
  });

  it("of an empty file is refused", async () => {
    const world = uploadWorld();
    const plan = await begun(world, { size: 0 });
    expect((await refusal(send(world, plan, 0))).code).toBe("INVALID_FIELD");
  });

  it("is not taken by another tenant's name, nor by an id that is none", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    expect((await refusal(send(world, { ...plan, tenant: OTHER }, 0))).code).toBe("UPLOAD_NOT_FOUND");
    expect((await refusal(send(world, { ...plan, id: "1" }, 0))).code).toBe("UPLOAD_NOT_FOUND");
    expect(plan.tenant).toBe(TENANT);
  });

  it("is not taken after the end, nor when the session's time is over", async () => {
    const world = uploadWorld();
    const [ended, old] = [await begun(world), await begun(world)];
    await world.uploads.end(ended, { status: "cancelled" }, world.time.now);
    expect((await refusal(send(world, ended, 0))).code).toBe("UPLOAD_COMPLETED");
    world.time.now += UPLOAD_LIFE_MS;
    expect((await refusal(send(world, old, 0))).code).toBe("UPLOAD_COMPLETED");
  });

  it("is not taken here when it goes straight to the store", async () => {
    const world = uploadWorld();
    const plan = await begun(world, {}, { kind: "direct" });
    expect((await refusal(send(world, plan, 0))).code).toBe("INVALID_FIELD");
  });

  it("that stops or breaks off on its way is refused, and may be sent again", async () => {
    const world = uploadWorld({ idleMs: 20 });
    const plan = await begun(world);
    expect((await refusal(send(world, plan, 0, { body: silent() }))).message).toContain("stopped coming");
    expect((await refusal(send(world, plan, 0, { body: broken() }))).message).toContain("broke off");
    await send(world, plan, 0);
    expect((await describeUpload(plan, world.parts)).chunks).toEqual([0]);
  });

  it("that comes while the session is cancelled is told so", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    const { resumeMultipart } = world.store;
    world.store.resumeMultipart = (key, id) => {
      const upload = resumeMultipart(key, id);
      return {
        ...upload,
        partWriter(number, length) {
          const writer = upload.partWriter(number, length);
          const end = async () => {
            await world.uploads.end(plan, { status: "cancelled" }, world.time.now);
            await upload.abort();
            return await writer.end();
          };
          return { ...writer, end };
        },
      };
    };
    expect((await refusal(send(world, plan, 0))).code).toBe("UPLOAD_COMPLETED");
    expect(world.faults).toEqual([]);
  });

  it.each(["R2_ERROR", "DATABASE_ERROR"] as const)("says %s when that fails, and may be sent again", async (code) => {
    const down = async () => {
      throw new Error("down");
    };
    const world = uploadWorld();
    const plan = await begun(world);
    const healthy = { keepChunk: world.uploads.keepChunk, resumeMultipart: world.store.resumeMultipart };
    if (code === "DATABASE_ERROR") world.uploads.keepChunk = down;
    else {
      world.store.resumeMultipart = (key, id) => ({
        ...healthy.resumeMultipart(key, id),
        partWriter: () => ({ write: down, end: down, abort: async () => {} }),
      });
    }
    const error = await refusal(send(world, plan, 0));
    expect([error.code, world.faults.length]).toEqual([code, 1]);
    Object.assign(world.uploads, { keepChunk: healthy.keepChunk });
    Object.assign(world.store, { resumeMultipart: healthy.resumeMultipart });
    await send(world, plan, 0);
    expect((await describeUpload(plan, world.parts)).chunks).toEqual([0]);
  });

  it("holds no more of a chunk in memory than a piece", async () => {
    const store = fakeObjectStore();
    let largest = 0;
    const { resumeMultipart } = store;
    store.resumeMultipart = (key, id) => {
      const upload = resumeMultipart(key, id);
      return {
        ...upload,
        partWriter(number, length) {
          const writer = upload.partWriter(number, length);
          return {
            ...writer,
            async write(bytes) {
              largest = Math.max(largest, bytes.length);
              await writer.write(bytes);
            },
          };
        },
      };
    };
    const world = uploadWorld({ store });
    await send(world, await begun(world), 0);
    expect(largest).toBeLessThanOrEqual(2 ** 20);
  });
});
