import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClaimLost } from "../../src/app/fill-failed.ts";
import { TookTooLong } from "../../src/app/read-body.ts";
import { WrongLength } from "../../src/app/read-pieces.ts";
import { storeStream } from "../../src/app/store-stream.ts";
import { HOUR } from "../core/samples.ts";
import { checksumOf } from "./declared-checksums.ts";
import { pattern, sha256, storedIn } from "./small-parts.ts";
import { begunJob, bodyOf, draftOf } from "./storing.ts";

describe("a body of known length", () => {
  it.each([
    ["a part", 10, [10]],
    ["a part and a byte", 11, [10, 1]],
    ["two parts", 20, [10, 10]],
    ["two parts and more", 27, [10, 10, 7]],
  ])("goes in equal parts, the last shorter: %s", async (_, length, sizes) => {
    const { world, job } = await begunJob();
    const bytes = pattern(length);
    const noted: number[] = [];
    const gate: typeof world.gate = {
      ...world.gate,
      async partDone(...call) {
        noted.push(call[2].bytes);
        return await world.gate.partDone(...call);
      },
    };
    const stored = await storeStream(bodyOf(bytes).body, draftOf(length), job, { ...world, gate });
    expect(stored).toMatchObject({ size: length, computed: { sha256: sha256(bytes) }, partsDigest: null });
    expect(storedIn(world)).toEqual({ objects: [sha256(bytes)], uploads: 0 });
    expect(noted).toEqual(sizes);
  });

  it("is stored whole however it comes in chunks, its length known or not", async () => {
    const length = fc.integer({ min: 1, max: 200 });
    await fc.assert(
      fc.asyncProperty(length, fc.integer({ min: 1, max: 40 }), fc.boolean(), async (size, chunk, known) => {
        const { world, job } = await begunJob();
        const bytes = pattern(size);
        const stored = await storeStream(bodyOf(bytes, chunk).body, draftOf(known ? size : null), job, world);
        expect(stored).toMatchObject({ size, computed: { sha256: sha256(bytes) } });
        expect(storedIn(world)).toEqual({ objects: [sha256(bytes)], uploads: 0 });
      }),
      { numRuns: 100, seed: 4 },
    );
  });

  it.each([
    ["shorter by a byte", 35, 34, "sent fewer"],
    ["without its last part", 35, 30, "sent fewer"],
    ["longer by a byte", 35, 36, "sent more"],
    ["a part too long", 30, 40, "sent more"],
  ])("is not stored when it is %s", async (_, announced, sent, message) => {
    const { world, job } = await begunJob();
    const { body, state } = bodyOf(pattern(sent));
    const work = storeStream(body, draftOf(announced), job, world);
    await expect(work).rejects.toBeInstanceOf(WrongLength);
    await expect(work).rejects.toThrow(message);
    expect(world.store.objects.size).toBe(0);
    expect(state.cancelled).toBe(sent > announced);
  });

  it("is hashed on its way for whatever was declared, and for what the key promises", async () => {
    const bytes = pattern(35);
    const { world, job } = await begunJob(bytes, checksumOf("md5", bytes));
    const draft = draftOf(35, { declared: { crc32c: checksumOf("crc32c", bytes) } });
    const { computed } = await storeStream(bodyOf(bytes).body, draft, job, world);
    const names = ["sha256", "md5", "crc32c"] as const;
    expect(computed).toEqual(Object.fromEntries(names.map((name) => [name, checksumOf(name, bytes)])));
  });
});

describe("a body of unknown length", () => {
  it.each([0, 1, 9])("that ends inside the first part is put at once: %i bytes", async (length) => {
    const { world, job } = await begunJob();
    let uploads = 0;
    const store: typeof world.store = {
      ...world.store,
      async createMultipart(...call) {
        uploads += 1;
        return await world.store.createMultipart(...call);
      },
    };
    const stored = await storeStream(bodyOf(pattern(length)).body, draftOf(null), job, { ...world, store });
    expect(stored).toMatchObject({ size: length });
    expect(storedIn(world).objects).toEqual([sha256(pattern(length))]);
    expect(uploads).toBe(0);
  });

  it("that is larger than its tenant stores is refused as soon as that shows", async () => {
    const { world, job } = await begunJob();
    const tenant = { ...job.tenant, fill: { ...job.tenant.fill, maxObjectBytes: 25 } };
    const { body, state } = bodyOf(pattern(1000));
    const work = storeStream(body, draftOf(null), { ...job, tenant }, world);
    await expect(work).rejects.toMatchObject({ fault: { code: "TOO_LARGE" } });
    expect(state.cancelled).toBe(true);
    expect(world.store.objects.size).toBe(0);
  });

  it("that is larger than its tenant stores is refused where it fits a part, too", async () => {
    const { world, job } = await begunJob();
    const tenant = { ...job.tenant, fill: { ...job.tenant.fill, maxObjectBytes: 8 } };
    const work = storeStream(bodyOf(pattern(9)).body, draftOf(null), { ...job, tenant }, world);
    await expect(work).rejects.toMatchObject({ fault: { code: "TOO_LARGE" } });
    expect(world.store.objects.size).toBe(0);
  });

  it("that is just as large as its tenant stores is stored", async () => {
    const { world, job } = await begunJob();
    const tenant = { ...job.tenant, fill: { ...job.tenant.fill, maxObjectBytes: 35 } };
    const stored = await storeStream(bodyOf(pattern(35)).body, draftOf(null), { ...job, tenant }, world);
    expect(stored).toMatchObject({ size: 35 });
  });
});

describe("a stream that ends too early", () => {
  it("leaves its parts to whoever goes on", async () => {
    const { world, job } = await begunJob();
    const { body } = bodyOf(pattern(25), 7, new Error("connection lost"));
    await expect(storeStream(body, draftOf(60), job, world)).rejects.toThrow("connection lost");
    expect(await world.gate.progress(job.key)).toMatchObject({ parts: 2, bytes: 20, totalBytes: 60, totalParts: 6 });
    expect(storedIn(world)).toEqual({ objects: [], uploads: 1 });
  });

  it("because the attempt's time is over lets the body go", async () => {
    const { world, job } = await begunJob();
    world.clock.advance(2 * HOUR);
    const { body, state } = bodyOf(pattern(60));
    const work = storeStream(body, draftOf(60), job, world);
    await expect(work).rejects.toBeInstanceOf(TookTooLong);
    expect(state.cancelled).toBe(true);
  });

  it("because the claim is lost before it begins leaves no upload, and lets the body go", async () => {
    const { world, job } = await begunJob();
    await world.gate.revoke(job.key);
    const { body, state } = bodyOf(pattern(60));
    await expect(storeStream(body, draftOf(60), job, world)).rejects.toBeInstanceOf(ClaimLost);
    expect(storedIn(world)).toEqual({ objects: [], uploads: 0 });
    expect(state.cancelled).toBe(true);
  });

  it("because the claim is lost on the way is told as that, and not as a fault of the store's", async () => {
    const { world, job } = await begunJob();
    const gate: typeof world.gate = {
      ...world.gate,
      async partDone(...call) {
        await world.gate.revoke(job.key);
        return await world.gate.partDone(...call);
      },
    };
    await expect(storeStream(bodyOf(pattern(60)).body, draftOf(60), job, { ...world, gate })).rejects.toBeInstanceOf(
      ClaimLost,
    );
  });
});
