import { describe, expect, it } from "vitest";
import { consoleWorld, type World } from "./fakes/console-world.ts";
import { flashOf, textOf } from "./reading.ts";

const PATH = "/app/acme/assets/a1";
const SHOWN_ONCE = "p".repeat(43);

/** Sends a form of an asset's page; what the API was told, and what was answered. */
async function sent(form: string, fields: Readonly<Record<string, string>>, world?: World) {
  const { post, api } = world ?? (await consoleWorld());
  const response = await post(PATH, { form, ...fields });
  const { method, path, body } = api.seen.findLast((call) => call.method !== "GET") ?? {};
  return { response, told: [`${method} ${path}`, body] };
}

describe("a private link", () => {
  it("is made for as long, and for as many downloads, as was asked, and shown this once", async () => {
    const world = await consoleWorld();
    const { response, told } = await sent("link", { ttl: "86400", max_downloads: "3" }, world);
    expect(told).toEqual(["POST /assets/a1/access-token", { ttl: 86_400, max_downloads: 3 }]);
    const html = await textOf(response);
    expect([response.status, response.headers.get("Cache-Control")]).toEqual([200, "no-store"]);
    expect(html).toContain(`data-copy="https://edge.example.com/assets/private/${SHOWN_ONCE}"`);
    expect(html).toContain("It is not shown again");
    expect(await textOf(await world.get(PATH))).not.toContain(SHOWN_ONCE);
  });

  it("is for as many downloads as anybody likes, unless somebody says", async () => {
    expect((await sent("link", { ttl: "3600", max_downloads: "" })).told[1]).toEqual({
      ttl: 3600,
      max_downloads: null,
    });
  });

  it.each<[Readonly<Record<string, string>>, string, string]>([
    [{ ttl: "1" }, "ttl", "Choose one of the list."],
    [{ ttl: "3600", max_downloads: "0" }, "max_downloads", "Type a whole number, or nothing."],
    [{ ttl: "3600", max_downloads: "1.5" }, "max_downloads", "Type a whole number, or nothing."],
    [{ ttl: "3600", max_downloads: "9999999" }, "max_downloads", "This must be"],
  ])("of a wish like %j is none, and what was typed stays", async (fields, name, text) => {
    const { response } = await sent("link", fields);
    const html = await textOf(response);
    expect([response.status, html]).toEqual([422, expect.stringContaining(`id="e-${name}">${text}`)]);
    if (fields.max_downloads) expect(html).toContain(`value="${fields.max_downloads}"`);
  });

  it("is listed with its downloads and its end, until it is revoked", async () => {
    const { get } = await consoleWorld();
    const html = await textOf(await get(PATH));
    expect(html).toMatch(/<code class="note">t2<\/code>.*?in 23 hours.*?5 of 5 <span[^>]*>used up/s);
    expect(html).toMatch(/<summary>Revoke…<\/summary>.*?name="token_id" value="t2"/s);
  });

  it("that has expired meanwhile is as good as revoked", async () => {
    const world = await consoleWorld();
    world.api.answerWith("DELETE /assets/a1/access-token/t2", 404, "NOT_FOUND", "x");
    expect(flashOf((await sent("revoke", { token_id: "t2" }, world)).response)).toContain("opens nothing");
    world.api.answerWith("DELETE /assets/a1/access-token/t2", 503, "UNAVAILABLE", "x");
    expect((await sent("revoke", { token_id: "t2" }, world)).response.status).toBe(503);
  });
});
