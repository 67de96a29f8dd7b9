import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { presign } from "../../stack/objects.ts";
import { ask } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import { problemOf } from "./problem.ts";

const LIMIT = 12 * 2 ** 20;

/** What `/preload` does not take. Each holds a URL that would be copied if anything were. */
export function badBodies(stack: () => Stack): void {
  /**
   * Whoever answers before a body has come whole may be lost to wrangler's proxy, which says so or hangs up, in the middle
   * of the answer as well: then it is asked again.
   */
  const answerTo = async (make: () => RequestInit) =>
    await until("the API itself answers", async () => {
      const response = await ask(`${stack().api}/preload`, make()).catch(() => null);
      const text = await response?.text().catch(() => null);
      if (!response || text == null || text.startsWith("Error: Network connection lost")) return null;
      return await problemOf(new Response(text, response));
    });
  const post = async (body: BodyInit | null, headers: Record<string, string> = {}) => {
    const authorization = `Bearer ${stack().apiKey}`;
    const fields = { authorization, "content-type": "application/json", ...headers };
    return await answerTo(() => ({ method: "POST", body, headers: fields }));
  };
  const url = () => presign(stack(), "hello.txt");

  it.each<[string, (url: string) => string | Uint8Array<ArrayBuffer> | null]>([
    ["nothing", () => null],
    ["an empty text", () => ""],
    ["a bare word", () => "url"],
    ["broken off", (url) => `{"url": "${url}"`],
    ["with a comma too many", (url) => `{"url": "${url}",}`],
    ["a form", (url) => `url=${encodeURIComponent(url)}`],
    ["in another encoding", () => Uint8Array.of(0xff, 0xfe, 0x7b, 0)],
  ])("that is no JSON: %s", async (_, make) => {
    expect(await post(make(await url()))).toMatchObject({ code: "INVALID_JSON" });
  });

  it.each<[string, (url: string) => unknown, RegExp]>([
    ["null", () => null, /request/i],
    ["a number", () => 1, /request/i],
    ["a list", (url) => [{ url }], /request/i],
    ["a text", (url) => url, /request/i],
    ["an object of another shape", () => ({}), /url/],
    ["an unknown field", (url) => ({ url, headers: { cookie: "a=b" } }), /headers/],
    ["a field of another case", (url) => ({ url, Hash: "x" }), /Hash/],
    ["a number for url", () => ({ url: 1 }), /^url/],
    ["a list for url", (url) => ({ url: [url] }), /^url/],
    ["null for hash", (url) => ({ url, hash: null }), /^hash/],
    ["an object for items", (url) => ({ items: { url } }), /^items/],
    ["no items", () => ({ items: [] }), /^items/],
    ["1,001 items", (url) => ({ items: Array(1_001).fill({ url }) }), /^items/],
    ["both forms at once", (url) => ({ url, items: [{ url }] }), /url/],
    ["one bad item", (url) => ({ items: [{ url }, null] }), /^items\.1/],
    ["an unknown field in an item", (url) => ({ items: [{ url }, { url, x: 1 }] }), /^items\.1.*x/],
    ["a bad moment in an item", (url) => ({ items: [{ url, expires_at: "now" }] }), /^items\.0\.expires_at/],
    ["a past moment in an item", (url) => ({ items: [{ url, expires_at: "2020-01-01T00:00:00Z" }] }), /^items\.0\.exp/],
  ])("that is not what we ask for: %s", async (_, make, message) => {
    const problem = await post(JSON.stringify(make(await url())));
    expect(["INVALID_FIELD", "MISSING_FIELD"]).toContain(problem.code);
    expect(problem.message).toMatch(message);
  });

  it("that is too large, with its length said before or not", async () => {
    const body = JSON.stringify({ url: await url(), hash: "x".repeat(LIMIT) });
    expect(await post(body)).toMatchObject({ code: "BODY_TOO_LARGE" });
    const headers = { authorization: `Bearer ${stack().apiKey}` };
    const streamed = () => ({ method: "POST", body: new Blob([body]).stream(), duplex: "half", headers }) as const;
    expect(await answerTo(streamed)).toMatchObject({ code: "BODY_TOO_LARGE" });
  });

  it("that nobody may send is not even read", async () => {
    const init = { method: "POST", body: "not JSON", headers: { authorization: "Bearer wrong" } };
    expect(await problemOf(await ask(`${stack().api}/preload`, init))).toMatchObject({ code: "UNAUTHORIZED" });
  });
}
