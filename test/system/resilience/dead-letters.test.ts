import type { IncomingMessage, ServerResponse } from "node:http";
import { afterAll, describe, expect, it } from "vitest";
import { preload, untilReady, untilStatus } from "../stack/entries.ts";
import { type OwnOrigin, sendObject, startOwnOrigin } from "../stack/own-origin.ts";
import { askProxy } from "../stack/requests.ts";
import { withStack } from "../stack/with-stack.ts";

/** As src/consumer/compose.ts has it. */
const MOST_ATTEMPTS = 6;

/** On no allow-list. */
const STRANGER = "http://127.0.0.1:1/elsewhere/file";

let isWell = false;
let origin: OwnOrigin;
const stack = withStack(async () => {
  origin = await startOwnOrigin(answer);
  // Delays are whole seconds: each is one.
  return { originRules: [origin.rule("public")], vars: { RETRY_BASE_SECONDS: "0.02" } };
});
afterAll(() => origin.stop());

function answer(request: IncomingMessage, response: ServerResponse): void {
  const [, kind] = (request.url ?? "").split("/");
  if (kind === "broken" && !isWell) response.writeHead(500).end("out of order");
  else if (kind === "short")
    response.writeHead(200, { "content-length": 1000 }).write("x".repeat(500), () => response.destroy());
  else if (kind === "unending") sendUntilClosed(response);
  else if (kind === "moved") response.writeHead(302, { location: STRANGER }).end();
  else sendObject(request, response, "all is well");
}

/** A body that only the end of its connection ends. */
function sendUntilClosed(response: ServerResponse): void {
  response.useChunkedEncodingByDefault = false;
  response.shouldKeepAlive = false;
  response.writeHead(200).end("of unknown length");
}

/** Wants a copy, waits until that has failed, and returns why and how often the origin was asked. */
async function failureOf(path: string): Promise<{ code: string | undefined; asked: number }> {
  const { key } = await preload(stack(), { url: `${origin.url}${path}` });
  const entry = await untilStatus(stack(), key, "failed");
  expect([entry.size, entry.sha256, entry.generation]).toEqual([null, null, null]);
  const asked = timesAsked(path);
  const { status, location } = await askProxy(stack(), `${origin.url}${path}`);
  expect([status, location]).toEqual([302, `${origin.url}${path}`]);
  return { code: entry.error?.code, asked };
}

function timesAsked(path: string): number {
  return origin.asked.filter((request) => request === `GET ${path}`).length;
}

describe("a fill that ends without a copy", () => {
  it("of an origin that answers 500 is tried some times, then the entry says so", async () => {
    expect(await failureOf("/broken/file")).toEqual({ code: "ORIGIN_ERROR", asked: MOST_ATTEMPTS });
  });

  it("of a body that breaks off is tried some times, then the entry says so", async () => {
    expect(await failureOf("/short/file")).toEqual({ code: "INTERRUPTED", asked: MOST_ATTEMPTS });
  });

  it("of a body without a length is not tried again", async () => {
    expect(await failureOf("/unending/file")).toEqual({ code: "LENGTH_UNKNOWN", asked: 1 });
  });

  it("of an origin that redirects to one that nobody allowed is not tried again", async () => {
    expect(await failureOf("/moved/file")).toEqual({ code: "REDIRECT_NOT_ALLOWED", asked: 1 });
  });

  it("is made up for when somebody asks after the origin has recovered", async () => {
    const url = `${origin.url}/broken/recovers`;
    await failureOf("/broken/recovers");
    isWell = true;
    const { key } = await preload(stack(), { url });
    const entry = await untilReady(stack(), key);
    expect(entry.error).toBeNull();
    expect((await askProxy(stack(), url)).cacheStatus).toMatch(/^snapbyte; hit\b/);
  });
});
