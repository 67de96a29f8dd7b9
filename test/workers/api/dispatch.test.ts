import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, inject, test, vi } from "vitest";
import { answers } from "../../../src/api/answers.ts";
import { compose } from "../../../src/api/compose.ts";
import { parseApiEnv } from "../../../src/api/env.ts";
import { problem } from "../../../src/api/problem.ts";
import { connect } from "../../../src/platform/postgres/database.ts";
import { originRules, tenants } from "../../../src/platform/postgres/schema.ts";
import { newTenant } from "../../contracts/keys.ts";

// The first call starts the Worker.
vi.setConfig({ testTimeout: 30_000 });

const tenant = newTenant();
const API = "api.snapbyte.example";
const EDGE = "edge.snapbyte.example";
const SETTINGS = { DEFAULT_TENANT: tenant, API_HOSTS: API, DELIVERY_HOSTS: EDGE };
const link = `/proxy?url=${encodeURIComponent("https://files.example/a.mp4")}`;

beforeAll(async () => {
  const db = connect(inject("services").database);
  await db.insert(tenants).values({ id: tenant, site: tenant });
  await db.insert(originRules).values({ tenantId: tenant, scheme: "https", host: "files.example", port: 443 });
});

type Asked = { readonly method?: string; readonly manage?: Parameters<typeof answers>[2] };

/** As the runtime hands it over: the URL is what the client sent, however odd. */
async function ask(url: string, { method = "GET", manage = managed }: Asked = {}) {
  const parsed = parseApiEnv({ ...env, ...SETTINGS });
  const answer = answers(parsed, await compose(parsed), manage);
  const request = new Request("https://placeholder.example/", { method, redirect: "manual" });
  Object.defineProperty(request, "url", { value: url });
  return await answer(request, "request").catch((error: unknown) => problem(error, "request"));
}

/** Management in name only: tells that it was asked. */
const managed: Asked["manage"] = async () => async (request) => new Response(`management of ${request.url}`);
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
    const parsed = parseApiEnv({ ...env, ...SETTINGS });
    const answer = answers(parsed, await compose(parsed));
    for (const path of ["/f/../hosts", "/proxy/../hosts", "/f/%2e%2e/hosts", "/f\\..\\hosts"]) {
      for (const [host, code] of [
        [EDGE, "NOT_FOUND"],
        [API, "UNAUTHORIZED"],
        ["nobody.example", "UNKNOWN_HOST"],
      ]) {
        const request = new Request("https://placeholder.example/");
        Object.defineProperty(request, "url", { value: `https://${host}${path}` });
        await expect(answer(request, "request")).rejects.toMatchObject({ code });
      }
    }
  });
});

describe("when management cannot be loaded", () => {
  const broken: Asked["manage"] = async () => {
    throw new Error("a module does not load");
  };

  test("downloads are what they were", async () => {
    expect((await ask(`https://${EDGE}${link}`, { manage: broken })).status).toBe(302);
    expect((await ask(`https://${EDGE}/f/TOKEN/name`, { manage: broken })).status).toBe(403);
    expect((await ask(`https://${EDGE}/proxy/https://files.example/a`, { manage: broken })).status).toBe(302);
  });

  test("a management call is our fault, and tells nothing of it", async () => {
    const response = await ask(`https://${API}/hosts`, { manage: broken });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("module");
  });

  test("it is tried again by the next call", async () => {
    let tries = 0;
    const parsed = parseApiEnv({ ...env, ...SETTINGS });
    const answer = answers(parsed, await compose(parsed), async () => {
      if (++tries === 1) throw new Error("a module does not load");
      return async () => new Response("loaded");
    });
    const call = () => answer(new Request(`https://${API}/hosts`), "request");
    await expect(call()).rejects.toThrow("does not load");
    expect(await (await call()).text()).toBe("loaded");
    expect(await (await call()).text()).toBe("loaded");
    expect(tries).toBe(2);
  });
});
