import { describe, expect, it } from "vitest";
import { consoleWorld, type World } from "./fakes/console-world.ts";
import { sampleAsset } from "./fakes/sample-assets.ts";
import { bodyOf, flashOf, locationOf, textOf } from "./reading.ts";

const PATH = "/app/acme/assets/a1";

/** Sends a form of the page's; what the API was told, and what was answered. */
async function sent(form: string, fields: Readonly<Record<string, string>> = {}, world?: World) {
  const { post, api } = world ?? (await consoleWorld());
  const response = await post(PATH, { form, ...fields });
  const { method, path, body } = api.seen.findLast((call) => call.method !== "GET") ?? {};
  return { response, told: [`${method} ${path}`, body] };
}

describe("an asset", () => {
  it("tells its size, type and ETag, and where it and its newest version are downloaded", async () => {
    const { get } = await consoleWorld();
    const html = await textOf(await get(PATH));
    expect(html).toContain("<h1>handbook.pdf</h1>");
    expect(html).toContain("1.23 MB (1,234,567 bytes)");
    expect(html).toContain("application/pdf");
    expect(html).toContain(`<code>&quot;${"01".repeat(32)}&quot;</code>`);
    expect(html).toContain('data-copy="https://edge.example.com/assets/a1/download"');
    expect(html).toContain('data-copy="https://edge.example.com/assets/public/v24"');
    expect(html).not.toContain("api.internal");
  });

  it("is shown at the organisation's own host, where the API names that", async () => {
    const { get, api } = await consoleWorld();
    api.data.assets.unshift(sampleAsset(1, { download_url: "https://files.acme.example/assets/a1/download" }));
    expect(await textOf(await get(PATH))).toContain('data-copy="https://files.acme.example/assets/a1/download"');
  });

  it("that is private has no address, and says so", async () => {
    const { get } = await consoleWorld();
    const html = await textOf(await get("/app/acme/assets/a2"));
    expect(html).toContain("none while it is private");
    expect(html).not.toContain("/assets/a2/download");
  });

  it("that is nobody's, or another's, is no page and takes no form", async () => {
    const { get, post, api } = await consoleWorld();
    expect((await get("/app/acme/assets/nobodys")).status).toBe(404);
    for (const fields of [{ form: "delete" }, { form: "link", ttl: "3600" }, { file: "hello" }]) {
      expect((await post("/app/acme/assets/nobodys", fields)).status).toBe(404);
    }
    expect(api.seen.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("stands when its versions or its links cannot be told", async () => {
    for (const [call, what] of [
      ["GET /assets/a1/versions", "Versions"],
      ["GET /assets/a1/access-tokens", "Private links"],
    ] as const) {
      const { get, api } = await consoleWorld();
      api.answerWith(call, 503, "UNAVAILABLE", "x");
      const response = await get(PATH);
      const html = await textOf(response);
      expect([response.status, html]).toEqual([200, expect.stringContaining(`${what} cannot be shown at the moment`)]);
    }
  });
});

describe("a change of an asset", () => {
  it.each([
    ["rename", { filename: "b ü.txt" }, "PATCH /assets/a1", { filename: "b ü.txt" }, "renamed"],
    ["visibility", { is_public: "false" }, "PATCH /assets/a1", { is_public: false }, "is private"],
    ["visibility", { is_public: "true" }, "PATCH /assets/a1", { is_public: true }, "is public"],
    ["publish", {}, "POST /assets/a1/publish", undefined, "Version 24 is published"],
    ["rollback", { version_id: "v3" }, "POST /assets/a1/rollback", { version_id: "v3" }, "what that version holds"],
    ["revoke", { token_id: "t2" }, "DELETE /assets/a1/access-token/t2", undefined, "opens nothing"],
  ])("%s %j", async (form, fields, call, body, said) => {
    const { response, told } = await sent(form, fields);
    expect(told).toEqual([call, body]);
    expect([response.status, locationOf(response)]).toEqual([303, PATH]);
    expect(flashOf(response)).toContain(said);
  });

  it("deletes it after a second word, and leads to the others", async () => {
    const html = await textOf(await (await consoleWorld()).get(PATH));
    expect(html).toMatch(/<summary>Delete…<\/summary><form[^>]*>.*?cannot be taken back.*?<button[^>]*class="danger"/s);
    const { response, told } = await sent("delete");
    expect([told[0], locationOf(response)]).toEqual(["DELETE /assets/a1", "/app/acme/assets"]);
  });

  it("puts another file in its place, as it comes", async () => {
    const { post, api } = await consoleWorld();
    const response = await post(PATH, { file: "other" });
    const { file } = bodyOf(api.seen, "PUT /assets/a1/content") as { file: File };
    expect(await file.text()).toBe("other");
    expect([response.status, locationOf(response), flashOf(response)]).toEqual([
      ...[303, PATH],
      "+The asset has its new content.",
    ]);
  });

  it("warns before what is private is published, and not where it is public anyway", async () => {
    const { get } = await consoleWorld();
    expect(await textOf(await get("/app/acme/assets/a2"))).toContain("<summary>Publish a version…</summary>");
    expect(await textOf(await get(PATH))).toContain('name="form" value="publish">Publish a version</button>');
  });

  it("that is refused is answered in place, and what was typed stays", async () => {
    const { response } = await sent("rename", { filename: "" });
    expect([response.status, await textOf(response)]).toEqual([422, expect.stringContaining("Type a name.")]);
    const world = await consoleWorld();
    world.api.answerWith("PATCH /assets/a1", 400, "INVALID_FIELD", "filename: must be 1 to 1024 bytes long.");
    const again = await textOf((await sent("rename", { filename: "x".repeat(600) }, world)).response);
    expect(again).toContain('id="e-filename">This must be 1 to 1024 bytes long.');
    expect(again).toContain(`value="${"x".repeat(600)}"`);
    const full = await consoleWorld();
    full.api.answerWith("POST /assets/a1/publish", 429, "TOO_MANY_REQUESTS", "No more than 600 a minute.");
    const late = await sent("publish", {}, full);
    expect([late.response.status, await textOf(late.response)]).toEqual([
      422,
      expect.stringMatching(/role="alert">No more than 600 a minute\./),
    ]);
  });

  it("that no form of the page asks for is none", async () => {
    const { response, told } = await sent("nonsense");
    expect([response.status, told]).toEqual([422, ["undefined undefined", undefined]]);
  });
});

describe("the versions of an asset", () => {
  it("lead to what everybody gets, and back; the one that it is now does not", async () => {
    const { get } = await consoleWorld();
    const html = await textOf(await get(PATH));
    expect(html).toMatch(
      /<a href="https:\/\/edge\.example\.com\/assets\/public\/v24">Version 24<\/a> <span[^>]*>current/,
    );
    expect(html).toMatch(/Version 22 <span[^>]*>withdrawn/);
    expect(html).not.toContain("/assets/public/v22");
    expect(html).not.toContain('name="version_id" value="v24"');
    expect(html).toContain('name="version_id" value="v23"');
  });

  it("come in pages, and are not said to be the newest on a later one", async () => {
    const { get, api } = await consoleWorld();
    expect(await textOf(await get(PATH))).toContain(`href="${PATH}?versions=10#versions"`);
    const second = await textOf(await get(`${PATH}?versions=10`));
    expect(api.seen.map(({ path }) => path)).toContain("/assets/a1/versions?cursor=10&limit=10");
    expect(second).not.toContain("for good");
    expect(second).toContain("First page");
  });
});
