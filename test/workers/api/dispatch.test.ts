import { beforeAll, describe, expect, test, vi } from "vitest";
import { API, ask, dispatcher, EDGE, link, registerTenant, requestOf } from "./dispatching.ts";

// The first call starts the Worker.
vi.setConfig({ testTimeout: 30_000 });

beforeAll(registerTenant);

const codeOf = async (response: Response) => (await response.json<{ error: { code: string } }>()).error.code;

describe("what is a download", () => {
  test.each([
    [`https://${EDGE}${link}`, 302],
    [`https://${EDGE}/proxy/${link.slice("/proxy".length)}`, 302],
    [`https://${EDGE}/proxy//${link.slice("/proxy".length)}`, 302],
    [`https://${EDGE}/proxy/https://files.example/a.mp4`, 302],
    [`https://${EDGE}/proxy/https://files.example/a/../b.mp4`, 302],
    [`https://${EDGE}/f/../proxy/https://files.example/a.mp4`, 404],
    [`https://${EDGE}/cache/..${link}`, 302],
    [`https://${EDGE}/f/TOKEN/name`, 403],
    [`https://${EDGE}/f/TOKEN/name/`, 403],
    [`https://${EDGE}/f/TOKEN/%zz`, 400],
    [`https://${EDGE}/cache/../f/TOKEN/name`, 403],
    [`https://${EDGE}/f\\TOKEN\\name`, 403],
    [`http://${EDGE}:8787${link}`, 302],
    [`http://${EDGE}.${link}`, 302],
  ])("is answered without anything of management: %s is %d", async (url, status) => {
    const response = await ask(url);
    expect(response.status).toBe(status);
    expect(await response.text()).not.toContain("management");
  });

  test("goes to the origin byte for byte, dots in its path and all", async () => {
    const response = await ask(`https://${EDGE}/proxy/https://files.example/a/../%2e%2e/b//c.mp4`);
    expect(response.headers.get("Location")).toBe("https://files.example/a/../%2e%2e/b//c.mp4");
  });

  test.each(["GET", "HEAD", "OPTIONS"])("is asked for by %s", async (method) => {
    expect((await ask(`https://${EDGE}${link}`, { method })).status).toBe(method === "OPTIONS" ? 204 : 302);
  });

  test.each(["POST", "PUT", "DELETE", "PATCH"])("is not asked for by %s", async (method) => {
    for (const path of [link, "/proxy/https://files.example/a", "/f/TOKEN/name"]) {
      const response = await ask(`https://${EDGE}${path}`, { method });
      expect([response.status, response.headers.get("Allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    }
  });
});

describe("what is none", () => {
  test.each([
    ...["/", "/proxies", "/proxyx", "/f", "/f/", "/f/TOKEN", "/f/TOKEN/", "/f/a/b/c", "/f//b", "//proxy", "/PROXY"],
    ...[
      "/f/../cache",
      "/f/%2e%2e/cache",
      "/f/x/../../cache",
      "/f\\..\\cache",
      "/proxy/../cache",
      "/proxy/%2E%2e/cache",
    ],
    ...["/proxy/https://files.example/../../../../cache", "/cache?url=/proxy", "/cache/f/TOKEN/name", "/./f/../hosts"],
  ])("is left to the router, whatever it looks like: %s", async (path) => {
    expect(await (await ask(`https://${EDGE}${path}`)).text()).toBe(`management of https://${EDGE}${path}`);
  });

  test("is a host that makes no URL", async () => {
    for (const url of ["http://exa mple/proxy", "http://[::/f/a/b", "http://1.2.3.4.5/cache"]) {
      expect(await codeOf(await ask(url))).toBe("UNKNOWN_HOST");
    }
  });
});

describe("each way to a download has its door", () => {
  const paths = [link, "/proxy/https://files.example/a", "/f/TOKEN/name", "/cache/../f/TOKEN/name", "/f\\TOKEN\\name"];

  test.each(paths)("%s is nowhere on the host of the API", async (path) => {
    expect(await codeOf(await ask(`https://${API}${path}`))).toBe("NOT_FOUND");
    expect(await codeOf(await ask(`https://${API}${path}`, { method: "OPTIONS" }))).toBe("NOT_FOUND");
  });

  test.each(paths)("%s is not told of on a host that is nobody's", async (path) => {
    expect(await codeOf(await ask(`https://nobody.example${path}`))).toBe("UNKNOWN_HOST");
  });

  test("and a path that leads to management has the door of management", async () => {
    const answer = await dispatcher();
    for (const path of ["/f/../hosts", "/proxy/../hosts", "/f/%2e%2e/hosts", "/f\\..\\hosts"]) {
      for (const [host, code] of [
        [EDGE, "NOT_FOUND"],
        [API, "UNAUTHORIZED"],
        ["nobody.example", "UNKNOWN_HOST"],
      ]) {
        await expect(answer(requestOf(`https://${host}${path}`), "request")).rejects.toMatchObject({ code });
      }
    }
  });
});
