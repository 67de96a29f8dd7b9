import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { PART_BYTES } from "../../../src/app/assets/in-parts.ts";
import { replaceContent, uploadAsset } from "../../../src/app/assets/upload.ts";
import { heldBytes } from "../../../src/app/hold-bytes.ts";
import { MAX_FILE_NAME_BYTES } from "../../../src/core/assets/file-name.ts";
import { MINUTE, NOON, tenantId } from "../../core/samples.ts";
import { ACME, failing, reported, utf8 } from "../world.ts";
import { type AssetWorld, assetWorld, bodyOf, download, endlessOf, formOf, kept, upload, WISH } from "./asset-world.ts";

const sha256 = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const patterned = (length: number) => new Uint8Array(Buffer.alloc(length, "a pattern of 23 letters"));

function form(entries: readonly (readonly [string, string | Blob, string?])[]): FormData {
  const data = new FormData();
  for (const [name, value, fileName] of entries) {
    if (typeof value === "string") data.append(name, value);
    else data.append(name, value, fileName);
  }
  return data;
}

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

  it("is another asset each time", async () => {
    const world = await assetWorld();
    const made = await Promise.all(Array.from({ length: 20 }, (_, at) => upload(world, `content ${at}`)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(20);
    for (const [at, { id }] of made.entries()) expect(await download(world, id)).toEqual([200, `content ${at}`]);
  });
});

describe("a file that comes in a form", () => {
  it("becomes an asset of the name and type that stand there", async () => {
    const world = await assetWorld();
    const file = new Blob(["hello"], { type: "text/html" });
    const asset = await upload(
      world,
      formOf(
        form([
          ["is_public", "true"],
          ["file", file, "я.html"],
        ]),
      ),
      { filename: null, isPublic: null },
    );
    expect(asset).toMatchObject({ filename: "я.html", isPublic: true, content: { contentType: "text/html", size: 5 } });
  });

  it("may have its other fields behind the file, and a name of its own", async () => {
    const world = await assetWorld();
    const data = form([
      ["file", new Blob(["hello"]), "a"],
      ["filename", "b.txt"],
      ["is_public", "true"],
      ["x", "y"],
    ]);
    const asset = await upload(world, formOf(data), { filename: null, isPublic: null });
    expect(asset).toMatchObject({
      filename: "b.txt",
      isPublic: true,
      content: { contentType: "application/octet-stream" },
    });
  });

  it("goes by what the request's address says, where that says something", async () => {
    const world = await assetWorld();
    const data = form([
      ["is_public", "true"],
      ["file", new Blob(["hello"]), "a"],
    ]);
    const asset = await upload(world, formOf(data), { filename: "c.txt", isPublic: false });
    expect(asset).toMatchObject({ filename: "c.txt", isPublic: false });
  });

  it("is stored in parts when it is large", async () => {
    const world = await assetWorld();
    const bytes = patterned(2 * PART_BYTES + 100);
    const { content } = await upload(world, formOf(form([["file", new Blob([bytes]), "a"]])));
    expect(content).toMatchObject({ size: bytes.length, sha256: sha256(bytes) });
  });

  it.each<[string, FormData, string]>([
    ["without a file", form([["is_public", "true"]]), "MISSING_FIELD"],
    [
      "with two files",
      form([
        ["file", new Blob(["a"]), "a"],
        ["file", new Blob(["b"]), "b"],
      ]),
      "INVALID_FIELD",
    ],
    [
      "with a wrong flag",
      form([
        ["file", new Blob(["a"]), "a"],
        ["is_public", "yes"],
      ]),
      "INVALID_FIELD",
    ],
    [
      "with endless fields",
      form([
        ["x", "y".repeat(20_000)],
        ["file", new Blob(["a"]), "a"],
      ]),
      "BODY_TOO_LARGE",
    ],
  ])("%s is refused, and nothing is kept", async (_, data, code) => {
    const world = await assetWorld();
    await expect(upload(world, formOf(data), { filename: "a", isPublic: null })).rejects.toMatchObject({ code });
    expect([kept(world), world.assets.assets.size, world.assets.contents.size]).toEqual([[], 0, 0]);
  });

  it("that breaks off, or is none, is refused, and nothing is kept", async () => {
    const whole = await new Response(formOf(form([["file", new Blob(["hello"]), "a"]])).body).arrayBuffer();
    const boundary = /--(\S+)/.exec(new TextDecoder().decode(whole))?.[1] ?? "";
    for (const content of [new Uint8Array(whole.slice(0, -10)), utf8("nonsense")]) {
      const world = await assetWorld();
      const incoming = endlessOf(content, `multipart/form-data; boundary=${boundary}`);
      await expect(upload(world, incoming)).rejects.toMatchObject({ code: "INVALID_FIELD" });
      expect([kept(world), world.assets.contents.size]).toEqual([[], 0]);
    }
  });
});

