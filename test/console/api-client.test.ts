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

describe("a file that is passed on", () => {
  /** A body of pieces, each made when it is asked for. */
  function pieces(most: number) {
    const made = { count: 0, cancelled: false };
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        pull(controller) {
          made.count += 1;
          if (made.count > most) controller.close();
          else controller.enqueue(new Uint8Array(1000));
        },
        cancel: () => {
          made.cancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    return { body, made };
  }
  const headers = new Headers({
    ...{ "Content-Type": "multipart/form-data; boundary=b", "Content-Length": "3000" },
    ...{ Cookie: "session=secret", Origin: "https://console.example.com", Authorization: "Basic eA==" },
  });

  it("goes with what it says of itself, as the person, and with nothing of the browser's", async () => {
    const { api, seen } = clientOf(async (request) => Response.json({ a: (await request.arrayBuffer()).byteLength }));
    const form = { body: pieces(3).body, headers };
    expect(await api.pass("PUT", "/x", shape, form, { is_public: "true" })).toEqual({ a: 3000 });
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual(["PUT https://api.internal/x?is_public=true"]);
    const { "content-length": length, ...sent } = Object.fromEntries(seen[0]?.headers ?? []);
    expect([undefined, "3000"]).toContain(length);
    expect(sent).toEqual({
      ...{ accept: "application/json", authorization: "Bearer token" },
      "content-type": "multipart/form-data; boundary=b",
    });
  });

  it("is read by nobody but the API, piece by piece", async () => {
    const { body, made } = pieces(1_000);
    const { api } = clientOf(async (request) => {
      expect(made.count).toBeLessThanOrEqual(1);
      const reader = (request.body as ReadableStream<Uint8Array>).getReader();
      for (let read = 1; read <= 1_000; read += 1) {
        await reader.read();
        expect(made.count).toBeLessThanOrEqual(read + 1);
      }
      return Response.json({ a: made.count });
    });
    await api.pass("POST", "/x", shape, { body, headers });
    expect(made.count).toBeGreaterThanOrEqual(1_000);
  });

  it("is not read on when the API has refused it", async () => {
    const { body, made } = pieces(1_000);
    const refusal = { error: { code: "FILE_TOO_LARGE", message: "Too large." } };
    const { api } = clientOf(() => Response.json(refusal, { status: 413 }));
    const passing = api.pass("POST", "/x", shape, { body, headers });
    await expect(passing).rejects.toMatchObject({ status: 413, code: "FILE_TOO_LARGE" });
    expect(made.count).toBeLessThanOrEqual(1);
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
