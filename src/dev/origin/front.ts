import {
  Agent,
  createServer,
  type IncomingMessage,
  request as open,
  type Server,
  type ServerResponse,
} from "node:http";
import { logRequest } from "./request-log.ts";

/**
 * Between two neighbours only (RFC 9110 section 7.6.1); `expect`, since Node has answered it already; and
 * `accept-encoding`, at which wrangler compresses text under the same ETag, as no S3 does.
 */
const NOT_PASSED_ON = new Set(["connection", "keep-alive", "proxy-connection", "expect", "accept-encoding"]);
/** A connection for each request: one that wrangler is just closing would turn into a 502. */
const AGENT = new Agent({ keepAlive: false });

/**
 * A server that passes each request on to a port of 127.0.0.1 as it came, host name and path untouched, since both are
 * signed, streams the answer back, and logs it.
 */
export function createFront(port: number, log: string): Server {
  return createServer((request, response) => {
    const sent = { bytes: 0 };
    response.once("close", () => {
      logRequest(log, {
        time: new Date().toISOString(),
        method: request.method ?? "",
        path: request.url?.split("?")[0] ?? "",
        range: request.headers.range ?? null,
        status: response.statusCode,
        bytes: sent.bytes,
        aborted: !response.writableFinished,
      });
    });
    const { method, url: path } = request;
    const onward = open({ host: "127.0.0.1", port, agent: AGENT, method, path, headers: endToEnd(request.rawHeaders) });
    response.once("close", () => onward.destroy());
    onward.once("error", () => giveUp(response));
    onward.once("response", (answer) => relay(answer, response, sent).catch(() => response.destroy()));
    request.pipe(onward);
  });
}

async function relay(answer: IncomingMessage, response: ServerResponse, sent: { bytes: number }): Promise<void> {
  response.writeHead(answer.statusCode ?? 502, endToEnd(answer.rawHeaders));
  for await (const chunk of answer) {
    await new Promise<void>((resolve, reject) => {
      response.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
    sent.bytes += chunk.length;
  }
  response.end();
}

function giveUp(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(502).end();
}

/** Names and values alternate, in the order and spelling in which they came. */
function endToEnd(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, index) => !NOT_PASSED_ON.has(rawHeaders[index - (index % 2)]?.toLowerCase() ?? ""));
}
