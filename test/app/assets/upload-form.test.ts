import { describe, expect, it } from "vitest";
import { PART_BYTES } from "../../../src/app/assets/in-parts.ts";
import type { Incoming } from "../../../src/app/assets/incoming.ts";
import { FORM_ROOM_BYTES } from "../../../src/app/assets/read-form.ts";
import { utf8 } from "../world.ts";
import { assetWorld, leftOf, NOTHING, upload } from "./asset-world.ts";
import { bodyOf, chosen, endlessOf, form, formOf, patterned, sha256 } from "./bodies.ts";

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
        ["x", "y".repeat(FORM_ROOM_BYTES)],
        ["file", new Blob(["a"]), "a"],
      ]),
      "BODY_TOO_LARGE",
    ],
  ])("%s is refused, and nothing is kept", async (_, data, code) => {
    const world = await assetWorld();
    await expect(upload(world, formOf(data), { filename: "a", isPublic: null })).rejects.toMatchObject({ code });
    expect(await leftOf(world)).toEqual(NOTHING);
  });

  it("may have nothing in it, or no name of its own, but not neither: then nobody has chosen one", async () => {
    const world = await assetWorld();
    const sizeOf = async (incoming: Incoming) => (await upload(world, incoming)).content.size;
    expect([await sizeOf(chosen("empty", "")), await sizeOf(chosen("", "a"))]).toEqual([0, 1]);
    await expect(sizeOf(chosen("", ""))).rejects.toMatchObject({ code: "MISSING_FIELD" });
    expect(await leftOf(world)).toMatchObject({ assets: 2, rows: 2 });
  });

  it("that breaks off, or is none, is refused, and nothing is kept", async () => {
    const whole = await new Response(formOf(form([["file", new Blob(["hello"]), "a"]])).body).arrayBuffer();
    const boundary = /--(\S+)/.exec(new TextDecoder().decode(whole))?.[1] ?? "";
    for (const content of [new Uint8Array(whole.slice(0, -10)), utf8("nonsense")]) {
      const world = await assetWorld();
      const incoming = endlessOf(content, `multipart/form-data; boundary=${boundary}`);
      await expect(upload(world, incoming)).rejects.toMatchObject({ code: "INVALID_FIELD" });
      expect(await leftOf(world)).toEqual(NOTHING);
    }
  });

  it.each([
    [
      "many fields without content",
      (line: string) => `Content-Disposition: form-data; name="${line}"\r\n\r\n\r\n--b\r\n`,
    ],
    [
      "many other files",
      (line: string) => `Content-Disposition: form-data; name=x; filename=x\r\n\r\n${line}\r\n--b\r\n`,
    ],
    ["much before it", (line: string) => `${line}\r\n`],
  ])("and in %s is refused before they are all read", async (kind, part) => {
    const world = await assetWorld();
    let sent = 0;
    const start = kind === "much before it" ? "" : "--b\r\n";
    const body = new ReadableStream({
      type: "bytes",
      pull(controller) {
        const text = part(`${sent}`.padStart(1000, "x"));
        controller.enqueue(utf8(sent === 0 ? `${start}${text}` : text));
        sent += text.length;
        if (sent > 100 * FORM_ROOM_BYTES) controller.close();
      },
    });
    const incoming = { body, contentType: "multipart/form-data; boundary=b", length: null };
    await expect(upload(world, incoming)).rejects.toMatchObject({ code: "BODY_TOO_LARGE" });
    expect(sent).toBeLessThan(20 * FORM_ROOM_BYTES);
    expect(await leftOf(world)).toEqual(NOTHING);
  });

  it.each([
    "multipart/form-data",
    "Multipart/Form-Data; charset=utf-8",
    `multipart/form-data; boundary="${"b".repeat(71)}"`,
  ])("of type %s, whose end nobody could know, is refused unread", async (type) => {
    const world = await assetWorld();
    const incoming = bodyOf("--b\r\n", type);
    await expect(upload(world, incoming)).rejects.toMatchObject({ code: "INVALID_FIELD" });
    expect(incoming.body?.locked).toBe(false);
    expect(world.assets.contents.size).toBe(0);
  });
});
