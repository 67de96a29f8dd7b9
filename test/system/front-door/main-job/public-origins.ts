import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady, untilStored } from "../../stack/entries.ts";
import { type OwnOrigin, sendObject } from "../../stack/own-origin.ts";
import { ask, askProxy, untilHit } from "../../stack/requests.ts";

/** Sends a text that names what was asked, under the fields that the query names; nothing for `/empty`. */
export function sendAsAsked(request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
  const body = pathname === "/empty" ? "" : `public ${request.url}`;
  sendObject(request, response, body, Object.fromEntries(searchParams));
}

/** An origin prefix that its tenant declared open to all. */
export function publicOrigins(stack: () => Stack, open: () => OwnOrigin): void {
  it("is asked for each object once, and not even probed", async () => {
    const url = `${open().url}/poster.txt`;
    expect((await askProxy(stack(), url)).location).toBe(url);
    await untilStored(stack(), url);
    const response = await ask((await untilHit(stack(), url)).location);
    expect(await response.text()).toBe("public /poster.txt");
    expect(open().asked.filter((request) => request.includes("/poster.txt"))).toEqual(["GET /poster.txt"]);
  });

  it("has another object for another query", async () => {
    const [one, two] = [`${open().url}/page?n=1`, `${open().url}/page?n=2`];
    const { key } = await preload(stack(), { url: one });
    await untilReady(stack(), key);
    const response = await ask((await untilHit(stack(), one)).location);
    expect(await response.text()).toBe("public /page?n=1");
    expect((await askProxy(stack(), two)).location).toBe(two);
  });
}
