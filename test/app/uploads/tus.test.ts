import { describe, expect, it } from "vitest";
import { heldBytes } from "../../../src/app/hold-bytes.ts";
import { sweepUploads } from "../../../src/app/uploads/sweep-uploads.ts";
import { concatenateTus } from "../../../src/app/uploads/tus/concatenate.ts";
import { LEASE_MS } from "../../../src/app/uploads/tus/tus-parts.ts";
import { appendToTus, findTus, terminateTus } from "../../../src/app/uploads/tus/tus-upload.ts";
import { UPLOAD_LIFE_MS, type UploadPlan } from "../../../src/core/uploads/upload-session.ts";
import {
  append,
  bodyOf,
  brokenBody,
  create,
  left,
  offsetOf,
  status,
  type TusWorld,
  tusWorld,
  WHOSE,
} from "./tus-world.ts";
import { CHUNK, digest, FILE, OTHER, SIZE, storedBytes, WISH } from "./upload-world.ts";

describe("an upload by tus", () => {
  it("takes bodies of any size, and is the file, byte for byte", async () => {
    for (const sizes of [
      [SIZE],
      [CHUNK, CHUNK, 7],
      [1, CHUNK - 1, 2, CHUNK + 5],
      [CHUNK + 1, CHUNK + 6],
      [3, 3, SIZE - 6],
    ]) {
      const world = tusWorld();
      const plan = await create(world);
      let offset = 0;
      for (const size of sizes) offset = await append(world, plan, offset, offset + size);
      expect(offset).toBe(SIZE);
      expect(digest(storedBytes(world, plan) ?? new Uint8Array())).toBe(digest(FILE));
      expect((await findTus(plan, world.parts)).session.status).toBe("completed");
      expect([left(world), world.store.uploads.size]).toEqual([[], 0]);
      expect(world.usage.of("upload")).toHaveLength(1);
    }
  });

  it("goes on from what came of a body that broke off", async () => {
    const world = tusWorld();
    const plan = await create(world);
    const cut = CHUNK + 3 * 2 ** 18;
    const offset = await append(world, plan, 0, 0, { body: brokenBody(FILE.slice(0, cut)), length: SIZE });
    expect(offset).toBeGreaterThanOrEqual(cut - 2 ** 18);
    expect(await offsetOf(world, plan)).toBe(offset);
    await append(world, plan, offset, SIZE);
    expect(digest(storedBytes(world, plan) ?? new Uint8Array())).toBe(digest(FILE));
  });

  it("keeps one tail at a time, in few places", async () => {
    const world = tusWorld();
    const plan = await create(world);
    const places = new Set<string>();
    for (let offset = 0; offset < 20; offset += 1) {
      await append(world, plan, offset, offset + 1);
      expect(left(world)).toHaveLength(1);
      for (const key of left(world)) places.add(key);
    }
    expect(places.size).toBe(8);
  });

  it("may be empty", async () => {
    const world = tusWorld();
    const plan = await create(world, { size: 0 });
    expect((await findTus(plan, world.parts)).session.status).toBe("completed");
    expect(storedBytes(world, plan)).toHaveLength(0);
  });

  it("takes nothing that belongs elsewhere, and no byte too many", async () => {
    const world = tusWorld();
    const plan = await create(world);
    await append(world, plan, 0, 10);
    for (const offset of [0, 9, 11]) expect(await status(append(world, plan, 10, 20, { offset }))).toBe(409);
    const tooMany = new Uint8Array(SIZE - 9);
    for (const length of [tooMany.length, null]) {
      expect(await status(append(world, plan, 10, 20, { body: bodyOf(tooMany), length }))).toBe("FILE_TOO_LARGE");
    }
    const offset = await offsetOf(world, plan);
    expect(offset).toBeLessThan(SIZE);
    await append(world, plan, offset, SIZE);
    const more = { offset: SIZE, body: bodyOf(new Uint8Array(1)), length: 1 };
    expect(await status(append(world, plan, 0, 0, more))).toBe(409);
    expect(await append(world, plan, SIZE, SIZE)).toBe(SIZE);
  });

  it("compares what was declared of a body, which counts as a whole or not at all", async () => {
    const world = tusWorld();
    const plan = await create(world);
    const bytes = FILE.slice(0, CHUNK + 5);
    for (const algorithm of ["sha1", "sha256", "md5"] as const) {
      const wrong = { algorithm, hex: digest(FILE, algorithm) };
      expect(await status(append(world, plan, 0, bytes.length, { checksum: wrong }))).toBe(460);
      expect(await offsetOf(world, plan)).toBe(0);
    }
    const checksum = { algorithm: "sha1", hex: digest(bytes, "sha1") } as const;
    expect(await append(world, plan, 0, 0, { body: brokenBody(bytes), length: null, checksum })).toBe(0);
    expect(await append(world, plan, 0, bytes.length, { checksum })).toBe(bytes.length);
    await append(world, plan, bytes.length, SIZE);
    expect(digest(storedBytes(world, plan) ?? new Uint8Array())).toBe(digest(FILE));
  });

  it("has one writer at a time, whose place is waited for, and free when it is not heard of", async () => {
    const world = tusWorld();
    const plan = await create(world);
    const { tus } = world.parts;
    const dead = { id: "dead", until: world.time.now + LEASE_MS };
    await tus.claim(plan, dead, world.time.now);
    expect(await append(world, plan, 0, 10)).toBe(10);
    expect(world.time.now).toBe(dead.until);
    expect(await append(world, plan, 10, 20)).toBe(20);
  });

  it("tells who has waited in vain that somebody else writes, and holds nothing for them meanwhile", async () => {
    const world = tusWorld();
    const plan = await create(world);
    const { tus } = world.parts;
    const alive = () => ({ id: "alive", until: world.time.now + LEASE_MS });
    await tus.claim(plan, alive(), world.time.now);
    const held = heldBytes(CHUNK);
    const pause = async (ms: number) => {
      const all = held.reserve(CHUNK);
      expect(all).not.toBeNull();
      all?.();
      world.time.now += ms;
      await tus.renew(plan, alive());
    };
    const waiting = { ...world, parts: { ...world.parts, held, pause } };
    expect(await status(append(waiting, plan, 0, 10))).toBe(423);
  });

  it("is told to try again where there is no room for its part", async () => {
    const world = tusWorld();
    const plan = await create(world);
    const parts = { ...world.parts, held: heldBytes(CHUNK - 1) };
    const sent = { offset: 0, body: bodyOf(FILE), length: SIZE, checksum: null };
    expect(await status(appendToTus(plan, sent, parts))).toBe("UNAVAILABLE");
    const room = { ...world.parts, held: heldBytes(CHUNK) };
    expect(await appendToTus(plan, { ...sent, body: bodyOf(FILE.slice(0, 1)), length: 1 }, room)).toBe(1);
    expect(await append({ ...world, parts: room }, plan, 1, SIZE)).toBe(SIZE);
  });

  it("is completed by whoever asks for it next where that failed with its last byte", async () => {
    const world = tusWorld();
    const plan = await create(world);
    const { end } = world.uploads;
    world.uploads.end = async () => {
      throw new Error("down");
    };
    expect(await status(append(world, plan, 0, SIZE))).toBe("DATABASE_ERROR");
    expect(await status(findTus(plan, world.parts))).toBe("DATABASE_ERROR");
    world.uploads.end = end;
    await findTus(plan, world.parts);
    expect((await findTus(plan, world.parts)).session.status).toBe("completed");
  });

  it("is given up by its client, and by time, and leaves nothing", async () => {
    const world = tusWorld();
    const [given, old, done] = [await create(world), await create(world), await create(world)];
    for (const plan of [given, old]) await append(world, plan, 0, CHUNK + 9);
    await append(world, done, 0, SIZE);
    await terminateTus(given, world.parts);
    world.time.now += UPLOAD_LIFE_MS;
    await sweepUploads(world.parts);
    for (const plan of [given, old]) expect(await status(findTus(plan, world.parts))).toBe(410);
    expect(await status(terminateTus(done, world.parts))).toBe(403);
    expect([left(world), world.store.uploads.size, world.store.objects.size]).toEqual([[], 0, 1]);
  });

  it("is nobody else's, and no upload of another kind is one", async () => {
    const world = tusWorld();
    const plan = await create(world);
    expect(await status(findTus({ ...plan, tenant: OTHER }, world.parts))).toBe("UPLOAD_NOT_FOUND");
    await world.uploads.begin({ ...plan, id: "chunks", path: "elsewhere", kind: "chunks" });
    expect(await status(findTus({ ...plan, id: "chunks" }, world.parts))).toBe("UPLOAD_NOT_FOUND");
  });
});

