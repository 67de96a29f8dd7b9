import { describe, expect, it } from "vitest";
import * as z from "zod";
import { type Api, ApiProblem, apiClient, path } from "../../src/console/api/client.ts";

function clientOf(answer: (request: Request) => Response | Promise<Response>) {
  const seen: Request[] = [];
  let bearers = 0;
  const api: Api = apiClient({
    async ask(request) {
      seen.push(request);
      return await answer(request);
    },
    async bearer() {
      bearers += 1;
      return "token";
    },
  });
  return { api, seen, bearers: () => bearers };
}

const shape = z.object({ a: z.number() });

describe("a call of the API", () => {
  it("goes to a host that is nowhere else, with one assertion for a page", async () => {
    const { api, seen, bearers } = clientOf(() => Response.json({ a: 1, more: 2 }));
    expect(await api.get("/x", shape, { q: "ä&b", empty: "", none: null })).toEqual({ a: 1 });
    await api.send("POST", "/y", shape, { b: 1 });
    expect(seen.map(({ url, method }) => `${method} ${url}`)).toEqual([
      "GET https://api.internal/x?q=%C3%A4%26b",
      "POST https://api.internal/y",
    ]);
    expect(seen.map(({ headers }) => headers.get("Authorization"))).toEqual(["Bearer token", "Bearer token"]);
    expect(bearers()).toBe(1);
  });

  it.each([
    [403, { error: { code: "INSUFFICIENT_SCOPE", message: "No." } }, "INSUFFICIENT_SCOPE", "No."],
    [500, "plain text", "UNEXPECTED", "The API has answered 500."],
    [404, { nonsense: 1 }, "UNEXPECTED", "The API has answered 404."],
  ])("that is answered %i is a problem in the API's words", async (status, body, code, message) => {
    const { api } = clientOf(() =>
      typeof body === "string" ? new Response(body, { status }) : Response.json(body, { status }),
    );
    await expect(api.get("/x", shape)).rejects.toMatchObject({ name: "ApiProblem", status, code, message });
  });

  it("that nobody answers is 503, and what it says holds nothing from inside", async () => {
    const { api } = clientOf(() => Promise.reject(new Error("secret address")));
    const problem = await api.get("/x", shape).catch((error: unknown) => error as ApiProblem);
    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem).toMatchObject({ status: 503, message: "The API does not answer at the moment." });
  });

  it.each([new Response("no json"), Response.json({ a: "text" }), Response.json(null)])(
    "that cannot be read is 502",
    async (answer) => {
      const { api } = clientOf(() => answer.clone());
      await expect(api.get("/x", shape)).rejects.toMatchObject({ status: 502 });
    },
  );

  it("says after how long asking again may help", async () => {
    const headers = { "Retry-After": "30" };
    const { api } = clientOf(() => Response.json({ error: { code: "X", message: "x" } }, { status: 429, headers }));
    await expect(api.get("/x", shape)).rejects.toMatchObject({ retryAfter: 30 });
  });
});

describe("a path", () => {
  it.each([
    ["a/b", "/cache/a%2Fb"],
    ["..", "/cache/%2E%2E"],
    [".", "/cache/%2E"],
    ["a?b#c%", "/cache/a%3Fb%23c%25"],
    ["ü ", "/cache/%C3%BC%20"],
  ])("holds %j as one piece", (key, text) => {
    expect(path`/cache/${key}`).toBe(text);
  });
});
