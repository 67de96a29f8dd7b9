import { describe, expect, it } from "vitest";
import { consoleWorld } from "./fakes/console-world.ts";
import { bodyOf, flashOf, locationOf, textOf } from "./reading.ts";

const keysIn = (html: string) =>
  [...html.matchAll(/<a class="key-cell mono" href="\/app\/acme\/files\/([^"]+)"/g)].map(([, key = ""]) =>
    decodeURIComponent(key.replaceAll("&#39;", "'")),
  );

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

describe("a search for files", () => {
  it.each([
    ["q=film", { search: "film" }],
    ["q=2026%2F&way=key", { prefix: "2026/" }],
    ["q=https%3A%2F%2Fa.example%2Fx", { url_prefix: "https://a.example/x" }],
    ["q=https%3A%2F%2Fa.example%2Fx&way=key", { prefix: "https://a.example/x" }],
    ["tag=Spring&status=ready", { tag: "Spring", status: "ready" }],
    ["status=nonsense&way=nonsense", {}],
  ])("by %s asks the API so", async (query, asked) => {
    const { get, api } = await consoleWorld();
    await get(`/app/acme/files?${query}`);
    const path = api.seen.find((call) => call.path.startsWith("/cache?"))?.path ?? "";
    const { limit, ...rest } = Object.fromEntries(new URLSearchParams(path.slice("/cache?".length)));
    expect([rest, limit]).toEqual([asked, "50"]);
  });

  it("keeps what was typed, from page to page and in every form of the page", async () => {
    const { get } = await consoleWorld();
    const html = await textOf(await get("/app/acme/files?q=MEDIA&status=ready&cursor=0"));
    expect(html).toContain('name="q" class="mono"');
    expect(html).toContain('value="MEDIA"');
    expect(html).toMatch(/<option value="ready" selected/);
    expect(html).toContain('href="/app/acme/files?q=MEDIA&amp;status=ready"');
    expect(html).toContain('<form method="post" action="/app/acme/files?cursor=0&amp;q=MEDIA&amp;status=ready"');
  });

  it("never leaves a signature in an address", async () => {
    const { get, api } = await consoleWorld();
    const pasted = encodeURIComponent("https://a.example/x%20y?X-Amz-Signature=secret#part");
    const response = await get(`/app/acme/files?q=${pasted}&status=ready`);
    expect([response.status, locationOf(response)]).toEqual([
      303,
      "/app/acme/files?q=https%3A%2F%2Fa.example%2Fx%2520y&way=url&status=ready",
    ]);
    expect(api.seen).toEqual([]);
  });

  it.each([
    "https://a.example/x?sig=verysecret",
    "https://user:verysecret@a.example/x",
    "https://objectstorage.eu-1.oraclecloud.com/p/verysecret/n/a/b/c/o/d",
    "https://a.example/bcdn_token=verysecret&expires=9/x.mp4",
    "https://a.example/v/edge-cache-token=Expires=1~Signature=verysecret/x.mp4",
    "HTTPS://a.example/x#verysecret",
  ])("leads from %s to an address that opens nothing, and stays there", async (pasted) => {
    const { get } = await consoleWorld();
    const clean = locationOf(await get(`/app/acme/files?q=${encodeURIComponent(pasted)}`));
    expect(clean).toMatch(/^\/app\/acme\/files\?q=https/i);
    expect(clean).not.toContain("verysecret");
    const page = await get(clean);
    expect([page.status, await textOf(page)]).toEqual([200, expect.not.stringContaining("verysecret")]);
  });

  it("finds files by a part, a tag, or the beginning of a URL", async () => {
    const { get } = await consoleWorld();
    const found = async (query: string) => keysIn(await textOf(await get(`/app/acme/files?${query}`)));
    expect(await found("q=BACKUP")).toEqual(["big/backup.img"]);
    expect(await found("q=https://x.example/")).toHaveLength(1);
    expect((await found("tag=media")).length).toBeGreaterThan(5);
    expect(await found("q=nonsuch")).toEqual([]);
  });

  it("finds a key that is typed whole, though it changed too long ago to be looked at", async () => {
    const { get, api } = await consoleWorld();
    const empty = { ...api, ask: api.ask };
    const world = await consoleWorld({
      askApi: async (request) =>
        new URL(request.url).pathname === "/cache"
          ? Response.json({ entries: [], cursor: "later" })
          : await empty.ask(request),
    });
    const html = await textOf(await world.get("/app/acme/files?q=big%2Fbackup.img"));
    expect(keysIn(html)).toEqual(["big/backup.img"]);
    const nothing = await textOf(await world.get("/app/acme/files?q=backup"));
    expect(nothing).toContain("Not among 10,000 files");
    expect(nothing).toContain('href="/app/acme/files?cursor=later&amp;q=backup"');
    expect(await textOf(await world.get("/app/acme/files?q=big%2Fbackup.img&status=ready"))).toContain("Not among");
    expect((await get("/app/acme/files?q=x")).status).toBe(200);
  });

  it("says at the field what the API does not understand, and shows the rest of the page", async () => {
    const { get } = await consoleWorld();
    const response = await get("/app/acme/files?tag=two%20words&q=a");
    const html = await textOf(response);
    expect(response.status).toBe(400);
    expect(html).toMatch(/id="e-tag-filter">This must be printable ASCII/);
    expect(html).toContain('value="two words"');
    expect(html).toContain('id="preload"');
  });

  it("comes in pages, and keeps the filter from page to page", async () => {
    const { get } = await consoleWorld();
    const first = await textOf(await get("/app/acme/files"));
    expect(first).toContain('href="/app/acme/files?cursor=50"');
    const second = await textOf(await get("/app/acme/files?cursor=50"));
    expect(second).toContain("First page");
    expect(second).not.toContain("Next page");
    expect(await textOf(await get("/app/acme/files?status=ready&cursor=0"))).toContain("cursor=50&amp;status=ready");
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
