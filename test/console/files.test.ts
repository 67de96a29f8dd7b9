import { describe, expect, it } from "vitest";
import { consoleWorld } from "./fakes/console-world.ts";
import { bodyOf, flashOf, locationOf, textOf } from "./reading.ts";

describe("files", () => {
  it("are preloaded under a key and with tags", async () => {
    const { post, api } = await consoleWorld();
    const fields = { form: "preload", url: "https://a.example/x?sig=1", hash: "report 7", tags: "a, b\nc" };
    const response = await post("/app/acme/files", fields);
    expect(bodyOf(api.seen, "POST /preload")).toEqual({ url: fields.url, hash: "report 7", tags: ["a", "b", "c"] });
    expect([response.status, locationOf(response)]).toEqual([303, "/app/acme/files/report%207"]);
    expect(flashOf(response)).toContain("will be made");
  });

  it("that cannot be stored are said to be so at the URL, and lead to no page that is not there", async () => {
    const { post, api } = await consoleWorld();
    api.data.preloaded = "not_storable";
    const response = await post("/app/acme/files", { form: "preload", url: "https://a.example/x", hash: "mine" });
    const html = await textOf(response);
    expect([response.status, html]).toEqual([422, expect.stringMatching(/id="e-url">Nothing that this URL names/)]);
    expect(html).toContain('value="mine"');
  });

  it.each([
    [{ by: "key", value: "a\nb" }, { keys: ["a", "b"] }],
    [{ by: "prefix", value: "2026/" }, { prefix: "2026/" }],
    [{ by: "url_prefix", value: "https://a.example/x" }, { url_prefix: "https://a.example/x" }],
    [
      { by: "tag", value: "spring", soft: "yes" },
      { tag: "spring", soft: true },
    ],
    [{ by: "all", value: "everything" }, { all: true }],
  ])("are purged by %j", async (fields, body) => {
    const { post, api } = await consoleWorld();
    await post("/app/acme/files", { form: "purge", ...fields });
    expect(bodyOf(api.seen, "POST /purge")).toEqual(body);
  });

  it("are not all purged by a slip", async () => {
    const { post, api } = await consoleWorld();
    const html = await textOf(await post("/app/acme/files", { form: "purge", by: "all", value: "yes" }));
    expect(html).toContain("Type the word everything.");
    expect(bodyOf(api.seen, "POST /purge")).toBeUndefined();
  });

  it.each(["key", "prefix", "url_prefix", "tag"])(
    "are not purged by %s with a URL's query, which would stand in the audit log with its signature",
    async (by) => {
      const { post, api } = await consoleWorld();
      const value = "https://a.example/x?X-Amz-Signature=1";
      const response = await post("/app/acme/files", { form: "purge", by, value });
      expect([response.status, await textOf(response)]).toEqual([422, expect.stringContaining("Leave out the URL")]);
      expect(bodyOf(api.seen, "POST /purge")).toBeUndefined();
    },
  );

  it("that are ticked are purged together, softly if wanted, and the search stays", async () => {
    const { post, api } = await consoleWorld();
    const here = "/app/acme/files?status=ready&q=film";
    const fields = { form: "chosen", "chosen a/b": "yes", "chosen c d": "yes", soft: "yes" };
    const response = await post(here, fields);
    expect(bodyOf(api.seen, "POST /purge")).toEqual({ keys: ["a/b", "c d"], soft: true });
    expect([locationOf(response), flashOf(response)]).toEqual([
      "/app/acme/files?q=film&status=ready",
      "+2 files will be made anew.",
    ]);
    const none = await post(here, { form: "chosen" });
    expect([none.status, await textOf(none)]).toEqual([422, expect.stringContaining("Tick the files that are meant")]);
    expect(api.seen.filter(({ path }) => path === "/purge")).toHaveLength(1);
  });

  it("stay ticked when their purge is refused", async () => {
    const { post, api } = await consoleWorld();
    api.answerWith("POST /purge", 402, "PLAN_LIMIT", "Not now.");
    const html = await textOf(await post("/app/acme/files", { form: "chosen", "chosen big/backup.img": "yes" }));
    expect(html).toContain("Not now.");
    expect(html).toMatch(/name="chosen big\/backup.img" value="yes" checked/);
    expect(html.match(/type="checkbox"[^>]* checked/g)).toHaveLength(1);
  });
});

describe("a file", () => {
  it("tells how far its copy has come, is asked anew meanwhile, and tells why there is none", async () => {
    const { get } = await consoleWorld();
    const filling = await textOf(await get("/app/acme/files/big%2Fbackup.img"));
    expect(filling).toContain("400 MB of 1.00 GB, 40.0 %");
    expect(filling).toMatch(/<progress[^>]*max="1000000000" value="400000000"/);
    expect(filling).toMatch(/data-live="entry"(?! data-settled)/);
    const failed = await textOf(await get(`/app/acme/files/${encodeURIComponent("s3:aws/media/gone.mov")}`));
    expect(failed).toContain("The origin answered 404.");
    expect(failed).toMatch(/data-live="entry" data-settled/);
  });

  it("tells what it was used for within 30 days, and stands when that cannot be told", async () => {
    const { get, api } = await consoleWorld();
    const html = await textOf(await get("/app/acme/files/big%2Fbackup.img"));
    expect(api.seen.map(({ path }) => path)).toContain("/usage?by=day&key=big%2Fbackup.img");
    expect(html).toMatch(/<dt>Delivered<\/dt>.*?[\d.]+ [kMGT]B/);
    api.answerWith("GET /usage", 503, "UNAVAILABLE", "x");
    const without = await get("/app/acme/files/big%2Fbackup.img");
    expect([without.status, await textOf(without)]).toEqual([
      200,
      expect.stringContaining("Usage cannot be shown at the moment"),
    ]);
  });

  it("gives a link at the edge's own address", async () => {
    const { post } = await consoleWorld();
    const html = await textOf(await post("/app/acme/files/big%2Fbackup.img", { form: "link" }));
    expect(html).toContain("https://edge.example.com/proxy?hash=a&amp;kid=k1&amp;sig=s");
    expect(html).toMatch(/data-copy="https:\/\/edge\.example\.com/);
    expect(html).not.toContain("api.internal");
  });

  it.each([
    ["purge", "", "The copy is purged."],
    ["refresh", "?soft=true", "anew"],
  ])("is let go of by %s", async (form, query, said) => {
    const { post, api } = await consoleWorld();
    const response = await post("/app/acme/files/big%2Fbackup.img", { form });
    expect(api.seen.at(-1)).toMatchObject({ method: "DELETE", path: `/cache/big%2Fbackup.img${query}` });
    expect(flashOf(response)).toContain(said);
  });

  it("leads to a preload of itself, under its key", async () => {
    const { get } = await consoleWorld();
    expect(await textOf(await get("/app/acme/files/big%2Fbackup.img"))).toContain(
      'href="/app/acme/files?preload=big%2Fbackup.img#preload"',
    );
    expect(await textOf(await get("/app/acme/files?preload=big%2Fbackup.img"))).toContain('value="big/backup.img"');
  });
});
