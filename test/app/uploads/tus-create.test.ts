import { describe, expect, it } from "vitest";
import { heldBytes } from "../../../src/app/hold-bytes.ts";
import { concatenateTus } from "../../../src/app/uploads/tus/concatenate.ts";
import { createWithBytes } from "../../../src/app/uploads/tus/create-with-bytes.ts";
import { findTus, terminateTus } from "../../../src/app/uploads/tus/tus-upload.ts";
import { SnapbyteError } from "../../../src/core/errors.ts";
import type { UploadPlan } from "../../../src/core/uploads/upload-session.ts";
import {
  append,
  bodyOf,
  brokenBody,
  create,
  offsetOf,
  SAID,
  status,
  type TusWorld,
  tusWorld,
  WHOSE,
} from "./tus-world.ts";
import { CHUNK, digest, FILE, SIZE, storedBytes, WISH } from "./upload-world.ts";

const down = async (): Promise<never> => {
  throw new Error("down");
};

/** What was begun and has not ended. */
const open = ({ uploads }: TusWorld) =>
  [...uploads.rows.values()].filter(({ session: { status } }) => ["initiated", "in_progress"].includes(status)).length;

describe("an upload by tus that begins with bytes", () => {
  const begin = async ({ parts }: TusWorld, bytes: Uint8Array<ArrayBuffer>, more = {}) =>
    await createWithBytes(
      WISH,
      SAID,
      WHOSE,
      { body: bodyOf(bytes), length: bytes.length, checksum: null, ...more },
      parts,
    );

  it("has them, and is complete with all of them", async () => {
    const world = tusWorld();
    const { plan, offset } = await begin(world, FILE.slice(0, 10));
    expect([offset, await offsetOf(world, plan)]).toEqual([10, 10]);
    const whole = await begin(world, FILE);
    expect(whole.offset).toBe(SIZE);
    expect(digest(storedBytes(world, whole.plan) ?? new Uint8Array())).toBe(digest(FILE));
  });

  it.each<[string, object, number | string]>([
    ["have another checksum", { checksum: { algorithm: "sha1", hex: "00" } }, 460],
    ["are too many", { body: bodyOf(new Uint8Array(SIZE + 1)), length: SIZE + 1 }, "FILE_TOO_LARGE"],
  ])("is none where they %s", async (_, more, refused) => {
    const world = tusWorld();
    expect(await status(begin(world, FILE.slice(0, 10), more))).toBe(refused);
    expect([open(world), world.store.uploads.size, world.store.objects.size]).toEqual([0, 0, 0]);
  });

  it("has begun, and goes on, where there was no room for them or the store failed", async () => {
    for (const fail of [
      (world: TusWorld) => ({ ...world.parts, held: heldBytes(1) }),
      (world: TusWorld) => {
        world.store.put = down;
        return world.parts;
      },
    ]) {
      const world = tusWorld();
      const { put } = world.store;
      const { plan, offset } = await begin({ ...world, parts: fail(world) }, FILE.slice(0, 10));
      expect([offset, open(world)]).toEqual([0, 1]);
      world.store.put = put;
      expect(await append(world, plan, 0, SIZE)).toBe(SIZE);
    }
  });

  it("does not say that all is there before it is a file", async () => {
    const world = tusWorld();
    const { end } = world.uploads;
    world.uploads.end = down;
    const { plan, offset } = await begin(world, FILE);
    expect(offset).toBe(0);
    world.uploads.end = end;
    expect(await status(append(world, plan, 0, SIZE))).toBe(409);
    expect((await findTus(plan, world.parts)).session.status).toBe("completed");
  });
});

describe("making one upload of others", () => {
  const part = async (world: TusWorld, from: number, to: number) => {
    const plan = await create(world, { size: to - from }, "partial");
    await append(world, plan, from, to, { offset: 0 });
    return plan;
  };
  const join = async ({ parts }: TusWorld, names: readonly UploadPlan[]) =>
    await concatenateTus(names, (size) => ({ ...WISH, size }), { metadata: "", concat: "final;/a" }, WHOSE, parts);

  it("leaves nothing but those where it fails, and may be repeated", async () => {
    const world = tusWorld();
    const names = [await part(world, 0, CHUNK + 1), await part(world, CHUNK + 1, SIZE)];
    const { get } = world.store;
    const cut = async () => ({ size: CHUNK + 1, headers: {} as never, body: brokenBody(FILE.slice(0, CHUNK)) });
    for (const [fault, at] of [
      [down, 2],
      [cut, 1],
    ] as const) {
      let reads = 0;
      world.store.get = async (key, range) => (++reads === at ? await fault() : await get(key, range));
      expect(await status(join(world, names))).toBe("R2_ERROR");
      expect([open(world), world.store.uploads.size, world.store.objects.size]).toEqual([2, 0, 2]);
    }
    world.store.get = get;
    const plan = await join(world, names);
    expect(digest(storedBytes(world, plan) ?? new Uint8Array())).toBe(digest(FILE));
    expect([open(world), world.store.uploads.size, world.store.objects.size]).toEqual([0, 0, 1]);
  });

  it("that was made already is the same one, for whoever has not heard of it", async () => {
    const world = tusWorld();
    const names = [await part(world, 0, CHUNK + 1), await part(world, CHUNK + 1, SIZE)];
    const plan = await join(world, names);
    expect((await join(world, names)).id).toBe(plan.id);
    expect(world.store.objects.size).toBe(1);
    const other = await part(world, 0, 10);
    await terminateTus(other, world.parts);
    world.parts.tus.findMade = async () => null;
    expect(await status(join(world, [other]))).toBe(410);
  });

  it("needs no more room than they had, and is no larger than a file may be", async () => {
    let refusal = "PLAN_LIMIT";
    let full = false;
    const roomFor = async () => {
      if (full) throw new SnapbyteError(refusal as "PLAN_LIMIT");
    };
    const world = tusWorld({ roomFor });
    const names = [await part(world, 0, 10)];
    full = true;
    expect(await status(create(world))).toBe("PLAN_LIMIT");
    refusal = "FILE_TOO_LARGE";
    expect(await status(join(world, names))).toBe("FILE_TOO_LARGE");
    refusal = "PLAN_LIMIT";
    expect((await join(world, names)).size).toBe(10);
  });
});
