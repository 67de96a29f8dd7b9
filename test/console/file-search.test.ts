import { describe, expect, it } from "vitest";
import { consoleWorld } from "./fakes/console-world.ts";
import { locationOf, textOf } from "./reading.ts";

const keysIn = (html: string) =>
  [...html.matchAll(/<a class="file-key mono" href="\/app\/acme\/files\/([^"]+)"/g)].map(([, key = ""]) =>
    decodeURIComponent(key.replaceAll("&#39;", "'")),
  );

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
