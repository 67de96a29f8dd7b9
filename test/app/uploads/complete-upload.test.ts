import { describe, expect, it } from "vitest";
import { cancelUpload } from "../../../src/app/uploads/cancel-upload.ts";
import { completeUpload } from "../../../src/app/uploads/complete-upload.ts";
import { uploadKey } from "../../../src/core/uploads/upload-path.ts";
import { UPLOAD_LIFE_MS, type UploadPlan } from "../../../src/core/uploads/upload-session.ts";
import {
  begun,
  bytesOf,
  CHUNK,
  digest,
  FILE,
  OTHER,
  refusal,
  SIZE,
  send,
  sendAll,
  storedBytes,
  TENANT,
  type UploadWorld,
  uploadWorld,
} from "./upload-world.ts";

const down = async () => {
  throw new Error("down");
};

/** Something happens to a session while the store joins its parts; `when`: before that, or after. */
function meanwhile(world: UploadWorld, when: "before" | "after", work: () => Promise<unknown>): void {
  const { resumeMultipart } = world.store;
  world.store.resumeMultipart = (key, id) => {
    const upload = resumeMultipart(key, id);
    return {
      ...upload,
      async complete(parts) {
        world.store.resumeMultipart = resumeMultipart;
        if (when === "before") await work();
        await upload.complete(parts);
        if (when === "after") await work();
      },
    };
  };
}

describe("an upload that is completed", () => {
  it("is the file, byte for byte, under its path", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await Promise.all([2, 0, 1].map((index) => send(world, plan, index)));
    const done = await completeUpload(plan, world.parts);
    expect(done).toMatchObject({ status: "completed", path: plan.path, result: { sha256: null, assetId: null } });
    expect(digest(storedBytes(world, plan) ?? new Uint8Array())).toBe(digest(FILE));
    expect(world.store.objects.get(uploadKey(plan))?.headers.etag).toBe(done.result.etag);
    expect(world.store.uploads.size).toBe(0);
  });

  it("is counted once, and answered the same as often as it is asked for", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await sendAll(world, plan);
    const first = await completeUpload(plan, world.parts);
    world.time.now += 2 * UPLOAD_LIFE_MS;
    expect((await completeUpload(plan, world.parts)).result).toEqual(first.result);
    expect(world.usage.of("upload")).toEqual([{ kind: "upload", tenant: TENANT, bytes: SIZE }]);
  });

  it("by many at once is completed once", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await sendAll(world, plan);
    const all = await Promise.all(Array.from({ length: 10 }, () => completeUpload(plan, world.parts)));
    expect(new Set(all.map(({ result }) => JSON.stringify(result))).size).toBe(1);
    expect(world.usage.of("upload")).toHaveLength(1);
    expect(digest(storedBytes(world, plan) ?? new Uint8Array())).toBe(digest(FILE));
  });

  it.each([
    [[], [0, 1, 2], "3 chunks are missing: 0, 1, 2."],
    [[0, 2], [1], "1 chunk is missing: 1."],
  ])("lacks nothing: with %j there it says what is missing", async (sent, missing, message) => {
    const world = uploadWorld();
    const plan = await begun(world);
    for (const index of sent) await send(world, plan, index);
    const error = await refusal(completeUpload(plan, world.parts));
    expect([error.code, error.missing, error.message]).toEqual(["UPLOAD_INCOMPLETE", missing, message]);
    for (const index of missing) await send(world, plan, index);
    await completeUpload(plan, world.parts);
  });

  it("names a hundred of the chunks that are missing", async () => {
    const world = uploadWorld();
    const plan = await begun(world, { size: 200 * CHUNK });
    const error = await refusal(completeUpload(plan, world.parts));
    expect(error.missing).toHaveLength(100);
    expect(error.message).toMatch(/^200 chunks are missing: 0, 1, .*, 99, …\.$/);
  });

  it("may be empty", async () => {
    const world = uploadWorld();
    const plan = await begun(world, { size: 0, sha256: digest(new Uint8Array()) });
    const done = await completeUpload(plan, world.parts);
    expect(done.result.sha256).toBe(digest(new Uint8Array()));
    expect(storedBytes(world, plan)).toHaveLength(0);
    await completeUpload(plan, world.parts);
  });

  it("is nobody else's to complete", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await sendAll(world, plan);
    expect((await refusal(completeUpload({ ...plan, tenant: OTHER }, world.parts))).code).toBe("UPLOAD_NOT_FOUND");
    expect(storedBytes(world, plan)).toBeNull();
  });

  it("cannot be when it was cancelled, or its time is over", async () => {
    const world = uploadWorld();
    const [cancelled, old] = [await begun(world), await begun(world)];
    await sendAll(world, old);
    await cancelUpload(cancelled, world.parts);
    world.time.now += UPLOAD_LIFE_MS;
    for (const plan of [cancelled, old]) {
      expect((await refusal(completeUpload(plan, world.parts))).code).toBe("UPLOAD_COMPLETED");
    }
  });
});

