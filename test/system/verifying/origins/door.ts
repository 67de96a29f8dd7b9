import { createServer, type IncomingMessage, request as open, type ServerResponse } from "node:http";
import { parseOriginRule } from "../../../../src/core/origins/parse-rule.ts";
import type { AccessMode, OriginRule } from "../../../../src/core/tenant.ts";
import { close, listen } from "../../../../src/dev/net/listen.ts";

/** One more address of an origin on this machine. */
export type Door = {
  /** Without a slash at its end. */
  readonly url: string;
  /** The URL of each request that was asked through it so far. */
  readonly asked: readonly string[];
  /** For the stack's `originRules`. */
  rule(access: AccessMode): OriginRule;
  stop(): Promise<void>;
};

/** Between two neighbours only (RFC 9110 section 7.6.1). */
const NOT_PASSED_ON = new Set(["connection", "keep-alive", "proxy-connection", "expect"]);

/**
 * Opens a door to what listens on this port of 127.0.0.1, or will when it is asked. Requests go on as they came, their
 * Host included, since it may be signed.
 */
export async function openDoor(port: number): Promise<Door> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${url}${request.url}`);
    passOn(request, response, port);
  });
  const url = `http://127.0.0.1:${await listen(server, 0)}`;
  return {
    url,
    asked,
    rule(access) {
      const rule = parseOriginRule(url, access);
      if (!rule) throw new Error(`${url} makes no rule`);
      return rule;
    },
    stop: () => close(server),
  };
}

function passOn(request: IncomingMessage, response: ServerResponse, port: number): void {
  const headers = endToEnd(request);
  const onward = open({ host: "127.0.0.1", port, agent: false, method: request.method, path: request.url, headers });
  response.once("close", () => onward.destroy());
  onward.once("error", () => response.destroy());
  onward.once("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, endToEnd(answer));
    answer.once("error", () => response.destroy());
    answer.pipe(response);
  });
  request.pipe(onward);
}

/** Names and values alternate, in the order and spelling in which they came. */
function endToEnd({ rawHeaders }: IncomingMessage): string[] {
  return rawHeaders.filter((_, index) => !NOT_PASSED_ON.has(rawHeaders[index - (index % 2)]?.toLowerCase() ?? ""));
}
