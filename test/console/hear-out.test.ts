import { describe, expect, it } from "vitest";
import { handOn, hearOut } from "../../src/console/frame/hear-out.ts";
import { problem } from "./fakes/api-replies.ts";
import { consoleWorld, ORIGIN } from "./fakes/console-world.ts";
import { fakeApi } from "./fakes/fake-api.ts";
import { locationOf, textOf } from "./reading.ts";

const MB = 1_000_000;
/** What this side may hold of a body: a piece in a buffer, one that is handed over, and what the stream has made ahead. */
const HELD = 3 * 2 ** 18;

/** A body of so many bytes, made as it is read; `breaksAt`: there it breaks off. */
function bodyOf(total: number, breaksAt = Number.POSITIVE_INFINITY) {
  const made = { bytes: 0, cancelled: false };
  const body = new ReadableStream({
    type: "bytes",
    pull(controller) {
      if (made.bytes >= breaksAt) throw new Error("the wire is cut");
      const length = Math.min(50_000, total - made.bytes);
      const piece = Uint8Array.from({ length }, (_, at) => (made.bytes + at) % 251);
      made.bytes += length;
      if (length > 0) controller.enqueue(piece);
      else {
        controller.close();
        controller.byobRequest?.respond(0);
      }
    },
    cancel: () => {
      made.cancelled = true;
    },
  });
  return { body, made };
}

describe("a body that is handed on", () => {
  it("comes byte for byte, and is not read ahead of who reads it", async () => {
    const { body, made } = bodyOf(2 * MB + 7);
    const { body: handed } = handOn(body);
    expect(made.bytes).toBe(0);
    let read = 0;
    for await (const piece of handed as unknown as AsyncIterable<Uint8Array>) {
      expect(piece.every((byte, at) => byte === (read + at) % 251)).toBe(true);
      read += piece.length;
      expect(made.bytes - read).toBeLessThanOrEqual(HELD);
    }
    expect(read).toBe(2 * MB + 7);
  });

  it("may be empty", async () => {
    expect(await new Response(handOn(bodyOf(0).body).body).text()).toBe("");
  });

  it("breaks off where it does", async () => {
    const { body: handed, hearOut: rest } = handOn(bodyOf(2 * MB, MB).body);
    await expect(new Response(handed).arrayBuffer()).rejects.toThrow();
    await rest();
  });

  it("is heard out when whoever got it has stopped", async () => {
    const { body, made } = bodyOf(2 * MB);
    const { body: handed, hearOut: rest } = handOn(body);
    const reader = handed.getReader();
    await reader.read();
    await reader.cancel();
    expect(made.bytes).toBeLessThan(MB);
    await rest();
    expect(made).toEqual({ bytes: 2 * MB, cancelled: false });
  });
});

describe("a body that is heard out", () => {
  it("is read to its end, and no further than a browser's may go", async () => {
    const { body, made } = bodyOf(2 * MB);
    await hearOut(body);
    expect(made).toEqual({ bytes: 2 * MB, cancelled: false });
    let sent = 0;
    let isOver = false;
    const endless = new ReadableStream({
      type: "bytes",
      pull(controller) {
        sent += 10 * MB;
        controller.enqueue(new Uint8Array(10 * MB));
      },
      cancel: () => {
        isOver = true;
      },
    });
    await hearOut(endless);
    expect([isOver, sent <= 120 * MB]).toEqual([true, true]);
  });

  it("may break off", async () => {
    await hearOut(bodyOf(MB, 0).body);
  });
});

describe("a form with a file", () => {
  const MULTIPART = { "Content-Type": "multipart/form-data; boundary=b" };
  const OURS = { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin" };

  /** Sends one to the page of assets, in front of an API that does this with it. */
  async function sent(take: (request: Request) => Promise<Response>, headers: Readonly<Record<string, string>>) {
    const api = fakeApi();
    const { body, made } = bodyOf(4 * MB);
    const { answer } = await consoleWorld({
      askApi: async (request) => (request.url.includes("/upload") ? await take(request) : await api.ask(request)),
    });
    const init = { method: "POST", headers: { ...MULTIPART, ...headers }, body, duplex: "half" } as RequestInit;
    return { response: await answer(new Request(`${ORIGIN}/app/acme/assets`, init)), made };
  }
  const refuse = async () => problem(413, "FILE_TOO_LARGE", "A file may have 3 bytes.");

  it("is passed on as it comes, and never held", async () => {
    let read = 0;
    let most = 0;
    const api = fakeApi();
    const { body, made } = bodyOf(4 * MB);
    const { answer } = await consoleWorld({
      async askApi(request) {
        if (!request.url.includes("/upload")) return await api.ask(request);
        for await (const piece of request.body as unknown as AsyncIterable<Uint8Array>) {
          read += piece.length;
          most = Math.max(most, made.bytes - read);
        }
        return await refuse();
      },
    });
    const init = { method: "POST", headers: { ...MULTIPART, ...OURS, Cookie: "who=owner" }, body, duplex: "half" };
    await answer(new Request(`${ORIGIN}/app/acme/assets`, init as RequestInit));
    expect([read, most <= HELD]).toEqual([4 * MB, true]);
  });

  it("that is refused before it has come is heard out, so that the browser shows why", async () => {
    const { response, made } = await sent(refuse, { ...OURS, Cookie: "who=owner" });
    expect([response.status, await textOf(response)]).toEqual([
      422,
      expect.stringContaining("A file may have 3 bytes."),
    ]);
    expect(made).toEqual({ bytes: 4 * MB, cancelled: false });
  });

  it.each([
    ["nobody any more", {}, 303],
    ["who may only look", { Cookie: "who=viewer" }, 403],
  ])("of %s is heard out, too, and goes nowhere", async (_, cookie, status) => {
    const { response, made } = await sent(() => Promise.reject(new Error("it was passed on")), { ...OURS, ...cookie });
    expect([response.status, made.bytes]).toEqual([status, 4 * MB]);
    if (status === 303) expect(locationOf(response)).toBe("/sign-in?next=%2Fapp");
  });

  it("of another site is not listened to", async () => {
    const { response, made } = await sent(refuse, { Origin: "https://evil.example", Cookie: "who=owner" });
    expect([response.status, made.bytes < MB]).toEqual([403, true]);
  });
});
