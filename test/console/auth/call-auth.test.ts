import { describe, expect, it } from "vitest";
import { callAuth, cookiesOf, TELLING_MS } from "../../../src/console/auth/call-auth.ts";

/** A sign-in that tells what it was asked, once `answer` lets it. */
function scripted(answer: () => Promise<Response> = async () => new Response(null)) {
  const asked: Request[] = [];
  const pauses: number[] = [];
  const handler = async (request: Request) => {
    asked.push(request);
    return await answer();
  };
  const auth = { handler, options: { baseURL: "https://console.example.com" } } as never;
  return { auth, asked, pauses, pause: async (ms: number) => void pauses.push(ms) };
}

const page = (headers: Record<string, string> = {}) => new Request("https://console.example.com/sign-in", { headers });

describe("a call of sign-in in a person's name", () => {
  it("says whose it is, which page sent it, and from where, and nothing else of the request", async () => {
    const parts = scripted();
    const told = {
      ...{ cookie: "a=b", origin: "https://console.example.com", "sec-fetch-site": "same-origin" },
      ...{ "user-agent": "a browser", "cf-connecting-ip": "192.0.2.1" },
    };
    await callAuth(
      parts,
      page({ ...told, "x-forwarded-for": "203.0.113.1", authorization: "Bearer x" }),
      "/sign-out",
      {},
    );
    const [asked] = parts.asked;
    expect(asked?.url).toBe("https://console.example.com/api/auth/sign-out");
    expect(asked?.method).toBe("POST");
    expect(Object.fromEntries(asked?.headers ?? [])).toEqual({ ...told, "content-type": "application/json" });
    expect(await asked?.json()).toEqual({});
  });

  it("asks without a body where nothing is changed", async () => {
    const parts = scripted();
    await callAuth(parts, page({ cookie: "a=b" }), "/get-session");
    expect(parts.asked[0]?.method).toBe("GET");
    expect(parts.asked[0]?.headers.get("content-type")).toBeNull();
    expect(parts.pauses).toEqual([]);
  });

  it("hands on each cookie by itself", async () => {
    const headers = new Headers();
    headers.append("set-cookie", "a=b; Expires=Sat, 21 Nov 2026 12:00:00 GMT");
    headers.append("set-cookie", "c=d");
    const answer = await callAuth(
      scripted(async () => new Response(null, { headers })),
      page(),
      "/get-session",
    );
    expect(cookiesOf(answer)).toEqual(["a=b; Expires=Sat, 21 Nov 2026 12:00:00 GMT", "c=d"]);
  });

  it.each([
    ["/sign-up/email", [TELLING_MS]],
    ["/request-password-reset", [TELLING_MS]],
    ["/send-verification-email", [TELLING_MS]],
    ["/sign-in/email", []],
    ["/sign-out", []],
  ])("takes as long for an address with an account as for one without: %s", async (path, pauses) => {
    const parts = scripted();
    await callAuth(parts, page(), path, { email: "a@example.com" });
    expect(parts.pauses).toEqual(pauses);
  });

  it("waits beside the call, and not behind it", async () => {
    let answer = (_: Response) => {};
    const parts = scripted(() => new Promise((resolve) => (answer = resolve)));
    const call = callAuth(parts, page(), "/sign-up/email", {});
    expect(parts.pauses).toEqual([TELLING_MS]);
    answer(new Response("done"));
    expect(await (await call).text()).toBe("done");
  });

  it("fails as sign-in does", async () => {
    const parts = scripted(() => Promise.reject(new Error("down")));
    await expect(callAuth(parts, page(), "/sign-up/email", {})).rejects.toThrow("down");
  });
});
