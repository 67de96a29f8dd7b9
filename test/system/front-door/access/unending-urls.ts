import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { type OwnOrigin, sendObject } from "../../stack/own-origin.ts";
import { ask, askProxy, untilHit } from "../../stack/requests.ts";

/** Links that their owner has withdrawn: they end when somebody says so. */
const withdrawn = new Set<string>();

/** An origin whose links are good until they are withdrawn. */
export function asLongAsItLasts(request: IncomingMessage, response: ServerResponse): void {
  if (withdrawn.has(request.url ?? "")) response.writeHead(403).end();
  else sendObject(request, response, "for as long as it lasts");
}

/** A URL that does not tell when it ends may end at any moment: so a yes counts once. */
export function unendingUrls(stack: () => Stack, origin: () => OwnOrigin): void {
  const path = "/revocable.txt?token=a-token-without-an-end";
  const probes = () => origin().asked.filter((asked) => asked === `GET ${path} bytes=0-0`).length;

  it("is asked about each time, and yields no copy from the moment when the origin says no", async () => {
    const url = origin().url + path;
    const { key } = await preload(stack(), { url });
    await untilReady(stack(), key);
    for (let count = 0; count < 3; count++) {
      const before = probes();
      const { location } = await untilHit(stack(), url);
      expect(probes()).toBeGreaterThan(before);
      expect(await (await ask(location)).text()).toBe("for as long as it lasts");
    }
    withdrawn.add(path);
    expect((await askProxy(stack(), url)).location).toBe(url);
    // A no is believed for some seconds: nobody floods the origin by it.
    const before = probes();
    expect((await askProxy(stack(), url)).location).toBe(url);
    expect(probes()).toBe(before);
  });
}
