import { describe, expect, it } from "vitest";
import { cancelUpload } from "../../../src/app/uploads/cancel-upload.ts";
import { completeUpload } from "../../../src/app/uploads/complete-upload.ts";
import { describeUpload } from "../../../src/app/uploads/describe-upload.ts";
import { LATE_MS, sweepUploads } from "../../../src/app/uploads/sweep-uploads.ts";
import { uploadKey } from "../../../src/core/uploads/upload-path.ts";
import { UPLOAD_LIFE_MS, type UploadStatus } from "../../../src/core/uploads/upload-session.ts";
import { begun, OTHER, refusal, SIZE, send, sendAll, storedBytes, uploadWorld } from "./upload-world.ts";

const down = async () => {
  throw new Error("down");
};

describe("an upload that is cancelled", () => {
  it("leaves nothing in the store", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await send(world, plan, 1);
    await cancelUpload(plan, world.parts);
    expect(world.store.uploads.size).toBe(0);
    expect(await describeUpload(plan, world.parts)).toMatchObject({
      ...{ session: { status: "cancelled" }, chunks: [], bytes: 0 },
    });
  });

  it("cannot be cancelled again, nor when it was completed, nor by another tenant", async () => {
    const world = uploadWorld();
    const [cancelled, done] = [await begun(world), await begun(world)];
    expect((await refusal(cancelUpload({ ...done, tenant: OTHER }, world.parts))).code).toBe("UPLOAD_NOT_FOUND");
    await sendAll(world, done);
    await completeUpload(done, world.parts);
    await cancelUpload(cancelled, world.parts);
    for (const plan of [cancelled, done]) {
      expect((await refusal(cancelUpload(plan, world.parts))).code).toBe("UPLOAD_COMPLETED");
    }
    expect(storedBytes(world, done)).toHaveLength(SIZE);
  });

  it("is so though the store fails, and the sweep clears it up later", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await send(world, plan, 0);
    const { delete: remove, resumeMultipart } = world.store;
    Object.assign(world.store, { delete: down, resumeMultipart: () => ({ abort: down }) });
    await cancelUpload(plan, world.parts);
    expect([world.store.uploads.size, world.faults.length]).toEqual([1, 1]);
    Object.assign(world.store, { delete: remove, resumeMultipart });
    world.time.now += LATE_MS + 1;
    await sweepUploads(world.parts);
    expect(world.store.uploads.size).toBe(0);
  });

  it("is refused when the database fails, and goes on", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    const { end } = world.uploads;
    world.uploads.end = down;
    expect((await refusal(cancelUpload(plan, world.parts))).code).toBe("DATABASE_ERROR");
    world.uploads.end = end;
    await sendAll(world, plan);
    await completeUpload(plan, world.parts);
  });
});

describe("what is told of an upload", () => {
  it("is where it stands, and what an interrupted client need not send again", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    const told = async () => {
      const { session, chunks, bytes } = await describeUpload(plan, world.parts);
      return [session.status, chunks, bytes];
    };
    expect(await told()).toEqual(["initiated", [], 0]);
    await send(world, plan, 2);
    expect(await told()).toEqual(["in_progress", [2], 7]);
    await send(world, plan, 0);
    await send(world, plan, 1);
    await completeUpload(plan, world.parts);
    expect(await told()).toEqual(["completed", [0, 1, 2], SIZE]);
  });

  it("is that it has expired as soon as it has, before any sweep", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    world.time.now += UPLOAD_LIFE_MS;
    expect((await describeUpload(plan, world.parts)).session.status).toBe("expired");
  });

  it("is nothing to another tenant", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    expect((await refusal(describeUpload({ ...plan, tenant: OTHER }, world.parts))).code).toBe("UPLOAD_NOT_FOUND");
  });
});

describe("the sweep of uploads", () => {
  const statuses = async (world: ReturnType<typeof uploadWorld>) =>
    [...world.uploads.rows.values()].map(({ session }): UploadStatus => session.status);

  it("ends those whose time is over, and takes their parts out of the store", async () => {
    const world = uploadWorld();
    const [one, other] = [await begun(world), await begun(world)];
    await send(world, one, 0);
    await send(world, other, 0);
    world.time.now += UPLOAD_LIFE_MS - 1;
    const young = await begun(world);
    await sweepUploads(world.parts);
    expect(world.store.uploads.size).toBe(3);
    world.time.now += 1;
    await sweepUploads(world.parts);
    expect(await statuses(world)).toEqual(["expired", "expired", "initiated"]);
    expect([...world.store.uploads.keys()]).toEqual([young.storeUpload]);
  });

  it("finds a file that was joined too late for anybody to want it", async () => {
    const world = uploadWorld();
    const plan = await begun(world);
    await sendAll(world, plan);
    await cancelUpload(plan, world.parts);
    world.store.objects.set(uploadKey(plan), { bytes: new Uint8Array(1), headers: {} as never, storedAt: 0 });
    await sweepUploads(world.parts);
    expect(storedBytes(world, plan)).toHaveLength(1);
    world.time.now += LATE_MS + 1;
    await sweepUploads(world.parts);
    expect(storedBytes(world, plan)).toBeNull();
  });

  it("leaves nothing that nobody owns, and every file that somebody does", async () => {
    const world = uploadWorld();
    const done = await begun(world);
    await sendAll(world, done);
    await completeUpload(done, world.parts);
    for (let each = 0; each < 5; each += 1) await send(world, await begun(world), each % 3);
    for (let each = 0; each < 5; each += 1) await cancelUpload(await begun(world), world.parts);
    for (const wait of [UPLOAD_LIFE_MS, LATE_MS + 1, UPLOAD_LIFE_MS + 1]) {
      world.time.now += wait;
      await sweepUploads(world.parts);
    }
    expect([...world.uploads.rows.keys()]).toEqual([done.id]);
    expect([[...world.store.objects.keys()], world.store.uploads.size]).toEqual([[uploadKey(done)], 0]);
    expect(world.faults).toEqual([]);
  });

  it("goes on with the others when one cannot be ended, and comes back to it", async () => {
    const world = uploadWorld();
    const [stuck, other] = [await begun(world), await begun(world)];
    const { end } = world.uploads;
    world.uploads.end = async (name, ...rest) => (name.id === stuck.id ? await down() : await end(name, ...rest));
    world.time.now += UPLOAD_LIFE_MS;
    await sweepUploads(world.parts);
    expect(await world.uploads.find(other)).toMatchObject({ status: "expired" });
    expect(world.faults).toHaveLength(1);
    world.uploads.end = end;
    await sweepUploads(world.parts);
    expect(await statuses(world)).toEqual(["expired", "expired"]);
  });

  it("reports a database that fails, and ends all the same", async () => {
    const world = uploadWorld();
    world.uploads.overdue = down;
    await sweepUploads(world.parts);
    expect(world.faults).toHaveLength(1);
  });
});
