import type { IncomingMessage, ServerResponse } from "node:http";
import { sendObject } from "../../stack/own-origin.ts";
import { until } from "../../stack/until.ts";

/** Downloads of `/held/…` that wait, in the middle of their body, for somebody to let go of them. */
const held = new Map<string, ServerResponse>();
/** On no allow-list. */
const STRANGER = "http://127.0.0.1:1/elsewhere";
const HALF = "half of the body, ";
/** By path; only here, since a stack whose tests have ended is searched for what stands in them. */
const manifests = new Map<string, string>();

/** An origin that answers as the first segment of the path says. */
export function moody(request: IncomingMessage, response: ServerResponse): void {
  const url = request.url ?? "";
  const [, mood, detail = ""] = url.split("/");
  if (mood === "held" && request.headers.range === undefined) {
    response.writeHead(200, { "content-length": 2 * HALF.length, "content-type": "text/plain" }).write(HALF);
    held.set(url, response);
  } else if (mood === "status") {
    response.writeHead(Number(detail), { "content-length": 0, location: STRANGER }).end();
  } else if (mood === "unending") {
    // Neither a length nor chunks: only the end of the connection ends the body.
    response.useChunkedEncodingByDefault = false;
    response.shouldKeepAlive = false;
    response.writeHead(200).end("of unknown length");
  } else if (mood === "manifest") sendObject(request, response, manifests.get(url) ?? "");
  else if (mood === "varying") sendObject(request, response, "varying", { vary: "Accept-Encoding, Cookie" });
  else sendObject(request, response, `moody ${url}`);
}

/** Waits until a download of this path, with a leading slash, is in its middle. */
export async function untilHeld(path: string): Promise<void> {
  await until(`${path} is asked for`, async () => held.has(path) || null);
}

/** Sends the other half; settles when the receiver has it, or has left. */
export async function letGo(path: string): Promise<void> {
  const response = held.get(path);
  if (!response) throw new Error(`${path} is not held`);
  const closed = new Promise((resolve) => response.once("close", resolve));
  response.end(HALF);
  await closed;
  held.delete(path);
}

/** Has the origin serve this text; returns its path. */
export function serveManifest(name: string, text: string): string {
  const path = `/manifest/${name}`;
  manifests.set(path, text);
  return path;
}
