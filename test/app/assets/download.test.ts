import { createHash } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { changeAsset, publishAsset, removeAsset, rollbackAsset } from "../../../src/app/assets/assets.ts";
import { downloadAsset, downloadVersion } from "../../../src/app/assets/download.ts";
import { replaceContent } from "../../../src/app/assets/upload.ts";
import { deliveryHeaders } from "../../../src/core/http/delivery-headers.ts";
import type { Aside } from "../../../src/core/plans/standing.ts";
import { HOUR, MINUTE, NOON, SECOND, tenantId } from "../../core/samples.ts";
import { ACME, failing, hanging, passingTime, register, reported, traced, useFakeTimers } from "../world.ts";
import {
  type AskedOf,
  type AssetWorld,
  assetWorld,
  bodyOf,
  download,
  plain,
  requestOf,
  upload,
} from "./asset-world.ts";

const etagOf = (text: string) => `"${createHash("sha256").update(text).digest("hex")}"`;
const at = (ms: number) => new Date(ms).toUTCString();

/** The fields of a public asset's answer. */
async function fieldsOf(world: AssetWorld, id: string, asked: AskedOf = {}) {
  const { plan, terms, body } = await downloadAsset(id, requestOf(asked), world);
  await body?.cancel();
  return deliveryHeaders(plan, terms);
}

async function withAsset(content = "0123456789") {
  const world = await assetWorld();
  const { id } = await upload(world, content);
  world.clock.advance(MINUTE);
  return { world, id };
}

afterEach(() => {
  vi.useRealTimers();
});

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

describe("nobody gets", () => {
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => null,
      ({ code, message }) => ({ code, message }),
    );
  const NONE = { code: "NOT_FOUND", message: "There is nothing at this address." };

  it("what is private, deleted, or was never there, and all of them are told alike", async () => {
    const { world, id } = await withAsset();
    await changeAsset(ACME.id, id, { isPublic: false }, world);
    expect(await refusal(download(world, id))).toEqual(NONE);
    await changeAsset(ACME.id, id, { isPublic: true }, world);
    expect(await download(world, id)).toEqual([200, "0123456789"]);
    await removeAsset(ACME.id, id, world);
    expect(await refusal(download(world, id))).toEqual(NONE);
    expect(await refusal(download(world, "nobodys"))).toEqual(NONE);
  });

  it("a tenant's asset on another tenant's host", async () => {
    const { world, id } = await withAsset();
    const hostTenant = { ...ACME, id: tenantId("other") };
    expect(await refusal(download(world, id, { hostTenant }))).toEqual(NONE);
    expect(await download(world, id, { hostTenant: ACME })).toEqual([200, "0123456789"]);
    const version = await publishAsset(ACME.id, id, world);
    expect(await refusal(downloadVersion(version.id, requestOf({ hostTenant }), world))).toEqual(NONE);
  });

  it.each<[Aside["over"], string | null]>([
    ["suspended", "TENANT_SUSPENDED"],
    ["requests", "PLAN_LIMIT"],
    ["deliveredBytes", "PLAN_LIMIT"],
    ["storedBytes", null],
  ])("anything of a tenant that is over %s: %s", async (over, code) => {
    const { world, id } = await withAsset();
    register(world, { ...ACME, standing: { over, allowed: 7, until: null } });
    const refused = await download(world, id).then(
      () => null,
      (error) => error,
    );
    expect(refused?.code ?? null).toBe(code);
    expect(refused?.limit ?? null).toBeNull();
  });

  it("what the store has lost, which is told to the operators", async () => {
    const { world, id } = await withAsset();
    world.store.objects.clear();
    expect(await refusal(download(world, id))).toEqual(NONE);
    expect(reported(world)).toEqual(["store"]);
  });

  it("what the store or the rows cannot say", async () => {
    const { world, id } = await withAsset();
    const code = "UNAVAILABLE";
    await expect(download({ ...world, store: failing(world.store) }, id)).rejects.toMatchObject({ code });
    await expect(download({ ...world, assets: failing(world.assets) }, id)).rejects.toMatchObject({ code });
    useFakeTimers();
    const late = download({ ...world, store: hanging(world.store) }, id).catch((error) => error);
    expect(await passingTime(late)).toMatchObject({ value: { code }, ms: 3000 });
  });
});

