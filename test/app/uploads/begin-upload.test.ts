import { describe, expect, it } from "vitest";
import { SnapbyteError } from "../../../src/core/errors.ts";
import { uploadKey } from "../../../src/core/uploads/upload-path.ts";
import { UPLOAD_LIFE_MS } from "../../../src/core/uploads/upload-session.ts";
import { NOON } from "../../core/samples.ts";
import { begun, CHUNK, OTHER, refusal, SIZE, TENANT, uploadWorld } from "./upload-world.ts";

const UUID = "1a2b3c4d-0000-4000-8000-000000000000";

describe("an upload that begins", () => {
  it("gets an id, chunks, a place of its own and a week", async () => {
    const world = uploadWorld({ newId: () => UUID });
    const plan = await begun(world);
    expect(plan).toMatchObject({
      ...{ id: `${NOON}-${UUID}`, chunkBytes: CHUNK, path: "creator/user123/20261120/video/video-1a2b3c4d.mp4" },
      ...{ createdAt: NOON, expiresAt: NOON + UPLOAD_LIFE_MS },
    });
    expect(await world.uploads.find(plan)).toMatchObject({ ...plan, status: "initiated" });
    expect(world.store.uploads.get(plan.storeUpload ?? "")).toMatchObject({
      key: uploadKey(plan),
      headers: { contentType: "video/mp4", etag: '"1a2b3c4d000040008000000000000000"' },
    });
  });

  it("is as large as the deployment takes files, and no byte larger", async () => {
    const world = uploadWorld();
    world.limits.now = { maxFileBytes: 100, chunkBytes: CHUNK };
    await begun(world, { size: 100 });
    const error = await refusal(begun(world, { size: 101 }));
    expect(error.code).toBe("FILE_TOO_LARGE");
    expect(error.message).toContain("100");
    expect(world.store.uploads.size).toBe(1);
  });

  it("begins only where the tenant's plan has room for it", async () => {
    const asked: unknown[] = [];
    const world = uploadWorld({
      async roomFor(tenant, bytes) {
        asked.push([tenant, bytes]);
        throw new SnapbyteError("PLAN_LIMIT");
      },
    });
    expect((await refusal(begun(world))).code).toBe("PLAN_LIMIT");
    expect(asked).toEqual([[TENANT, SIZE]]);
    expect(world.store.uploads.size).toBe(0);
  });

  it("says 502 where nobody can say whether there is room", async () => {
    const roomFor = async () => {
      throw new SnapbyteError("UNAVAILABLE");
    };
    expect((await refusal(begun(uploadWorld({ roomFor })))).code).toBe("DATABASE_ERROR");
  });

  it("has larger chunks where it would have too many", async () => {
    const world = uploadWorld();
    world.limits.now = { maxFileBytes: 2 ** 40, chunkBytes: CHUNK };
    expect((await begun(world, { size: 2 ** 40 })).chunkBytes).toBe(105 * 2 ** 20);
  });

  it("asks nothing of the store for an empty file", async () => {
    const world = uploadWorld();
    expect(await begun(world, { size: 0 })).toMatchObject({ storeUpload: null });
    expect(world.store.uploads.size).toBe(0);
  });

  it("keeps the name as it was given", async () => {
    const world = uploadWorld();
    const fileName = "../\u0000\u202e👩‍👩‍👧‍👦.mp4";
    const plan = await begun(world, { fileName });
    expect(await world.uploads.find(plan)).toMatchObject({ fileName });
    expect(plan.path).toMatch(/^creator\/user123\/20261120\/video\/👩‍👩‍👧‍👦-[0-9a-f]{8}\.mp4$/u);
  });

  it("is told from a hundred that say the same", async () => {
    const world = uploadWorld();
    const plans = await Promise.all(Array.from({ length: 100 }, () => begun(world)));
    expect(new Set(plans.map(({ id }) => id)).size).toBe(100);
    expect(new Set(plans.map(({ path }) => path)).size).toBe(100);
  });

  it("tries another id where one is taken, and leaves nothing of the first in the store", async () => {
    const ids = [UUID, UUID, "2a2b3c4d-0000-4000-8000-000000000000"];
    const world = uploadWorld({ newId: () => ids.shift() ?? UUID });
    await begun(world);
    expect((await begun(world)).id).toBe(`${NOON}-2a2b3c4d-0000-4000-8000-000000000000`);
    expect(world.store.uploads.size).toBe(2);
  });

  it("gives up where every id is taken", async () => {
    const world = uploadWorld({ newId: () => UUID });
    await begun(world);
    expect((await refusal(begun(world))).code).toBe("DATABASE_ERROR");
    expect(world.store.uploads.size).toBe(1);
  });

  it("says that the store failed, and begins nothing", async () => {
    const world = uploadWorld();
    world.store.createMultipart = async () => {
      throw new Error("R2 is down");
    };
    const error = await refusal(begun(world));
    expect(error.code).toBe("R2_ERROR");
    expect(error.message).not.toContain("down");
    expect(world.uploads.rows.size).toBe(0);
    expect(world.faults).toHaveLength(1);
  });

  it("says that the database failed, and leaves nothing in the store", async () => {
    const world = uploadWorld();
    world.uploads.begin = async () => {
      throw new Error("Postgres is down");
    };
    expect((await refusal(begun(world))).code).toBe("DATABASE_ERROR");
    expect(world.store.uploads.size).toBe(0);
  });

  it("goes straight to the store only where somebody may be sent there", async () => {
    const error = await refusal(begun(uploadWorld({ direct: null }), {}, { kind: "direct" }));
    expect([error.code, error.message]).toEqual(["INVALID_FIELD", expect.stringContaining("direct")]);
  });

  it("becomes an asset only where there are any", async () => {
    const error = await refusal(begun(uploadWorld(), { asset: true }));
    expect([error.code, error.message]).toEqual(["INVALID_FIELD", expect.stringContaining("asset")]);
    await begun(uploadWorld({ makeAsset: async () => "asset-1" }), { asset: true });
  });

  it("lies apart from another tenant's", async () => {
    const world = uploadWorld();
    const [mine, theirs] = [await begun(world), await begun(world, {}, { tenant: OTHER })];
    expect(uploadKey(mine)).toMatch(`uploads/${TENANT}/`);
    expect(uploadKey(theirs)).toMatch(`uploads/${OTHER}/`);
    expect(SIZE).toBe(mine.size);
  });
});
