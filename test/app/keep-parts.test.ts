import { describe, expect, it } from "vitest";
import { ClaimLost, FillFailed } from "../../src/app/fill-failed.ts";
import { keepParts } from "../../src/app/keep-parts.ts";
import { checksumOf } from "./declared-checksums.ts";
import { pattern, sha256, storedIn } from "./small-parts.ts";
import { begunJob, draftOf } from "./storing.ts";
import { failing } from "./world.ts";

const BODY = pattern(25);
const PIECES = [BODY.slice(0, 10), BODY.slice(10, 20), BODY.slice(20)];

describe("a keeper of parts", () => {
  it("stores each, tells the gate of it, and joins all at the end", async () => {
    const { world, job } = await begunJob();
    const keeper = await keepParts(job, draftOf(25), world);
    expect(await world.gate.progress(job.key)).toMatchObject({ parts: 0, totalBytes: 25, totalParts: 3 });
    for (const piece of PIECES) await keeper.keep(piece);
    const stored = await keeper.end();
    expect(stored).toMatchObject({ size: 25, computed: { sha256: sha256(BODY) }, partsDigest: null });
    expect(await world.gate.progress(job.key)).toMatchObject({ parts: 3, bytes: 25 });
    expect(storedIn(world)).toEqual({ objects: [sha256(BODY)], uploads: 0 });
  });

  it("leaves the caller's buffer to the caller as soon as a part is stored", async () => {
    const { world, job } = await begunJob();
    const keeper = await keepParts(job, draftOf(25), world);
    const buffer = new Uint8Array(10);
    for (const piece of PIECES) {
      buffer.set(piece);
      await keeper.keep(buffer.subarray(0, piece.length));
      buffer.fill(0);
    }
    expect((await keeper.end()).computed.sha256).toBe(sha256(BODY));
    expect(storedIn(world).objects).toEqual([sha256(BODY)]);
  });

  it("computes what was declared, and what the key promises", async () => {
    const { world, job } = await begunJob(BODY, checksumOf("md5", BODY));
    const keeper = await keepParts(job, draftOf(25, { declared: { sha1: "00".repeat(20), crc32: "00000000" } }), world);
    for (const piece of PIECES) await keeper.keep(piece);
    const { computed } = await keeper.end();
    expect(computed).toMatchObject({ sha256: sha256(BODY), md5: checksumOf("md5", BODY) });
    expect(computed.sha1).toBe(checksumOf("sha1", BODY));
  });

  it("tells the gate of the upload before it keeps anything", async () => {
    const { world, job } = await begunJob();
    await keepParts(job, draftOf(25), world);
    const begun = await world.gate.begin(job.key, job.holder);
    const [uploadId] = [...world.store.uploads.keys()];
    expect(begun).toMatchObject({ plan: { uploadId, size: 25, partBytes: 10 } });
  });
});

describe("a keeper whose claim is lost", () => {
  it("before it begins leaves no upload", async () => {
    const { world, job } = await begunJob();
    await world.gate.revoke(job.key);
    await expect(keepParts(job, draftOf(25), world)).rejects.toBeInstanceOf(ClaimLost);
    expect(storedIn(world)).toEqual({ objects: [], uploads: 0 });
  });

  it("between two parts keeps no further one, and joins nothing", async () => {
    const { world, job } = await begunJob();
    const keeper = await keepParts(job, draftOf(25), world);
    await keeper.keep(BODY.slice(0, 10));
    await world.gate.revoke(job.key);
    await world.settled();
    await expect(keeper.keep(BODY.slice(10, 20))).rejects.toBeInstanceOf(ClaimLost);
    expect(storedIn(world)).toEqual({ objects: [], uploads: 0 });
  });

  it("before the end joins nothing", async () => {
    const { world, job } = await begunJob();
    let lost = false;
    const gate: typeof world.gate = {
      ...world.gate,
      partDone: async (...call) => !lost && world.gate.partDone(...call),
    };
    const keeper = await keepParts(job, draftOf(25), { ...world, gate });
    for (const piece of PIECES) {
      lost = piece === PIECES.at(-1);
      await keeper.keep(piece);
    }
    await expect(keeper.end()).rejects.toBeInstanceOf(ClaimLost);
    expect(world.store.objects.size).toBe(0);
  });
});

describe("a keeper whose parts fail it", () => {
  it("the gate, before it knows of the upload: that is aborted", async () => {
    const { world, job } = await begunJob();
    const parts = { ...world, gate: failing(world.gate, "plan") };
    await expect(keepParts(job, draftOf(25), parts)).rejects.toThrow("this part is down");
    expect(world.store.uploads.size).toBe(0);
  });

  it("the gate, when it is told of a part: the next one is not kept", async () => {
    const { world, job } = await begunJob();
    const keeper = await keepParts(job, draftOf(25), { ...world, gate: failing(world.gate, "partDone") });
    await keeper.keep(BODY.slice(0, 10));
    await expect(keeper.keep(BODY.slice(10, 20))).rejects.toThrow("this part is down");
  });

  it("the store: that is told as its fault", async () => {
    const { world, job } = await begunJob();
    const store = { ...world.store, createMultipart: () => Promise.reject(new Error("no room")) };
    const work = keepParts(job, draftOf(25), { ...world, store });
    await expect(work).rejects.toBeInstanceOf(FillFailed);
    await expect(work).rejects.toMatchObject({ fault: { code: "STORE_FAILED" } });
  });
});