describe("a conditional request sees at once", () => {
  it("that the content was replaced, and that it was rolled back", async () => {
    const { world, id } = await withAsset("one");
    const ask = async (headers: Record<string, string>) => await download(world, id, { headers });
    await publishAsset(ACME.id, id, world);
    await replaceContent(ACME.id, id, bodyOf("two"), world);
    expect(await ask({ "If-None-Match": etagOf("one") })).toEqual([200, "two"]);
    expect(await ask({ "If-None-Match": etagOf("two") })).toEqual([304, null]);
    await rollbackAsset(ACME.id, id, { number: 1 }, world);
    expect(await ask({ "If-None-Match": etagOf("two") })).toEqual([200, "one"]);
    expect(await ask({ "If-None-Match": etagOf("one") })).toEqual([304, null]);
  });

  it("the same by dates, though the old content is back, and all within a second", async () => {
    const { world, id } = await withAsset("one");
    await publishAsset(ACME.id, id, world);
    const seen: string[] = [];
    for (const [change, text] of [
      [() => replaceContent(ACME.id, id, bodyOf("two"), world), "two"],
      [() => rollbackAsset(ACME.id, id, { number: 1 }, world), "one"],
      [() => replaceContent(ACME.id, id, bodyOf("three"), world), "three"],
    ] as const) {
      await change();
      world.clock.advance(1);
      for (const date of seen) {
        expect(await download(world, id, { headers: { "If-Modified-Since": date } })).toEqual([200, text]);
      }
      const { contentSince = 0 } = (await world.assets.findAsset(id)) ?? {};
      // A date that lies ahead is told to nobody.
      expect((await fieldsOf(world, id))["Last-Modified"]).toBe(
        contentSince <= world.clock.now() ? at(contentSince) : undefined,
      );
      seen.push(at(contentSince));
    }
    expect(new Set(seen).size).toBe(3);
    world.clock.advance(3 * SECOND);
    expect(await download(world, id, { headers: { "If-Modified-Since": seen[2] ?? "" } })).toEqual([304, null]);
  });
});

describe("a published version", () => {
  it("never changes, and may be kept for good", async () => {
    const { world, id } = await withAsset("one");
    const { id: version } = await publishAsset(ACME.id, id, world);
    await replaceContent(ACME.id, id, bodyOf("two", "text/css"), world);
    await changeAsset(ACME.id, id, { filename: "b.txt" }, world);
    world.clock.advance(HOUR);
    const answer = await downloadVersion(version, requestOf(), world);
    expect(deliveryHeaders(answer.plan, answer.terms)).toMatchObject({
      "Cache-Control": "public, max-age=31536000, immutable",
      "Content-Type": "text/plain",
      "Content-Disposition": 'inline; filename="a.txt"',
      ETag: etagOf("one"),
      "Last-Modified": at(NOON + MINUTE),
    });
    expect(await plain(answer)).toEqual([200, "one"]);
    const unchanged = await downloadVersion(version, requestOf({ headers: { "If-None-Match": etagOf("one") } }), world);
    expect(await plain(unchanged)).toEqual([304, null]);
  });

  it("is 404 while its asset is private, and when it is deleted", async () => {
    const { world, id } = await withAsset("one");
    const { id: version } = await publishAsset(ACME.id, id, world);
    const ask = async () => await plain(await downloadVersion(version, requestOf(), world));
    await changeAsset(ACME.id, id, { isPublic: false }, world);
    await expect(ask()).rejects.toMatchObject({ code: "NOT_FOUND" });
    await changeAsset(ACME.id, id, { isPublic: true }, world);
    expect(await ask()).toEqual([200, "one"]);
    await removeAsset(ACME.id, id, world);
    await expect(ask()).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(downloadVersion("nobodys", requestOf(), world)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
