import { createServer, type IncomingMessage, type ServerResponse, request as send } from "node:http";
import handleConfig from "http-cache-tests/server/handle-config.mjs";
import handleState from "http-cache-tests/server/handle-state.mjs";
import { close, listen } from "../../../../src/dev/net/listen.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { askProxy } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import { fillsOf } from "./fills-of.ts";
import { type SuiteOrigin, segments } from "./suite-origin.ts";

/** Of one connection (RFC 9110 section 7.6.1), or for the adapter alone. */
const NOT_PASSED_ON = /^(?:host|connection|keep-alive|proxy-.*|te|transfer-encoding|upgrade|accept-encoding)$/i;

/**
 * A cache as the suite knows one: at the suite's own URLs, and with the bytes in its answer. It asks the front door,
 * follows the redirect, and gives back what is there; once the copy is made that was wanted, since the suite takes the
 * first answer for stored.
 */
export async function startAdapter(stack: Stack, origin: SuiteOrigin): Promise<{ url: string; stop(): Promise<void> }> {
  const fills = fillsOf(stack, origin);
  const server = createServer((request, response) => {
    const { method = "GET", url: path = "" } = request;
    if (path.startsWith("/config/")) return handleConfig(segments(request), request, response);
    if (path.startsWith("/state/")) return handleState(segments(request), request, response);
    const url = `${origin.urlOf(String(request.headers["test-id"]))}${path}`;
    const answer = method === "GET" || method === "HEAD" ? throughProxy(url, method) : pass(url, request);
    answer.then(
      (answered) => giveBack(answered, response),
      () => response.destroy(),
    );

    async function throughProxy(address: string, asked: string): Promise<IncomingMessage> {
      const headers = passedOn(request.rawHeaders);
      const { location, cacheStatus } = await until(`${address} is looked up in time`, async () => {
        const redirect = await askProxy(stack, address, { method: asked, headers });
        const isMissed = await fills.isMissed(address, redirect.cacheStatus);
        return redirect.status === 302 && !isMissed ? redirect : null;
      });
      const answered = await pass(location, request);
      if (location !== address) {
        // A copy keeps no field that it does not know, not even those by which the suite tells answers apart.
        answered.rawHeaders.push(...Object.entries(origin.countsOf(path)).flat());
      } else if (!cacheStatus.includes("fwd=bypass")) {
        await fills.ended(address, async () => void (await askProxy(stack, address, { headers })));
      }
      return answered;
    }
  });
  return { url: `http://127.0.0.1:${await listen(server, 0)}`, stop: () => close(server) };
}

/** The same request elsewhere. */
async function pass(url: string, request: IncomingMessage): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    const headers = passedOn(request.rawHeaders).flat();
    const sent = send(
      url,
      { agent: false, method: request.method, headers: ["Host", new URL(url).host, ...headers] },
      resolve,
    );
    request.pipe(sent.once("error", reject));
  });
}

function giveBack(answered: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answered.statusCode ?? 502, passedOn(answered.rawHeaders).flat());
  answered.once("error", () => response.destroy()).pipe(response);
}

function passedOn(rawHeaders: readonly string[]): [name: string, value: string][] {
  const pairs = Array.from({ length: rawHeaders.length / 2 }, (_, index): [string, string] => {
    return [rawHeaders[2 * index] ?? "", rawHeaders[2 * index + 1] ?? ""];
  });
  return pairs.filter(([name]) => !NOT_PASSED_ON.test(name));
}
