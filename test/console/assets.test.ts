import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { consoleWorld } from "./fakes/console-world.ts";

async function stylesheet() {
  const world = await consoleWorld();
  const html = await (await world.get("/", null)).text();
  return { ...world, path: /\/assets\/console-\w+\.css/.exec(html)?.[0] ?? "" };
}

describe("an asset", () => {
  it("may be kept for ever, comes compressed, and asks for no cookie", async () => {
    const { get, path } = await stylesheet();
    const response = await get(path, null, { "Accept-Encoding": "gzip, br" });
    expect(response.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
    expect(response.headers.get("Content-Encoding")).toBe("gzip");
    expect(response.headers.get("Content-Type")).toBe("text/css; charset=utf-8");
    expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(gunzipSync(new Uint8Array(await response.arrayBuffer())).toString()).toContain("color-scheme");
  });

  it.each(["identity", "br", "gzip;q=0", ""])("comes as it is for who accepts %j", async (accepted) => {
    const { get, path } = await stylesheet();
    const response = await get(path, null, { "Accept-Encoding": accepted });
    expect(response.headers.get("Content-Encoding")).toBeNull();
    expect(response.headers.get("Vary")).toBe("Accept-Encoding");
    expect(await response.text()).toContain("color-scheme");
  });

  it.each(["/assets/console-0000000000.css", "/assets/", "/assets/../worker.js", "/favicon.ico"])(
    "at %s is none",
    async (path) => {
      const { get } = await stylesheet();
      expect((await get(path, null)).status).toBe(404);
    },
  );
});

describe("a path", () => {
  it.each([
    "/nonsuch",
    "/docs/nonsuch",
    "/docs/%E0%A4%A",
    "/reference/nonsuch",
    "/app/acme/nonsuch",
    "/app/acme/files/nonsuch",
  ])("that leads nowhere, %s, says so", async (path) => {
    const { get, reported } = await consoleWorld();
    const response = await get(path);
    expect([response.status, await response.text()]).toEqual([404, expect.stringContaining("There is nothing here")]);
    expect(reported).toEqual([]);
  });

  it.each([
    ["/", "POST"],
    ["/sign-out", "GET"],
    ["/theme", "GET"],
    ["/app/acme/overview", "DELETE"],
  ])("%s with %s says what it takes", async (path, method) => {
    const { answer } = await consoleWorld();
    const headers = { Cookie: "who=owner", "Sec-Fetch-Site": "same-origin" };
    const response = await answer(new Request(`https://console.example.com${path}`, { method, headers }));
    expect(response.status).toBe(405);
    expect(response.headers.get("Allow")).toMatch(/GET|POST/);
  });
});
