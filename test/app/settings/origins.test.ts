import { describe, expect, it } from "vitest";
import { MAX_SETTINGS_OF_A_KIND } from "../../../src/app/settings/change.ts";
import {
  addOrigin,
  changeOrigin,
  describeOrigin,
  listOrigins,
  type OriginWish,
  removeOrigin,
} from "../../../src/app/settings/origins.ts";
import { ACME } from "../world.ts";
import { OTHER, settingsDown, settingsWorld } from "./settings-world.ts";

const BUCKET: OriginWish = {
  text: "https://media.s3.amazonaws.com/public/",
  access: null,
  obeyPrivate: false,
  tags: [],
};
const NO_SUCH = 2 ** 31 - 1;

describe("an origin that a tenant allows", () => {
  it("is kept with what it says, and listed in the order of its coming", async () => {
    const world = settingsWorld();
    const first = await addOrigin(ACME.id, BUCKET, false, world);
    expect(first).toMatchObject({
      ...{ scheme: "https", host: "media.s3.amazonaws.com", port: 443, pathPrefix: "/public/", access: null },
      obeyPrivate: false,
    });
    const second = await addOrigin(
      ACME.id,
      { text: "https://*.Example.com:8443", access: "public", obeyPrivate: true, tags: ["media"] },
      false,
      world,
    );
    expect(second).toMatchObject({
      host: "*.example.com",
      port: 8443,
      pathPrefix: "/",
      access: "public",
      obeyPrivate: true,
      tags: ["media"],
    });
    expect(await listOrigins(ACME.id, world)).toEqual([first, second]);
    expect(await describeOrigin(ACME.id, second.id, world)).toEqual(second);
  });

  it("may prove access in another way later, and in the tenant's own again", async () => {
    const world = settingsWorld();
    const { id } = await addOrigin(ACME.id, BUCKET, false, world);
    expect(await changeOrigin(ACME.id, id, { access: "signed" }, world)).toMatchObject({ id, access: "signed" });
    expect(await describeOrigin(ACME.id, id, world)).toMatchObject({ access: "signed" });
    expect(await changeOrigin(ACME.id, id, { access: null }, world)).toMatchObject({ id, access: null });
  });

  it("may say later whether private answers of its store are obeyed, and keeps what is not named", async () => {
    const world = settingsWorld();
    const { id } = await addOrigin(ACME.id, { ...BUCKET, access: "verify" }, false, world);
    const obeying = { id, access: "verify", obeyPrivate: true };
    expect(await changeOrigin(ACME.id, id, { obeyPrivate: true }, world)).toMatchObject(obeying);
    expect(await describeOrigin(ACME.id, id, world)).toMatchObject(obeying);
    const both = { access: null, obeyPrivate: false };
    expect(await changeOrigin(ACME.id, id, both, world)).toMatchObject({ id, ...both });
  });

  it("is not changed by a call that names nothing", async () => {
    const world = settingsWorld();
    const { id } = await addOrigin(ACME.id, BUCKET, false, world);
    world.directory.forgotten.splice(0);
    await expect(changeOrigin(ACME.id, id, {}, world)).rejects.toMatchObject({ code: "MISSING_FIELD" });
    expect(world.directory.forgotten).toEqual([]);
  });

  it("is gone when it is removed", async () => {
    const world = settingsWorld();
    const { id } = await addOrigin(ACME.id, BUCKET, false, world);
    await removeOrigin(ACME.id, id, world);
    expect(await listOrigins(ACME.id, world)).toEqual([]);
    await expect(removeOrigin(ACME.id, id, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is refused when there is one of the same scheme, host, port and prefix", async () => {
    const world = settingsWorld();
    await addOrigin(ACME.id, BUCKET, false, world);
    const again: OriginWish = { ...BUCKET, text: "https://MEDIA.s3.amazonaws.com:443/public/", access: "public" };
    await expect(addOrigin(ACME.id, again, false, world)).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
    await addOrigin(ACME.id, { ...BUCKET, text: "https://media.s3.amazonaws.com/" }, false, world);
    expect(await listOrigins(ACME.id, world)).toHaveLength(2);
  });

  it("is refused when there are as many as there may be", async () => {
    const world = settingsWorld();
    const texts = Array.from({ length: MAX_SETTINGS_OF_A_KIND }, (_, index) => `https://b${index}.example.com/`);
    for (const text of texts) await addOrigin(ACME.id, { ...BUCKET, text }, false, world);
    await expect(addOrigin(ACME.id, BUCKET, false, world)).rejects.toMatchObject({ code: "LIMIT_REACHED" });
    await addOrigin(OTHER.id, BUCKET, false, world);
  });

  it("is the tenant's own: to another its id is as good as none", async () => {
    const world = settingsWorld();
    const mine = await addOrigin(ACME.id, BUCKET, false, world);
    for (const [tenant, id] of [
      [OTHER.id, mine.id],
      [ACME.id, NO_SUCH],
    ] as const) {
      await expect(describeOrigin(tenant, id, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(changeOrigin(tenant, id, { access: "public" }, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(removeOrigin(tenant, id, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    expect(await listOrigins(ACME.id, world)).toEqual([mine]);
    expect(await listOrigins(OTHER.id, world)).toEqual([]);
  });
});

/** What is no origin outside of local development, and why. */
const REFUSED: [string, RegExp][] = [
  ["http://media.s3.amazonaws.com/", /https/],
  ["https://localhost/", /public/],
  ["https://intranet/", /public/],
  ["https://db.internal/", /public/],
  ["https://*.internal/", /public/],
  ["https://*.com/", /public/],
  ["https://127.0.0.1/", /public/],
  ["https://2130706433/", /public/],
  ["https://0x7f.1/", /public/],
  ["https://[::1]/", /public/],
  ["https://*.10.0.0.1/", /public/],
];

/** What is no origin anywhere. */
const MALFORMED = [
  "",
  "media.s3.amazonaws.com",
  "//media.s3.amazonaws.com/",
  "ftp://media.s3.amazonaws.com/",
  "https://user:password@media.s3.amazonaws.com/",
  "https://*/",
  "https://a.*.example.com/",
  "https://*.*.example.com/",
  "https://*example.com/",
  "https://example.com./",
  "https://example.com:99999/",
  "https://example.com/?prefix=a",
  "https://example.com/?",
  "https://example.com/#a",
  "https://example.com/a b",
  "https://example.com/a\nb",
  "https://example.com\\@evil.example/",
  "https://example.com/a/../b",
  "https://example.com/%2e%2E/b",
  "https://example.com/ä",
  "https://exämple.com/",
];

describe("an origin is refused, by its name,", () => {
  it.each(REFUSED)("outside of local development: %s", async (text, why) => {
    const world = settingsWorld();
    const added = addOrigin(ACME.id, { ...BUCKET, text }, false, world);
    await expect(added).rejects.toMatchObject({ code: "INVALID_FIELD", message: expect.stringMatching(/^origin /) });
    await expect(added).rejects.toThrow(why);
    expect(await listOrigins(ACME.id, world)).toEqual([]);
  });

  it.each(["http://127.0.0.1:9000/bucket", "http://localhost/", "https://[::1]:9000/"])(
    "and not in local development: %s",
    async (text) => {
      expect(await addOrigin(ACME.id, { ...BUCKET, text }, true, settingsWorld())).toMatchObject({ access: null });
    },
  );

  it.each(MALFORMED)("when it is no URL of an origin: %j", async (text) => {
    for (const local of [false, true]) {
      const added = addOrigin(ACME.id, { ...BUCKET, text }, local, settingsWorld());
      await expect(added).rejects.toMatchObject({ code: "INVALID_FIELD", message: expect.stringMatching(/^origin /) });
    }
  });
});

describe("while the settings are down,", () => {
  it("everything about origins is 503", async () => {
    const down = settingsDown(settingsWorld());
    const calls = [
      () => listOrigins(ACME.id, down),
      () => describeOrigin(ACME.id, 1, down),
      () => addOrigin(ACME.id, BUCKET, false, down),
      () => changeOrigin(ACME.id, 1, { access: null }, down),
      () => removeOrigin(ACME.id, 1, down),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
