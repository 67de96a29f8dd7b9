import { describe, expect, it } from "vitest";
import { joinParts } from "../../src/app/join-parts.ts";
import type { Draft } from "../../src/app/keep-parts.ts";
import type { DonePart } from "../../src/core/fills/fill-plan.ts";
import { UploadGone } from "../../src/ports/object-store.ts";
import { checksumOf } from "./declared-checksums.ts";
import { pattern, sha256, storedIn } from "./small-parts.ts";
import { begunJob, draftOf, planned } from "./storing.ts";

const BODY = pattern(35);
const PARTS = [0, 10, 20, 30].map((start) => BODY.slice(start, start + 10));
const OVER_PARTS = sha256(Buffer.concat(PARTS.map((bytes) => Buffer.from(sha256(bytes), "hex"))));

/** All parts of {@link BODY} in the store; `hashed`: each with digests of its own. */
async function readyToJoin(changes: Partial<Draft> = {}, hashed = true, publicKey = "movie") {
  const { world, job } = await begunJob(BODY, publicKey);
  const draft = draftOf(35, { resumeTag: '"v1"', lanes: 4, ...changes });
  const plan = await planned(world, job, draft);
  const upload = world.store.resumeMultipart(`${job.key.tenant}/${job.key.id}/planned`, plan.uploadId);
  const done: DonePart[] = [];
  for (const [index, bytes] of PARTS.entries()) {
    const etag = await upload.uploadPart(index + 1, bytes);
    const crc = plan.partCrc && hashed ? checksumOf(plan.partCrc, bytes) : null;
    done.push({ number: index + 1, etag, bytes: bytes.length, sha256: hashed ? sha256(bytes) : null, crc });
  }
  let reads = 0;
  const store: typeof world.store = {
    ...world.store,
    async get(...call) {
      reads += 1;
      return await world.store.get(...call);
    },
  };
  const join = (parts = done) => joinParts(job, plan, upload, parts, { ...world, store });
  return { world, upload, done, join, reads: () => reads };
}

describe("joining parts that were fetched side by side", () => {
  it("gives the digest over those of the parts, and reads nothing", async () => {
    const { world, join, reads } = await readyToJoin();
    expect(await join()).toMatchObject({
      ...{ size: 35, generation: "planned", computed: {} },
      partsDigest: { sha256: OVER_PARTS, partBytes: 10 },
    });
    expect(storedIn(world)).toEqual({ objects: [sha256(BODY)], uploads: 0 });
    expect(reads()).toBe(0);
  });

  it.each(["crc32", "crc32c", "crc64nvme"] as const)("puts a declared %s together, and reads nothing", async (crc) => {
    const { join, reads } = await readyToJoin({ declared: { [crc]: "00" }, partCrc: crc });
    expect((await join()).computed).toEqual({ [crc]: checksumOf(crc, BODY) });
    expect(reads()).toBe(0);
  });

  it.each(["md5", "sha1", "sha256"] as const)("reads once what is stored where a %s was declared", async (hash) => {
    const { join, reads } = await readyToJoin({ declared: { [hash]: "00" } });
    const { computed, partsDigest } = await join();
    expect(computed).toEqual({ sha256: sha256(BODY), [hash]: checksumOf(hash, BODY) });
    expect(partsDigest).toEqual({ sha256: OVER_PARTS, partBytes: 10 });
    expect(reads()).toBe(1);
  });

  it("reads once what is stored under a key that promises what it is", async () => {
    const { join, reads } = await readyToJoin({}, true, sha256(BODY));
    expect((await join()).computed.sha256).toBe(sha256(BODY));
    expect(reads()).toBe(1);
  });

  it("reads what is stored where a stream broke off, and its first parts have no digests", async () => {
    const { join, reads } = await readyToJoin({ lanes: 1, partCrc: null }, false);
    expect(await join()).toMatchObject({ computed: { sha256: sha256(BODY) }, partsDigest: null });
    expect(reads()).toBe(1);
  });
});

describe("joining again what an attempt before this one has joined", () => {
  it("finds the object there", async () => {
    const { world, upload, done, join } = await readyToJoin();
    await upload.complete(done);
    expect(await join()).toMatchObject({ size: 35, partsDigest: { sha256: OVER_PARTS } });
    expect(storedIn(world).objects).toEqual([sha256(BODY)]);
  });

  it("tells that the upload is gone where there is no object", async () => {
    const { upload, join } = await readyToJoin();
    await upload.abort();
    await expect(join()).rejects.toBeInstanceOf(UploadGone);
  });
});

describe("a store that does not join", () => {
  it("since a part is missing is at fault, and nothing can be read", async () => {
    const { world, done, join } = await readyToJoin();
    await expect(join(done.filter(({ number }) => number !== 2))).rejects.toMatchObject({
      fault: { code: "STORE_FAILED" },
    });
    expect(world.store.objects.size).toBe(0);
  });

  it("since a part was sent again in between has lost the upload, and may be asked again with its new name", async () => {
    const { world, upload, done, join } = await readyToJoin();
    const etag = await upload.uploadPart(2, PARTS[1] ?? new Uint8Array());
    await expect(join()).rejects.toBeInstanceOf(UploadGone);
    await join(done.map((part) => (part.number === 2 ? { ...part, etag } : part)));
    expect(storedIn(world)).toEqual({ objects: [sha256(BODY)], uploads: 0 });
  });
});