describe("the digest of the whole", () => {
  const whole = (plan: Promise<UploadPlan>) => plan;

  it("is that of a single chunk, and nothing is read again", async () => {
    const world = uploadWorld();
    const bytes = bytesOf(0).slice(0, 100);
    const plan = await whole(begun(world, { size: 100, sha256: digest(bytes) }));
    await send(world, plan, 0, { bytes });
    world.store.get = down;
    expect((await completeUpload(plan, world.parts)).result.sha256).toBe(digest(bytes));
  });

  it("of several chunks is found by reading the file where one was declared", async () => {
    const world = uploadWorld();
    const plan = await begun(world, { sha256: digest(FILE) });
    await sendAll(world, plan);
    expect((await completeUpload(plan, world.parts)).result.sha256).toBe(digest(FILE));
  });

  it("that is another ends the session, and nothing is kept", async () => {
    const world = uploadWorld();
    for (const size of [SIZE, 100]) {
      const plan = await begun(world, { size, sha256: "ab".repeat(32) });
      if (size === SIZE) await sendAll(world, plan);
      else await send(world, plan, 0, { bytes: bytesOf(0).slice(0, 100) });
      const error = await refusal(completeUpload(plan, world.parts));
      expect([error.code, error.message]).toEqual(["INVALID_FIELD", expect.stringContaining("sha256")]);
      expect(await world.uploads.find(plan)).toMatchObject({ status: "cancelled" });
      expect(storedBytes(world, plan)).toBeNull();
    }
    expect(world.store.uploads.size).toBe(0);
    expect(world.usage.events).toEqual([]);
  });

  it("can be asked for again when the file could not be read", async () => {
    const world = uploadWorld();
    const plan = await begun(world, { sha256: digest(FILE) });
    await sendAll(world, plan);
    const { get } = world.store;
    world.store.get = down;
    expect((await refusal(completeUpload(plan, world.parts))).code).toBe("R2_ERROR");
    world.store.get = get;
    expect((await completeUpload(plan, world.parts)).result.sha256).toBe(digest(FILE));
  });
});