describe("an upload that is made of others", () => {
  const cuts = [0, CHUNK - 1, CHUNK + 9, SIZE];

  async function partials(world: TusWorld): Promise<UploadPlan[]> {
    return await Promise.all(
      cuts.slice(1).map(async (to, at) => {
        const from = cuts[at] ?? 0;
        const plan = await create(world, { size: to - from }, "partial");
        await append(world, plan, from, to, { offset: 0 });
        return plan;
      }),
    );
  }
  const join = async (world: TusWorld, names: readonly UploadPlan[]) =>
    await concatenateTus(
      names,
      (size) => ({ ...WISH, size }),
      { metadata: "", concat: "final;/files/a" },
      WHOSE,
      world.parts,
    );

  it("has their bytes in that order, and they are gone", async () => {
    const world = tusWorld();
    const plan = await join(world, await partials(world));
    expect(digest(storedBytes(world, plan) ?? new Uint8Array())).toBe(digest(FILE));
    expect(await findTus(plan, world.parts)).toMatchObject({
      session: { status: "completed" },
      concat: { is: "final" },
    });
    expect([world.store.objects.size, world.store.uploads.size]).toEqual([1, 0]);
    expect(world.usage.of("upload")).toHaveLength(1);
  });

  it("is made of whole ones only, and takes no bytes itself", async () => {
    const world = tusWorld();
    const [whole] = await partials(world);
    const [half, other] = [await create(world, {}, "partial"), await create(world)];
    for (const plan of [half, other]) expect(await status(join(world, whole ? [whole, plan] : []))).toBe(400);
    const final = await join(world, whole ? [whole] : []);
    expect(await status(append(world, final, 0, 1))).toBe(403);
  });
});
