import { describe, expect, test } from "vitest";
import { cloudflarePurge, type Fetcher, MAX_TAGS_PER_CALL } from "../../src/platform/http/cloudflare-purge.ts";
import { cdnPurgeContract } from "./cdn-purge.contract.ts";

const TOKEN = "token-that-nobody-may-see";
const ACCESS = { zoneId: "zone-1", apiToken: TOKEN };

type Asked = { readonly url: string; readonly init: RequestInit; readonly tags: readonly string[] };

const done = () => Response.json({ success: true, errors: [], messages: [], result: { id: "zone-1" } });

/** Cloudflare's API, which answers so to each call. */
function cloudflare(answer: (at: number) => Response | Promise<Response> = done) {
  const calls: Asked[] = [];
  const fetcher: Fetcher = async (url, init) => {
    calls.push({ url, init, tags: (JSON.parse(String(init.body)) as { tags: string[] }).tags });
    return await answer(calls.length);
  };
  return { calls, cdn: cloudflarePurge(ACCESS, { fetcher, timeLimitMs: 50 }) };
}

cdnPurgeContract("Cloudflare over fetch", () => {
  const { cdn, calls } = cloudflare();
  return { cdn, purged: () => calls.flatMap(({ tags }) => tags) };
});

describe("what is asked", () => {
  test("the zone's address, with the token, and no redirect followed", async () => {
    const { cdn, calls } = cloudflare();
    await cdn.purgeTags(["tenant:acme"]);
    const [{ url, init } = { url: "", init: {} }] = calls;
    expect(url).toBe("https://api.cloudflare.com/client/v4/zones/zone-1/purge_cache");
    expect(init).toMatchObject({ method: "POST", redirect: "manual", signal: expect.any(AbortSignal) });
    const headers = new Headers(init.headers);
    expect(headers.get("Authorization")).toBe(`Bearer ${TOKEN}`);
    expect(headers.get("Content-Type")).toBe("application/json");
    expect(init.body).toBe('{"tags":["tenant:acme"]}');
  });

  test("a hundred tags at a time, each tag once", async () => {
    const { cdn, calls } = cloudflare();
    const tags = Array.from({ length: 2 * MAX_TAGS_PER_CALL + 1 }, (_, at) => `tag-${at}`);
    await cdn.purgeTags([...tags, ...tags]);
    expect(calls.map(({ tags: asked }) => asked.length)).toEqual([100, 100, 1]);
  });

  test("a zone's id cannot lead to another address", async () => {
    let asked = "";
    const fetcher: Fetcher = async (url) => {
      asked = url;
      return done();
    };
    await cloudflarePurge({ ...ACCESS, zoneId: "../user/tokens?" }, { fetcher }).purgeTags(["a"]);
    expect(asked).toBe("https://api.cloudflare.com/client/v4/zones/..%2Fuser%2Ftokens%3F/purge_cache");
  });
});

describe("what is no yes", () => {
  const refusal = { success: false, errors: [{ code: 10_000, message: "Authentication error" }, { code: 7 }] };

  test.each<[string, () => Response | Promise<Response>, RegExp]>([
    ["a refusal", () => Response.json(refusal, { status: 403 }), /answered 403, errors: 10000, 7$/],
    ["too many calls", () => Response.json(refusal, { status: 429 }), /answered 429/],
    ["a 200 that says no", () => Response.json(refusal), /answered 200, errors: 10000, 7$/],
    ["a 200 that says nothing", () => Response.json({}), /none told/],
    ["null", () => Response.json(null), /none told/],
    ["errors of another form", () => Response.json({ errors: [null, "x"] }, { status: 500 }), /NaN/],
    ["a page", () => new Response("<html>", { status: 502 }), /answered 502/],
    ["a redirect", () => new Response(null, { status: 307, headers: { Location: "https://elsewhere.test" } }), /307/],
    ["no answer", () => Promise.reject(new Error("unreachable")), /unreachable/],
  ])("%s", async (_, answer, told) => {
    const { cdn } = cloudflare(answer);
    const error = await cdn.purgeTags(["a"]).then(
      () => null,
      (reason: Error) => reason,
    );
    expect(error?.message).toMatch(told);
    expect(`${error?.message} ${error?.stack} ${JSON.stringify(error)}`).not.toContain(TOKEN);
  });

  test("silence, once the time is over", async () => {
    const fetcher: Fetcher = (_, { signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    const cdn = cloudflarePurge(ACCESS, { fetcher, timeLimitMs: 1 });
    await expect(cdn.purgeTags(["a"])).rejects.toThrow(/time/i);
  });

  test("after a call that was refused no other is made", async () => {
    const { cdn, calls } = cloudflare((at) => (at === 2 ? Response.json(refusal, { status: 400 }) : done()));
    const tags = Array.from({ length: 301 }, (_, at) => `tag-${at}`);
    await expect(cdn.purgeTags(tags)).rejects.toThrow("400");
    expect(calls).toHaveLength(2);
  });
});
