import { describe, expect, it } from "vitest";
import { changeServing, describeServing } from "../../../src/app/settings/serving.ts";
import { type CorsSettings, PLAIN_SERVING, type ServingSettings } from "../../../src/core/tenant.ts";
import { tenantId } from "../../core/samples.ts";
import { ACME } from "../world.ts";
import { OTHER, settingsDown, settingsWorld } from "./settings-world.ts";

const CORS: CorsSettings = {
  origins: ["https://app.example.com"],
  requestHeaders: ["x-player"],
  exposedHeaders: [],
  maxAgeSeconds: 60,
};

/** What becomes of CORS settings that differ in this from good ones. */
async function changed(changes: Partial<CorsSettings>): Promise<CorsSettings | null> {
  return (await changeServing(ACME.id, { cors: { ...CORS, ...changes } }, settingsWorld())).cors;
}

describe("how a tenant's copies are handed to browsers", () => {
  it("is told, and changed in what is named only", async () => {
    const world = settingsWorld();
    expect(await describeServing(ACME.id, world)).toEqual(PLAIN_SERVING);
    const steps: Partial<ServingSettings>[] = [
      { cors: CORS },
      { resourcePolicy: "same-site" },
      { showActive: true },
      {},
      { cors: { ...CORS, origins: ["*"], requestHeaders: [] } },
      { cors: null, resourcePolicy: "same-origin", showActive: false },
    ];
    let expected = PLAIN_SERVING;
    for (const changes of steps) {
      expected = { ...expected, ...changes };
      expect(await changeServing(ACME.id, changes, world)).toEqual(expected);
      expect(await describeServing(ACME.id, world)).toEqual(expected);
    }
    expect(await describeServing(OTHER.id, world)).toEqual(PLAIN_SERVING);
  });

  it("has the tenant forgotten when it is changed, and not when it is looked at", async () => {
    const world = settingsWorld();
    await describeServing(ACME.id, world);
    expect(world.directory.forgotten).toEqual([]);
    await changeServing(ACME.id, { cors: CORS }, world);
    expect(world.directory.forgotten).toEqual(await world.settings.names(ACME.id));
  });

  it("of a tenant that is gone is not found", async () => {
    const [gone, world] = [tenantId("gone"), settingsWorld()];
    await expect(describeServing(gone, world)).rejects.toMatchObject({ code: "UNKNOWN_TENANT" });
    await expect(changeServing(gone, { cors: null }, world)).rejects.toMatchObject({ code: "UNKNOWN_TENANT" });
  });

  it("is 503 while the settings are down", async () => {
    const down = settingsDown(settingsWorld());
    await expect(describeServing(ACME.id, down)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    for (const changes of [{}, { showActive: true }]) {
      await expect(changeServing(ACME.id, changes, down)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    }
  });
});

describe("active content", () => {
  it("may be shown by a tenant with an active host of its own only", async () => {
    const world = settingsWorld();
    const [host] = await world.settings.hosts(ACME.id);
    for (const state of ["pending", "failed"] as const) {
      await world.settings.changeHost(ACME.id, host?.host ?? "", { state });
      const showing = changeServing(ACME.id, { showActive: true, cors: CORS }, world);
      await expect(showing).rejects.toMatchObject({ code: "NO_OWN_HOST", message: expect.stringMatching(/host/) });
      expect(await describeServing(ACME.id, world)).toEqual(PLAIN_SERVING);
    }
    await world.settings.changeHost(ACME.id, host?.host ?? "", { state: "active" });
    expect(await changeServing(ACME.id, { showActive: true }, world)).toMatchObject({ showActive: true });
  });

  it("may not be shown by a tenant without any, who may say no", async () => {
    const world = settingsWorld();
    const showing = changeServing(OTHER.id, { showActive: true }, world);
    await expect(showing).rejects.toMatchObject({ code: "NO_OWN_HOST" });
    expect(await changeServing(OTHER.id, { showActive: false }, world)).toEqual(PLAIN_SERVING);
  });
});

describe("an origin that may read copies", () => {
  it.each([
    "https://app.example.com",
    "http://localhost:3000",
    "https://app.example.com:8443",
    "http://127.0.0.1:1",
    "https://[2001:db8::1]:8443",
    "https://xn--mnchen-3ya.example",
    "*",
  ])("may be %s", async (origin) => {
    expect(await changed({ origins: [origin] })).toEqual({ ...CORS, origins: [origin] });
  });

  it.each([
    "",
    "null",
    "app.example.com",
    "//app.example.com",
    "https://app.example.com/",
    "https://app.example.com/a",
    "https://app.example.com?",
    "https://app.example.com#",
    "https://app.example.com:443",
    "http://app.example.com:80",
    "https://app.example.com:08443",
    "https://app.example.com:",
    "https://App.example.com",
    "HTTPS://app.example.com",
    "https://user@app.example.com",
    "https://*.example.com",
    "https://münchen.example",
    "https://app.example.com ",
    " https://app.example.com",
    "https://app.example.com,https://b.example.com",
    "ftp://app.example.com",
    "file://",
    "https://",
    "**",
  ])("may not be %j, by the place in its list", async (origin) => {
    const error = { code: "INVALID_FIELD", message: expect.stringMatching(/^cors\.origins\.1 /) };
    await expect(changed({ origins: ["https://good.example.com", origin] })).rejects.toMatchObject(error);
  });

  it("is kept once, and * is alone", async () => {
    const [one, two] = ["https://one.example.com", "https://two.example.com"];
    expect(await changed({ origins: [one, two, one] })).toMatchObject({ origins: [one, two] });
    expect(await changed({ origins: [] })).toMatchObject({ origins: [] });
    await expect(changed({ origins: ["*", one] })).rejects.toMatchObject({ code: "INVALID_FIELD" });
    await expect(changed({ origins: [one, "*"] })).rejects.toMatchObject({ code: "INVALID_FIELD" });
  });
});

describe.each([
  ["that scripts may send", "requestHeaders", "request_headers"],
  ["that scripts may see", "exposedHeaders", "exposed_headers"],
] as const)("a field %s", (_, list, name) => {
  it("is kept in lower case, and once", async () => {
    const fields = ["X-Player", "x-player", "!#$%&'+.^_`|~09az-"];
    expect(await changed({ [list]: fields })).toEqual({ ...CORS, [list]: ["x-player", "!#$%&'+.^_`|~09az-"] });
  });

  it.each(["", "*", "x player", "x-player:", "x,y", "x\r\nSet-Cookie", "ü", "x\0", '"x"', "(x)", "a/b"])(
    "has a name that is a token, which %j is not",
    async (field) => {
      const message = expect.stringMatching(new RegExp(`^cors\\.${name}\\.0 `));
      await expect(changed({ [list]: [field] })).rejects.toMatchObject({ code: "INVALID_FIELD", message });
    },
  );
});
