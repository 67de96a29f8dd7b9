import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeAll } from "vitest";
import { parseOriginRule } from "../../../src/core/origins/parse-rule.ts";
import type { AccessMode, OriginRule } from "../../../src/core/tenant.ts";
import { close, listen } from "../../../src/dev/net/listen.ts";

/** An origin that does what a test tells it to. */
export type OwnOrigin = {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string;
  /** Method, path with query and range of each request so far, such as `GET /a bytes=0-0`. */
  readonly asked: readonly string[];
  /** For the stack's `originRules`: all of it, or what is below a path. */
  rule(access: AccessMode | null, path?: string): OriginRule;
  stop(): Promise<void>;
};

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Gives the tests of this file an origin of their own. Call it before `withStack`, whose options may then use it. */
export function withOwnOrigin(answer: Answer): () => OwnOrigin {
  let running: OwnOrigin | undefined;
  beforeAll(async () => {
    running = await startOwnOrigin(answer);
  });
  afterAll(async () => {
    await running?.stop();
  });
  return () => {
    if (!running) throw new Error("the origin runs only while tests do");
    return running;
  };
}

/** Starts an origin on a free port of 127.0.0.1 that answers each request by `answer`. */
export async function startOwnOrigin(answer: Answer): Promise<OwnOrigin> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push([request.method, request.url, request.headers.range].filter(Boolean).join(" "));
    answer(request, response);
  });
  const url = `http://127.0.0.1:${await listen(server, 0)}`;
  return {
    url,
    asked,
    rule(access, path = "") {
      const rule = parseOriginRule(`${url}${path}`, access);
      if (!rule) throw new Error(`${url}${path} makes no rule`);
      return rule;
    },
    stop: () => close(server),
  };
}

/** Sends a whole body, or the one byte that a probe asks for; `fields` stand over type and ETag. */
export function sendObject(
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
  fields: Readonly<Record<string, string>> = {},
): void {
  const headers = { "content-type": "text/plain", etag: '"v1"', ...fields };
  const bytes = Buffer.from(body);
  const size = bytes.length;
  if (request.headers.range !== "bytes=0-0") {
    response.writeHead(200, { ...headers, "content-length": size }).end(bytes);
  } else if (size === 0) {
    response.writeHead(416, { "content-range": "bytes */0", "content-length": 0 }).end();
  } else {
    const range = { "content-length": 1, "content-range": `bytes 0-0/${size}` };
    response.writeHead(206, { ...headers, ...range }).end(bytes.subarray(0, 1));
  }
}