describe("a file that is too large", () => {
  const limited = async (own: Record<string, number>) => {
    const world = await assetWorld();
    await world.accounts.change(ACME.id, { own });
    return world;
  };

  it("is refused before it is read, where its length is told", async () => {
    const world = await limited({ maxObjectBytes: 4 });
    const incoming = bodyOf("hello");
    await expect(upload(world, incoming)).rejects.toMatchObject({
      code: "FILE_TOO_LARGE",
      limit: { name: "file_bytes", allowed: 4 },
    });
    expect(incoming.body?.locked).toBe(false);
    expect(world.assets.contents.size).toBe(0);
  });

  it("is refused as soon as it shows, and nothing of it is kept", async () => {
    for (const incoming of [endlessOf("hello"), formOf(form([["file", new Blob(["hello"]), "a"]]))]) {
      const world = await limited({ maxObjectBytes: 4 });
      await expect(upload(world, incoming)).rejects.toMatchObject({ code: "FILE_TOO_LARGE" });
      expect([kept(world), world.assets.contents.size]).toEqual([[], 0]);
    }
    const world = await limited({ maxObjectBytes: 5 });
    expect((await upload(world, endlessOf("hello"))).content.size).toBe(5);
  });

  it("is refused when the plan has no room for it, and not under a plan that only counts", async () => {
    const world = await limited({ storedBytes: 10 });
    world.counters.used.set(ACME.id, { requests: 0, deliveredBytes: 0, storedBytes: 6 });
    await expect(upload(world, "hello")).rejects.toMatchObject({
      code: "PLAN_LIMIT",
      limit: { name: "stored_bytes", allowed: 10 },
    });
    expect((await upload(world, "four")).content.size).toBe(4);
    await world.accounts.change(ACME.id, { own: {}, plan: "pro" });
    world.counters.used.set(ACME.id, { requests: 0, deliveredBytes: 0, storedBytes: 2e12 });
    expect((await upload(world, "hello")).content.size).toBe(5);
  });
});

/** A body that breaks off behind these bytes. */
function broken(text: string) {
  const body = new ReadableStream({
    type: "bytes",
    pull(controller) {
      if (text === "") controller.error(new Error("the connection was lost"));
      else controller.enqueue(utf8(text));
      text = "";
    },
  });
  return { ...bodyOf(""), body, length: 10 };
}

