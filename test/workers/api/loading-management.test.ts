import { beforeAll, describe, expect, test, vi } from "vitest";
import { API, ask, dispatcher, EDGE, type Load, link, registerTenant } from "./dispatching.ts";

// The first call starts the Worker.
vi.setConfig({ testTimeout: 30_000 });

beforeAll(registerTenant);

describe("when management cannot be loaded", () => {
  const broken: Load = async () => {
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
    const answer = await dispatcher(async () => {
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
