import { describe, expect, it, vi } from "vitest";
import { PART_BYTES } from "../../../src/app/assets/in-parts.ts";
import { heldBytes } from "../../../src/app/hold-bytes.ts";
import { MAX_FILE_NAME_BYTES } from "../../../src/core/assets/file-name.ts";
import { NOON } from "../../core/samples.ts";
import { ACME } from "../world.ts";
import { assetWorld, download, kept, upload } from "./asset-world.ts";
import { bodyOf, endlessOf, patterned, sha256 } from "./bodies.ts";

describe("a file that comes as a body", () => {
  it("becomes an asset, its digest made on the way", async () => {
    const world = await assetWorld();
    const asset = await upload(world, "hello");
    expect(asset).toMatchObject({
      ...{ tenant: ACME.id, filename: "a.txt", isPublic: true, createdAt: NOON, versions: 0 },
      content: { size: 5, sha256: sha256("hello"), contentType: "text/plain" },
    });
    expect(await download(world, asset.id)).toEqual([200, "hello"]);
    expect(kept(world)).toEqual([asset.content.objectKey]);
    expect(world.usage.of("upload")).toEqual([{ kind: "upload", tenant: ACME.id, bytes: 5 }]);
  });

  it.each([0, 1, PART_BYTES - 1, PART_BYTES, PART_BYTES + 1, 2 * PART_BYTES, 2 * PART_BYTES + 5])(
    "of %d bytes is whole, whether or not somebody says how long it is",
    async (length) => {
      const bytes = patterned(length);
      for (const incoming of [bodyOf(bytes), endlessOf(bytes)]) {
        const world = await assetWorld();
        const { content } = await upload(world, incoming);
        expect(content).toMatchObject({ size: length, sha256: sha256(bytes) });
        expect(sha256(world.store.objects.get(content.objectKey)?.bytes ?? "")).toBe(sha256(bytes));
        expect(world.store.uploads.size).toBe(0);
      }
    },
  );

  it("is private where nobody says anything else, and of no type that was not said", async () => {
    const world = await assetWorld();
    const asset = await upload(world, bodyOf("hello", "application/x-www-form-urlencoded"), { isPublic: null });
    expect(asset).toMatchObject({ isPublic: false, content: { contentType: null } });
  });

  it("needs a name, which may be any but too long", async () => {
    const world = await assetWorld();
    await expect(upload(world, "hello", { filename: null })).rejects.toMatchObject({ code: "MISSING_FIELD" });
    for (const filename of ["", "x".repeat(MAX_FILE_NAME_BYTES + 1)]) {
      await expect(upload(world, "hello", { filename })).rejects.toMatchObject({ code: "INVALID_FIELD" });
    }
    expect(kept(world)).toEqual([]);
    const { filename } = await upload(world, "hello", { filename: "../\u202e🎬" });
    expect(filename).toBe("../\u202e🎬");
  });

  it("and whose length nobody says waits for nobody: it comes again when there is room", async () => {
    const world = { ...(await assetWorld()), held: heldBytes(2 * PART_BYTES) };
    const releases = [world.held.reserve(PART_BYTES), world.held.reserve(PART_BYTES)];
    const large = patterned(PART_BYTES / 2);
    await expect(upload(world, endlessOf(large))).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(kept(world)).toEqual([]);
    // What is small, or tells its length, needs no room.
    expect((await upload(world, endlessOf(patterned(100_000)))).content.size).toBe(100_000);
    expect((await upload(world, bodyOf(large))).content.size).toBe(large.length);
    releases[0]?.();
    for (let time = 0; time < 3; time += 1) {
      expect((await upload(world, endlessOf(large))).content.size).toBe(large.length);
    }
  });

  it("and that never ends holds no more than there is room for, however small it is", async () => {
    const world = { ...(await assetWorld()), held: heldBytes(2 ** 20) };
    const ends: (() => void)[] = [];
    const unending = (length: number) => {
      let sent = false;
      const body = new ReadableStream({
        type: "bytes",
        pull(controller) {
          if (sent) return new Promise<void>((resolve) => ends.push(resolve)).then(() => controller.error());
          sent = true;
          controller.enqueue(patterned(length));
        },
      });
      return upload(world, { ...endlessOf(""), body });
    };
    const waiting = Array.from({ length: 2 }, () => unending(3 * 2 ** 18));
    const hasRoom = (bytes: number) => {
      const release = world.held.reserve(bytes);
      release?.();
      return release !== null;
    };
    await vi.waitFor(() => expect(hasRoom(1)).toBe(false));
    await expect(upload(world, endlessOf(patterned(3 * 2 ** 18)))).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect((await upload(world, endlessOf(patterned(2 ** 19)))).content.size).toBe(2 ** 19);
    for (const end of ends) end();
    await Promise.allSettled(waiting);
    expect(hasRoom(2 ** 20)).toBe(true);
  });

  it("is another asset each time", async () => {
    const world = await assetWorld();
    const made = await Promise.all(Array.from({ length: 20 }, (_, at) => upload(world, `content ${at}`)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(20);
    for (const [at, { id }] of made.entries()) expect(await download(world, id)).toEqual([200, `content ${at}`]);
  });
});