describe("an upload that fails", () => {
  const nothing = async (world: AssetWorld) => {
    await world.settled();
    expect([kept(world), world.assets.assets.size, world.assets.contents.size]).toEqual([[], 0, 0]);
    expect(world.usage.events).toEqual([]);
  };

  it("since the body breaks off, or is not as long as was said, leaves nothing", async () => {
    for (const incoming of [broken("hello"), { ...bodyOf("hello"), length: 6 }, { ...bodyOf("hello"), length: 4 }]) {
      const world = await assetWorld();
      await expect(upload(world, incoming)).rejects.toMatchObject({ code: "INVALID_FIELD" });
      await nothing(world);
    }
  });

  it.each(["writer", "put", "createMultipart"] as const)(
    "since the store does not %s, leaves nothing",
    async (method) => {
      const world = await assetWorld();
      const store = {
        ...world.store,
        [method]: () => {
          throw new Error("the store is down");
        },
      };
      const incoming =
        method === "writer" ? bodyOf("hello") : endlessOf(patterned(method === "put" ? 5 : PART_BYTES + 1));
      await expect(upload({ ...world, store }, incoming)).rejects.toMatchObject({ code: "UNAVAILABLE" });
      await nothing(world);
      expect(reported(world)).toEqual(["store"]);
    },
  );

  it("since rows cannot be written, leaves nothing, or what the sweep finds", async () => {
    const world = await assetWorld();
    const { assets } = world;
    await expect(upload({ ...world, assets: failing(assets, "begin") })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await nothing(world);
    await expect(upload({ ...world, assets: failing(assets, "add") })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await nothing(world);
    await expect(upload({ ...world, assets: failing(assets, "add", "giveUp") })).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
    expect(kept(world)).toEqual([...assets.contents.values()].map(({ objectKey }) => objectKey));
  });

  it("since the rows' answer was lost keeps what they refer to all the same", async () => {
    const world = await assetWorld();
    const assets = {
      ...world.assets,
      add: async (...asked: Parameters<typeof world.assets.add>) => {
        await world.assets.add(...asked);
        throw new Error("the answer was lost");
      },
    };
    await expect(upload({ ...world, assets })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    const [asset] = world.assets.assets.values();
    expect(await download(world, asset?.id ?? "")).toEqual([200, "hello"]);
  });
});

describe("a new content", () => {
  it("takes the place of the one before, under the same id and name", async () => {
    const world = await assetWorld();
    const asset = await upload(world, "hello");
    world.clock.advance(MINUTE);
    const replaced = await replaceContent(ACME.id, asset.id, bodyOf("other", "text/css"), world);
    expect(replaced).toMatchObject({
      ...{ id: asset.id, filename: "a.txt", isPublic: true, createdAt: NOON, updatedAt: NOON + MINUTE },
      content: { sha256: sha256("other"), contentType: "text/css" },
    });
    expect(await download(world, asset.id)).toEqual([200, "other"]);
    expect(world.cdn.calls).toEqual([[`asset:${asset.id}`]]);
    expect(world.usage.of("upload")).toHaveLength(2);
  });

  it("of an asset that there is not is not even read", async () => {
    const world = await assetWorld();
    const asset = await upload(world, "hello");
    for (const [tenant, id] of [
      [ACME.id, "nobodys"],
      [tenantId("other"), asset.id],
    ] as const) {
      const incoming = bodyOf("other");
      await expect(replaceContent(tenant, id, incoming, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
      expect(incoming.body?.locked).toBe(false);
    }
  });

  it("that fails leaves the old one", async () => {
    const world = await assetWorld();
    const asset = await upload(world, "hello");
    await expect(replaceContent(ACME.id, asset.id, broken("other"), world)).rejects.toMatchObject({
      code: "INVALID_FIELD",
    });
    await world.settled();
    expect(await download(world, asset.id)).toEqual([200, "hello"]);
    expect(kept(world)).toEqual([asset.content.objectKey]);
    expect(world.cdn.calls).toEqual([]);
  });

  it("of an asset that is deleted meanwhile is kept by nobody", async () => {
    const world = await assetWorld();
    const asset = await upload(world, "hello");
    const assets = {
      ...world.assets,
      replace: async (...asked: Parameters<typeof world.assets.replace>) => {
        await world.assets.remove(ACME.id, asset.id, NOON);
        return await world.assets.replace(...asked);
      },
    };
    const replacing = replaceContent(ACME.id, asset.id, bodyOf("other"), { ...world, assets });
    await expect(replacing).rejects.toMatchObject({ code: "NOT_FOUND" });
    await world.settled();
    expect(kept(world)).toEqual([asset.content.objectKey]);
  });

  it("is another tenant's affair only under its own name", async () => {
    const world = await assetWorld();
    await expect(uploadAsset(tenantId("other"), WISH, bodyOf("x"), world)).rejects.toMatchObject({
      code: "UNKNOWN_TENANT",
    });
  });
});
