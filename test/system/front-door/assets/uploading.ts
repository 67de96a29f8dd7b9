import { expect, it } from "vitest";
import { PART_BYTES } from "../../../../src/app/assets/in-parts.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { ask, download, etagOf, manage, refused, replaced, send, sha256, uploaded } from "./asset-calls.ts";

const LARGE = new Uint8Array(Buffer.alloc(2 * PART_BYTES + 4321, "a pattern of 23 letters"));

/** Files that are sent to us. */
export function uploading(stack: () => Stack): void {
  it("as a body become assets, with what was said of them", async () => {
    const asset = await uploaded(stack(), "hello", { query: "filename=%D1%8F%20%22b%22.txt&is_public=true" });
    expect(asset).toMatchObject({
      ...{
        filename: 'я "b".txt',
        etag: etagOf("hello"),
        size: 5,
        content_type: "text/plain",
        is_public: true,
        versions: 0,
      },
      download_url: `${stack().api}/assets/${asset.id}/download`,
      created_at: asset.updated_at,
    });
    expect(await download(stack(), `/assets/${asset.id}/download`)).toEqual([200, "hello"]);
    expect(await (await manage(stack(), `/assets/${asset.id}`)).json()).toEqual(asset);
    const head = await manage(stack(), `/assets/${asset.id}`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  it("in a form become assets, as browsers and curl -F send them", async () => {
    const form = new FormData();
    form.append("file", new Blob(["hello"], { type: "image/png" }), "я.png");
    form.append("is_public", "true");
    const response = await send(stack(), "POST", "/assets/upload", { body: form });
    expect(response.status).toBe(201);
    const asset = (await response.json()) as { id: string };
    expect(asset).toMatchObject({
      filename: "я.png",
      is_public: true,
      content_type: "image/png",
      etag: etagOf("hello"),
    });
    expect(await download(stack(), `/assets/${asset.id}/download`)).toEqual([200, "hello"]);
  });

  it.each<[string, () => Promise<{ id: string; etag: string }>]>([
    ["whose length is told", () => uploaded(stack(), LARGE)],
    ["whose length is not told", () => uploaded(stack(), new Blob([LARGE]).stream())],
    [
      "in a form",
      () => {
        const form = new FormData();
        form.append("file", new Blob([LARGE]), "a.bin");
        return uploaded(stack(), form, { type: "" });
      },
    ],
  ])("of several parts are whole: %s", async (_, make) => {
    const { id, etag } = await make();
    expect(etag).toBe(etagOf(LARGE));
    const response = await ask(`${stack().api}/assets/${id}/download`);
    expect(response.headers.get("content-length")).toBe(String(LARGE.length));
    expect(sha256(new Uint8Array(await response.arrayBuffer()))).toBe(sha256(LARGE));
  });

  it("that are empty are files, too", async () => {
    const { id, size } = await uploaded(stack(), "");
    expect(size).toBe(0);
    expect(await download(stack(), `/assets/${id}/download`)).toEqual([200, ""]);
  });

  it("at once and under one name are different assets, all of them whole", async () => {
    const made = await Promise.all(Array.from({ length: 100 }, (_, at) => uploaded(stack(), `content ${at}`)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(100);
    const seen = await Promise.all(made.map(({ id }) => download(stack(), `/assets/${id}/download`)));
    expect(seen).toEqual(made.map((_, at) => [200, `content ${at}`]));
  });

  it("as a new content leave the asset as it is but for that", async () => {
    const asset = await uploaded(stack(), "hello");
    const changed = await replaced(stack(), asset.id, "other", "text/css");
    expect(changed).toMatchObject({
      ...asset,
      ...{ etag: etagOf("other"), content_type: "text/css" },
      updated_at: expect.any(String),
    });
    expect(await download(stack(), `/assets/${asset.id}/download`)).toEqual([200, "other"]);
  });

  it("are refused for what is wrong with them", async () => {
    const post = (path: string, body: string | FormData, type?: string) =>
      refused(send(stack(), "POST", path, { body, ...(type && { type }) }));
    expect(await post("/assets/upload", "hello")).toEqual([400, "MISSING_FIELD"]);
    expect(await post("/assets/upload?filename=", "hello")).toEqual([400, "INVALID_FIELD"]);
    expect(await post("/assets/upload?filename=a&is_public=yes", "hello")).toEqual([400, "INVALID_FIELD"]);
    expect(await post("/assets/upload?filename=a&other=b", "hello")).toEqual([400, "INVALID_FIELD"]);
    expect(await post("/assets/upload", new FormData())).toEqual([400, "MISSING_FIELD"]);
    expect(await post("/assets/upload", "hello", "multipart/form-data; boundary=a")).toEqual([400, "INVALID_FIELD"]);
    expect(await post("/assets/upload?filename=a", "hello", "multipart/form-data")).toEqual([400, "INVALID_FIELD"]);
    expect(await refused(send(stack(), "PUT", "/assets/nobodys/content", { body: "x" }))).toEqual([404, "NOT_FOUND"]);
    expect(await refused(send(stack(), "POST", "/assets/upload?filename=a", { body: "x", key: "snap_no" }))).toEqual([
      401,
      "UNAUTHORIZED",
    ]);
  });

  it("have any name that people give them, which is a name and nothing else", async () => {
    const names = ["../../etc/passwd", "\u202egpj.exe", "🎬".repeat(75), "a\r\nSet-Cookie: b=c", "con.", "%00"];
    for (const name of names) {
      const asset = await uploaded(stack(), "x", { query: `is_public=true&filename=${encodeURIComponent(name)}` });
      expect(asset.filename).toBe(name);
      const { headers } = await ask(`${stack().api}/assets/${asset.id}/download`);
      expect(headers.get("content-disposition")).toMatch(
        /^inline; filename="[ !#-$&-.0-[\]-~]+"(?:; filename\*=\S+)?$/,
      );
      expect(headers.get("set-cookie")).toBeNull();
    }
  });
}
