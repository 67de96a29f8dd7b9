import { type IncomingMessage, request as open, type ServerResponse } from "node:http";
import { type OwnOrigin, startOwnOrigin } from "../../stack/own-origin.ts";

/** One more address of an origin on this machine. */
export type Door = OwnOrigin;

/** Between two neighbours only (RFC 9110 section 7.6.1). */
const NOT_PASSED_ON = new Set(["connection", "keep-alive", "proxy-connection", "expect"]);

/**
 * Opens a door to what listens on this port of 127.0.0.1, or will when it is asked. Requests go on as they came, their
 * Host included, since it may be signed.
 */
export async function openDoor(port: number): Promise<Door> {
  return await startOwnOrigin((request, response) => passOn(request, response, port));
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
