import { describe, expect, it } from "vitest";
import { MAX_SETTINGS_OF_A_KIND } from "../../../src/app/settings/change.ts";
import { addCname, listCnames, removeCname } from "../../../src/app/settings/cnames.ts";
import { readBucket } from "../../../src/core/origin-url/read-bucket.ts";
import { ACME } from "../world.ts";
import { OTHER, settingsDown, settingsWorld } from "./settings-world.ts";

const BUCKET_URL = "https://media.s3.eu-west-1.amazonaws.com";
const CDN = { host: "cdn.acme.example", bucketUrl: BUCKET_URL };

describe("a host name that stands for a bucket", () => {
  it("is kept in lower case, with the bucket as identities begin with it", async () => {
    const world = settingsWorld();
    const first = await addCname(ACME.id, { ...CDN, host: "CDN.Acme.Example" }, false, world);
    expect(first).toMatchObject({ host: "cdn.acme.example", bucket: readBucket(BUCKET_URL) });
    expect(first.bucket).toMatch(/^s3:.*media$/);
    const second = await addCname(ACME.id, { ...CDN, host: "img.acme.example" }, false, world);
    expect(await listCnames(ACME.id, world)).toEqual([first, second]);
  });

  it("is refused when the tenant has declared it already", async () => {
    const world = settingsWorld();
    await addCname(ACME.id, CDN, false, world);
    const again = addCname(ACME.id, { ...CDN, bucketUrl: "https://other.s3.amazonaws.com" }, false, world);
    await expect(again).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
  });

  it("may be declared by two tenants, each for itself", async () => {
    const world = settingsWorld();
    await addCname(ACME.id, CDN, false, world);
    await addCname(OTHER.id, { ...CDN, bucketUrl: "https://other.s3.amazonaws.com" }, false, world);
    await removeCname(OTHER.id, CDN.host, world);
    expect(await listCnames(ACME.id, world)).toMatchObject([{ host: CDN.host }]);
    expect(await listCnames(OTHER.id, world)).toEqual([]);
  });

  it("is gone when it is removed, in whatever case", async () => {
    const world = settingsWorld();
    await addCname(ACME.id, CDN, false, world);
    expect(await removeCname(ACME.id, "CDN.ACME.EXAMPLE", world)).toBe("cdn.acme.example");
    expect(await listCnames(ACME.id, world)).toEqual([]);
    await expect(removeCname(ACME.id, CDN.host, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("of another tenant's cannot be removed", async () => {
    const world = settingsWorld();
    await addCname(ACME.id, CDN, false, world);
    await expect(removeCname(OTHER.id, CDN.host, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is refused when there are as many as there may be", async () => {
    const world = settingsWorld();
    const hosts = Array.from({ length: MAX_SETTINGS_OF_A_KIND }, (_, index) => `c${index}.acme.example`);
    for (const host of hosts) await addCname(ACME.id, { ...CDN, host }, false, world);
    await expect(addCname(ACME.id, CDN, false, world)).rejects.toMatchObject({ code: "LIMIT_REACHED" });
  });

  it("is 503 while the settings are down", async () => {
    const down = settingsDown(settingsWorld());
    const calls = [
      () => listCnames(ACME.id, down),
      () => addCname(ACME.id, CDN, false, down),
      () => removeCname(ACME.id, CDN.host, down),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});

describe("what is refused by the name of its field:", () => {
  it.each([
    "",
    "https://cdn.acme.example",
    "cdn.acme.example/",
    "cdn.acme.example:443",
    "cdn.acme.example.",
    "*.acme.example",
    "user@cdn.acme.example",
    "cdn acme.example",
    "cdn..example",
    "-cdn.example",
    "cdn.exämple",
    `${"a.".repeat(130)}example`,
  ])("host, when it is no host name: %j", async (host) => {
    for (const local of [false, true]) {
      const added = addCname(ACME.id, { ...CDN, host }, local, settingsWorld());
      await expect(added).rejects.toMatchObject({ code: "INVALID_FIELD", message: expect.stringMatching(/^host /) });
    }
  });

  it.each(["localhost", "cdn.internal", "127.0.0.1", "[::1]"])(
    "host, when it is private and this is no local development: %s",
    async (host) => {
      const added = addCname(ACME.id, { ...CDN, host }, false, settingsWorld());
      await expect(added).rejects.toMatchObject({ code: "INVALID_FIELD", message: expect.stringMatching(/^host /) });
      expect(await addCname(ACME.id, { ...CDN, host }, true, settingsWorld())).toMatchObject({ host });
    },
  );

  it.each([
    "s3.amazonaws.com",
    "s3.eu-west-1.amazonaws.com",
    "media.s3.amazonaws.com",
    "storage.googleapis.com",
    "media.storage.googleapis.com",
    "acme.blob.core.windows.net",
  ])("host, when a store itself answers there: %s", async (host) => {
    const added = addCname(ACME.id, { ...CDN, host }, false, settingsWorld());
    await expect(added).rejects.toMatchObject({ code: "INVALID_FIELD", message: expect.stringMatching(/^host /) });
  });

  it.each(["", "media", "https://cdn.acme.example/", "https://s3.amazonaws.com/", "ftp://media.s3.amazonaws.com"])(
    "bucket_url, when it names no bucket of a store that we know: %j",
    async (bucketUrl) => {
      const added = addCname(ACME.id, { ...CDN, bucketUrl }, false, settingsWorld());
      await expect(added).rejects.toMatchObject({
        code: "INVALID_FIELD",
        message: expect.stringMatching(/^bucket_url /),
      });
    },
  );
});
