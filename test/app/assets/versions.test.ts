import { describe, expect, it } from "vitest";
import { changeAsset, publishAsset, removeAsset, rollbackAsset } from "../../../src/app/assets/assets.ts";
import { downloadVersion } from "../../../src/app/assets/download.ts";
import { replaceContent } from "../../../src/app/assets/upload.ts";
import { deliveryHeaders } from "../../../src/core/http/delivery-headers.ts";
import { HOUR, MINUTE, NOON, SECOND } from "../../core/samples.ts";
import { ACME } from "../world.ts";
import { download, fieldsOf, plain, requestOf, withAsset } from "./asset-world.ts";
import { bodyOf, etagOf } from "./bodies.ts";

const at = (ms: number) => new Date(ms).toUTCString();

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
