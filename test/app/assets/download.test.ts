import { describe, expect, it } from "vitest";
import { downloadAsset } from "../../../src/app/assets/download.ts";
import { replaceContent } from "../../../src/app/assets/upload.ts";
import { NOON } from "../../core/samples.ts";
import { ACME, failing, register, reported, traced } from "../world.ts";
import { type AskedOf, assetWorld, download, fieldsOf, requestOf, upload, withAsset } from "./asset-world.ts";
import { bodyOf, etagOf } from "./bodies.ts";

const at = (ms: number) => new Date(ms).toUTCString();

describe("a public asset", () => {
  it("comes with its digest as ETag, and the words that say who may keep it", async () => {
    const { world, id } = await withAsset();
    expect(await fieldsOf(world, id)).toEqual({
      "Accept-Ranges": "bytes",
      "Cache-Control": "public, s-maxage=3600, max-age=60",
      "Cache-Status": "snapbyte; hit; detail=store",
      "Content-Disposition": 'inline; filename="a.txt"',
      "Content-Length": "10",
      "Content-Type": "text/plain",
      "Cross-Origin-Resource-Policy": "cross-origin",
      ETag: etagOf("0123456789"),
      "Last-Modified": at(NOON),
      "Referrer-Policy": "no-referrer",
      "Repr-Digest": expect.stringMatching(/^sha-256=:.{44}:$/),
      "X-Content-Type-Options": "nosniff",
    });
  });

  it.each<[string, AskedOf, number, string | null]>([
    ["all of it", {}, 200, "0123456789"],
    ["its head", { method: "HEAD" }, 200, null],
    ["a part", { headers: { Range: "bytes=2-4" } }, 206, "234"],
    ["the last bytes", { headers: { Range: "bytes=-3" } }, 206, "789"],
    ["a part behind its end", { headers: { Range: "bytes=10-" } }, 416, null],
    ["a part of this very content", { headers: { Range: "bytes=0-1", "If-Range": etagOf("0123456789") } }, 206, "01"],
    ["a part of another content", { headers: { Range: "bytes=0-1", "If-Range": '"x"' } }, 200, "0123456789"],
    ["it, unless it is still this", { headers: { "If-None-Match": etagOf("0123456789") } }, 304, null],
    ["it, unless it is still another", { headers: { "If-None-Match": '"x"' } }, 200, "0123456789"],
    ["it, if it is still another", { headers: { "If-Match": '"x"' } }, 412, null],
    ["it, if it is newer than it is", { headers: { "If-Modified-Since": at(NOON) } }, 304, null],
    ["it, if it is newer than yesterday", { headers: { "If-Modified-Since": at(NOON - 1) } }, 200, "0123456789"],
  ])("is answered who asks for %s", async (_, asked, status, text) => {
    const { world, id } = await withAsset();
    expect(await download(world, id, asked)).toEqual([status, text]);
  });

  it("comes in several parts", async () => {
    const { world, id } = await withAsset();
    const [status, text] = await download(world, id, { headers: { Range: "bytes=0-1,8-9" } });
    expect(status).toBe(206);
    expect(text?.match(/^\d\d$/gm)).toEqual(["01", "89"]);
  });

  it.each<[AskedOf, readonly string[]]>([
    [{ headers: { "If-None-Match": "*" } }, []],
    [{ headers: { "If-Match": '"x"' } }, []],
    [{ headers: { Range: "bytes=10-" } }, []],
    [{ method: "HEAD" }, []],
    [{}, ["store.get"]],
    [{ headers: { Range: "bytes=0-0" } }, ["store.get"]],
  ])("asks the store for nothing but bytes: %j", async (asked, calls) => {
    const { world, id } = await withAsset();
    const log: string[] = [];
    await download({ ...world, store: traced("store", world.store, log) }, id, asked);
    expect(log).toEqual(calls);
  });

  it("says of a refusal that nobody may keep it, and of a 304 what the answer would have said", async () => {
    const { world, id } = await withAsset();
    const cacheControl = async (headers: Record<string, string>) =>
      (await fieldsOf(world, id, { headers }))["Cache-Control"];
    expect(await cacheControl({ "If-None-Match": "*" })).toBe("public, s-maxage=3600, max-age=60");
    expect(await cacheControl({ "If-Match": '"x"' })).toBe("private, no-store");
    expect(await cacheControl({ Range: "bytes=10-" })).toBe("private, no-store");
  });

  it("that could act in a browser is to be saved, in a sandbox", async () => {
    const world = await assetWorld();
    const { id } = await upload(world, bodyOf("<script>", "text/html"), { filename: 'a"b.html' });
    expect(await fieldsOf(world, id)).toMatchObject({
      "Content-Disposition": `attachment; filename="a_b.html"; filename*=UTF-8''a%22b.html`,
      "Content-Security-Policy": "sandbox",
    });
  });

  it("is shown to the pages that its tenant allows", async () => {
    const { world, id } = await withAsset();
    const cors = { origins: ["*"], requestHeaders: [], exposedHeaders: [], maxAgeSeconds: 60 };
    register(world, { ...ACME, serving: { ...ACME.serving, cors } });
    expect((await downloadAsset(id, requestOf(), world)).cors).toEqual(cors);
  });

  it("comes all the same when nobody can say what its tenant wants", async () => {
    const { world, id } = await withAsset();
    expect(await download({ ...world, directory: failing(world.directory) }, id)).toEqual([200, "0123456789"]);
    expect(reported(world)).toEqual(["tenants"]);
  });

  it("is kept by the cache of this place from its second download on, and then comes from there", async () => {
    const { world, id } = await withAsset();
    for (const from of ["store", "store", "edge", "edge"]) {
      expect((await fieldsOf(world, id))["Cache-Status"]).toBe(`snapbyte; hit; detail=${from}`);
      await world.settled();
    }
    await replaceContent(ACME.id, id, bodyOf("another"), world);
    expect(await download(world, id)).toEqual([200, "another"]);
  });

  it("counts as delivered, with the bytes that went out", async () => {
    const { world, id } = await withAsset();
    await download(world, id);
    await download(world, id, { headers: { Range: "bytes=0-3" } });
    await download(world, id, { headers: { "If-None-Match": "*" } });
    await download(world, id, { method: "HEAD" });
    const of = { kind: "delivery", tenant: ACME.id };
    expect(world.usage.of("delivery")).toEqual([
      { ...of, status: 200, bytes: 10 },
      { ...of, status: 206, bytes: 4 },
      { ...of, status: 304, bytes: 0 },
      { ...of, status: 200, bytes: 0 },
    ]);
  });
});