describe("completing that breaks off", () => {
  it("at the database goes on with the file that is there", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await sendAll(world, plan);
    const { end } = world.uploads;
    world.uploads.end = down;
    expect((await refusal(completeUpload(plan, world.parts))).code).toBe("DATABASE_ERROR");
    world.uploads.end = end;
    expect(await completeUpload(plan, world.parts)).toMatchObject({ status: "completed" });
    expect(world.usage.of("upload")).toHaveLength(1);
  });

  it("at the store may be repeated", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await sendAll(world, plan);
    meanwhile(world, "before", down);
    expect((await refusal(completeUpload(plan, world.parts))).code).toBe("R2_ERROR");
    await completeUpload(plan, world.parts);
    expect(digest(storedBytes(world, plan) ?? new Uint8Array())).toBe(digest(FILE));
  });

  it("since a chunk was sent again and its last word got lost asks for that chunk alone", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await sendAll(world, plan);
    const { keepChunk } = world.uploads;
    world.uploads.keepChunk = down;
    await refusal(send(world, plan, 1));
    world.uploads.keepChunk = keepChunk;
    const error = await refusal(completeUpload(plan, world.parts));
    expect([error.code, error.missing]).toEqual(["UPLOAD_INCOMPLETE", [1]]);
    await send(world, plan, 1);
    await completeUpload(plan, world.parts);
    expect(digest(storedBytes(world, plan) ?? new Uint8Array())).toBe(digest(FILE));
  });

  it("since a late chunk takes the place of one that is being joined asks for that chunk alone", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await sendAll(world, plan);
    meanwhile(world, "before", () => send(world, plan, 0));
    expect((await refusal(completeUpload(plan, world.parts))).missing).toEqual([0]);
    await send(world, plan, 0);
    await completeUpload(plan, world.parts);
  });

  it("since a chunk came first twice at once, and one of the two died, asks for all", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await sendAll(world, plan);
    const upload = world.store.resumeMultipart(uploadKey(plan), plan.storeUpload ?? "");
    await upload.uploadPart(2, bytesOf(0));
    expect((await refusal(completeUpload(plan, world.parts))).missing).toEqual([0, 1, 2]);
    await sendAll(world, plan);
    await completeUpload(plan, world.parts);
    expect(digest(storedBytes(world, plan) ?? new Uint8Array())).toBe(digest(FILE));
  });

  it("twice at once for the same chunk asks for that chunk alone", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await sendAll(world, plan);
    const upload = world.store.resumeMultipart(uploadKey(plan), plan.storeUpload ?? "");
    await upload.uploadPart(2, bytesOf(0));
    await world.uploads.findForChunk(plan, 1);
    const refusals = await Promise.all([1, 2, 3].map(() => refusal(completeUpload(plan, world.parts))));
    expect(refusals.map(({ missing }) => missing)).toEqual([[1], [1], [1]]);
  });

  it("since the store has let go of the parts ends the session", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await sendAll(world, plan);
    world.store.uploads.clear();
    expect((await refusal(completeUpload(plan, world.parts))).code).toBe("UPLOAD_COMPLETED");
    expect(await world.uploads.find(plan)).toMatchObject({ status: "expired" });
  });
});

describe("a race for the end", () => {
  it.each(["before", "after"] as const)("with a cancellation %s the parts are joined leaves no file", async (when) => {
    const world = uploadWorld();
    const plan = await begun(world);
    await sendAll(world, plan);
    meanwhile(world, when, () => cancelUpload(plan, world.parts));
    expect((await refusal(completeUpload(plan, world.parts))).code).toBe("UPLOAD_COMPLETED");
    expect(await world.uploads.find(plan)).toMatchObject({ status: "cancelled" });
    expect([storedBytes(world, plan), world.store.uploads.size]).toEqual([null, 0]);
    expect(world.usage.events).toEqual([]);
  });

  it("with a late chunk leaves the file as it was joined", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await sendAll(world, plan);
    const late = { code: "" };
    meanwhile(world, "after", async () => {
      late.code = (await refusal(send(world, plan, 0, { bytes: bytesOf(0).fill(9) }))).code;
    });
    await completeUpload(plan, world.parts);
    expect(late.code).toBe("UPLOAD_COMPLETED");
    expect(digest(storedBytes(world, plan) ?? new Uint8Array())).toBe(digest(FILE));
  });
});

describe("an upload that becomes an asset", () => {
  it("is one when it is complete, and the same one ever after", async () => {
    const made: string[] = [];
    const world = uploadWorld({
      async makeAsset(session) {
        made.push(session.path);
        return "asset-1";
      },
    });
    const plan = await begun(world, { asset: true });
    await sendAll(world, plan);
    expect((await completeUpload(plan, world.parts)).result.assetId).toBe("asset-1");
    expect((await completeUpload(plan, world.parts)).result.assetId).toBe("asset-1");
    expect(made).toEqual([plan.path]);
  });

  it("is complete though that fails, and is asked for again", async () => {
    let makeAsset: () => Promise<string> = down;
    const world = uploadWorld({ makeAsset: () => makeAsset() });
    const plan = await begun(world, { asset: true });
    await sendAll(world, plan);
    expect((await refusal(completeUpload(plan, world.parts))).code).toBe("DATABASE_ERROR");
    expect(await world.uploads.find(plan)).toMatchObject({ status: "completed", result: { assetId: null } });
    makeAsset = async () => "asset-2";
    expect((await completeUpload(plan, world.parts)).result.assetId).toBe("asset-2");
    expect(world.usage.of("upload")).toHaveLength(1);
  });
});
