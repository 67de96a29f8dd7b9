import { describe, expect, it } from "vitest";
import { consoleWorld } from "./fakes/console-world.ts";
import { bodyOf, locationOf, textOf } from "./reading.ts";

const SERVING = {
  ...{ origins: "https://app.example.com\nhttps://b.example.com", request_headers: "x-a, x-b" },
  ...{ exposed_headers: "", max_age_seconds: "60", resource_policy: "same-site" },
};

describe("how copies are served", () => {
  it("is shown as it is", async () => {
    const { get } = await consoleWorld();
    const html = await textOf(await get("/app/acme/serving"));
    expect(html).toMatch(/name="origins"[^>]*>https:\/\/app\.acme\.example<\/textarea>/);
    expect(html).toMatch(/<option value="cross-origin" selected/);
    expect(html).toContain('value="3600"');
  });

  it("is changed as a whole", async () => {
    const { post, api } = await consoleWorld();
    const response = await post("/app/acme/serving", SERVING);
    expect(bodyOf(api.seen, "PATCH /serving")).toEqual({
      cors: {
        origins: ["https://app.example.com", "https://b.example.com"],
        request_headers: ["x-a", "x-b"],
        exposed_headers: [],
        max_age_seconds: 60,
      },
      resource_policy: "same-site",
      show_active: false,
    });
    expect([response.status, locationOf(response)]).toEqual([303, "/app/acme/serving"]);
  });

  it("lets no other page read when no origin is named", async () => {
    const { post, api } = await consoleWorld();
    await post("/app/acme/serving", { origins: "", max_age_seconds: "", resource_policy: "same-origin" });
    expect(bodyOf(api.seen, "PATCH /serving")).toMatchObject({ cors: null, resource_policy: "same-origin" });
  });

  it.each([
    [{ origins: "https://a.example.com\nnonsense" }, "e-origins", "Line 2 must be an origin."],
    [{ origins: "" }, "e-origins", "Name the origins that the fields below are for."],
    [{ max_age_seconds: "1.5" }, "e-max_age_seconds", "Type whole seconds, 86400 at most."],
    [{ max_age_seconds: "86401" }, "e-max_age_seconds", "Type whole seconds"],
    [{ resource_policy: "nobody" }, "e-resource_policy", "Choose one of the list."],
    [{ show_active: "yes" }, "e-show_active", "There is no host name of your own"],
  ])("is refused at the field with what was typed: %j", async (wrong, id, words) => {
    const { post, api } = await consoleWorld();
    const response = await post("/app/acme/serving", { ...SERVING, exposed_headers: "x-seen", ...wrong });
    const html = await textOf(response);
    expect(response.status).toBe(422);
    expect(html).toContain(`id="${id}">${words}`);
    expect(html).toContain("x-seen</textarea>");
    expect(api.data.serving.resource_policy).toBe("cross-origin");
  });
});

describe("how copies are made", () => {
  const FILLS = { mode: "stream", max_object_bytes: "5.5 GB", store: "cold", large_store: "", large_from: "" };

  it("is shown in sizes that people type", async () => {
    const { get } = await consoleWorld();
    const html = await textOf(await get("/app/acme/fills"));
    expect(html).toContain('value="10 GB"');
    expect(html).toContain('value="1 GB"');
    expect(html).toContain('value="archive"');
    expect(html).toMatch(/<option value="auto" selected/);
  });

  it("is changed as a whole, in bytes", async () => {
    const { post, api } = await consoleWorld();
    const response = await post("/app/acme/fills", { ...FILLS, store_html: "yes" });
    expect(bodyOf(api.seen, "PATCH /fills")).toEqual({
      ...{ mode: "stream", store_html: true, max_object_bytes: 5_500_000_000, store: "cold", large_store: null },
    });
    expect([response.status, locationOf(response)]).toEqual([303, "/app/acme/fills"]);
    await post("/app/acme/fills", { ...FILLS, max_object_bytes: "", store: "", large_store: "b", large_from: "1 MiB" });
    expect(bodyOf(api.seen, "PATCH /fills")).toMatchObject({
      ...{ max_object_bytes: null, store: null, large_store: { store: "b", from_bytes: 2 ** 20 } },
    });
  });

  it.each([
    [{ max_object_bytes: "much" }, "e-max_object_bytes", "Type a size such as 500 MB"],
    [{ max_object_bytes: "0" }, "e-max_object_bytes", "Type a size"],
    [{ large_store: "b" }, "e-large_from", "Say from which size on."],
    [{ large_from: "1 GB" }, "e-large_store", "Name the store for them."],
    [{ mode: "none" }, "e-mode", "Choose one of the list."],
  ])("is refused at the field with what was typed: %j", async (wrong, id, words) => {
    const { post, api } = await consoleWorld();
    const response = await post("/app/acme/fills", { ...FILLS, ...wrong });
    const html = await textOf(response);
    expect([response.status, bodyOf(api.seen, "PATCH /fills")]).toEqual([422, undefined]);
    expect(html).toContain(`id="${id}">${words}`);
    expect(html).toContain('value="cold"');
  });

  it("is refused in the API's words where only it knows the stores", async () => {
    const { post } = await consoleWorld();
    const html = await textOf(await post("/app/acme/fills", { ...FILLS, store: "nonsuch" }));
    expect(html).toMatch(/role="alert">There is no store of this name\./);
    expect(html).toContain('value="nonsuch"');
  });
});

describe("both", () => {
  it.each(["serving", "fills"])("are facts for who may not change them: %s", async (path) => {
    const { get, post, api } = await consoleWorld();
    const html = await textOf(await get(`/app/acme/${path}`, "member"));
    expect((html.split("<main")[1] ?? "").match(/method="post"/g)).toBeNull();
    expect(html).toContain('<dl class="facts">');
    expect((await post(`/app/acme/${path}`, { ...SERVING, mode: "auto" }, "member")).status).toBe(403);
    expect(api.seen.filter(({ method }) => method === "PATCH")).toEqual([]);
  });

  it("are in the navigation under delivery", async () => {
    const { get } = await consoleWorld();
    const html = await textOf(await get("/app/acme/files"));
    const delivery = html.slice(html.indexOf(">Delivery<"), html.indexOf(">Account<"));
    expect(delivery).toContain('href="/app/acme/fills"');
    expect(delivery).toContain('href="/app/acme/serving"');
  });
});
