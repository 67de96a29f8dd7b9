import { describe, expect, inject, test, vi } from "vitest";
import { googleAccountKeys } from "../../src/platform/http/service-account-keys.ts";
import { fakeClock } from "../fakes/clock.ts";
import { serviceAccountKeysContract } from "./service-account-keys.contract.ts";

const EMAIL = "files@project.iam.gserviceaccount.com";
const KEY = { kty: "RSA", n: "AQ", e: "AQAB" };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 10, 20, 12);

type Answer = () => Response | Promise<Response>;

const published = (keys: readonly unknown[], headers: Record<string, string> = {}) =>
  Response.json({ keys }, { headers });
const hour = () => published([KEY], { "Cache-Control": "public, max-age=3600, must-revalidate" });

/** Google at https://keys.test, by answers for addresses; another address is 404. */
function google(answers: Record<string, Answer> = {}) {
  const clock = fakeClock(START);
  const fetcher = vi.fn(async (url: string, _init: RequestInit) => {
    return (await answers[new URL(url).href]?.()) ?? new Response("{}", { status: 404 });
  });
  const keys = googleAccountKeys(clock, { fetcher, endpoint: "https://keys.test/jwk", timeLimitMs: 50 });
  const answer = (next: Answer) => {
    answers[`https://keys.test/jwk/${encodeURIComponent(EMAIL)}`] = next;
  };
  return { clock, fetcher, keys, answer, answers };
}

serviceAccountKeysContract("Google over fetch", () => {
  const { keys, answers } = google();
  return {
    keys,
    publish(email, list) {
      answers[`https://keys.test/jwk/${encodeURIComponent(email)}`] = () =>
        list === "unreachable" ? Promise.reject(new Error("unreachable")) : published(list);
    },
  };
});

describe("what is asked", () => {
  test("one address for each account, with no redirect followed", async () => {
    const { keys, fetcher } = google();
    await keys.find("a+b@project.iam.gserviceaccount.com");
    const [url, init] = fetcher.mock.calls[0] ?? [];
    expect(url).toBe("https://keys.test/jwk/a%2Bb%40project.iam.gserviceaccount.com");
    expect(init).toMatchObject({ redirect: "manual", signal: expect.any(AbortSignal) });
  });

  test("the runtime's own fetch, over the network", async () => {
    const keys = googleAccountKeys(fakeClock(START), { endpoint: `${inject("services").originUrl}/jwk` });
    await expect(keys.find(EMAIL)).rejects.toThrow("501");
  });

  test("many at once are one question, and a failure is one for all of them", async () => {
    const { keys, fetcher, answer } = google();
    answer(hour);
    const found = await Promise.all([keys.find(EMAIL), keys.find(EMAIL), keys.find(EMAIL)]);
    expect(found).toEqual([[KEY], [KEY], [KEY]]);
    answer(() => new Response(null, { status: 500 }));
    const other = google();
    other.answer(() => new Response(null, { status: 500 }));
    const failed = await Promise.allSettled([other.keys.find(EMAIL), other.keys.find(EMAIL)]);
    expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect([fetcher, other.fetcher].map((calls) => calls.mock.calls.length)).toEqual([1, 1]);
  });
});

describe("how long an answer is remembered", () => {
  test.each([
    ["as long as Google says", { "Cache-Control": "public, max-age=3600" }, HOUR],
    ["less the time that it lay in caches", { "Cache-Control": "max-age=3600", Age: "600" }, 50 * MINUTE],
    ["five minutes at least", { "Cache-Control": "max-age=1" }, 5 * MINUTE],
    ["five minutes when nothing is said", {}, 5 * MINUTE],
    ["a day at most", { "Cache-Control": "max-age=999999999" }, 24 * HOUR],
    ["not as long as shared caches may", { "Cache-Control": "s-maxage=3600" }, 5 * MINUTE],
  ])("%s", async (_, headers, life) => {
    const { keys, fetcher, clock, answer } = google();
    answer(() => published([KEY], headers as Record<string, string>));
    await keys.find(EMAIL);
    clock.advance(life - 1);
    await keys.find(EMAIL);
    expect(fetcher).toHaveBeenCalledTimes(1);
    clock.advance(1);
    await keys.find(EMAIL);
    expect(fetcher).toHaveBeenCalledTimes(2);
  });

  test("five minutes that there is no such account", async () => {
    const { keys, fetcher, clock, answer } = google();
    expect(await keys.find(EMAIL)).toBeNull();
    answer(hour);
    clock.advance(5 * MINUTE - 1);
    expect(await keys.find(EMAIL)).toBeNull();
    expect(fetcher).toHaveBeenCalledTimes(1);
    clock.advance(1);
    expect(await keys.find(EMAIL)).toEqual([KEY]);
  });

  test("a day longer while Google cannot be reached, which is asked twice a minute at most", async () => {
    const { keys, fetcher, clock, answer } = google();
    answer(hour);
    await keys.find(EMAIL);
    answer(() => new Response(null, { status: 503 }));
    clock.advance(HOUR);
    expect(await keys.find(EMAIL)).toEqual([KEY]);
    expect(await keys.find(EMAIL)).toEqual([KEY]);
    expect(fetcher).toHaveBeenCalledTimes(2);
    clock.advance(24 * HOUR - 1);
    expect(await keys.find(EMAIL)).toEqual([KEY]);
    expect(fetcher).toHaveBeenCalledTimes(3);
    clock.advance(1);
    await expect(keys.find(EMAIL)).rejects.toThrow("503");
    answer(hour);
    clock.advance(MINUTE);
    expect(await keys.find(EMAIL)).toEqual([KEY]);
  });

  test("five hundred accounts, the oldest making room", async () => {
    const { keys, fetcher } = google();
    for (let account = 0; account <= 500; account++) await keys.find(`${account}@x`);
    await keys.find("500@x");
    expect(fetcher).toHaveBeenCalledTimes(501);
    await keys.find("0@x");
    expect(fetcher).toHaveBeenCalledTimes(502);
  });
});

describe("what is no answer", () => {
  test.each<[string, Answer]>([
    ["a redirect", () => new Response(null, { status: 302, headers: { Location: "https://elsewhere.test" } })],
    ["an error of Google's", () => new Response("busy", { status: 429 })],
    ["a text that is no JSON", () => new Response("<html>")],
    ["JSON without keys", () => Response.json({ error: "none" })],
    ["null", () => Response.json(null)],
    ["more than 64 KiB", () => published([{ ...KEY, x: "x".repeat(65_536) }])],
    ["silence", () => new Promise<Response>(() => {})],
    ["a body that does not end", () => new Response(new ReadableStream({ pull: () => new Promise(() => {}) }))],
  ])("%s", async (_, answered) => {
    const { keys, answer } = google();
    answer(answered);
    await expect(keys.find(EMAIL)).rejects.toThrow();
  });

  test("of its keys, those that are none of RSA are left out", async () => {
    const { keys, answer } = google();
    answer(() => published([null, "key", { kty: "EC", x: "AQ" }, { kty: "RSA", n: 1, e: "AQAB" }, KEY]));
    expect(await keys.find(EMAIL)).toEqual([KEY]);
  });
});
