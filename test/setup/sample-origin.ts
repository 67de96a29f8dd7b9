import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { parseByteRange } from "../../src/core/http/byte-range.ts";
import { conditionsOf, failedPrecondition } from "../../src/core/http/conditional.ts";
import { close, listen } from "../../src/dev/net/listen.ts";
import { bodyOf, ORIGIN_SAMPLES, type OriginSample } from "../contracts/origin-samples.ts";
import { ORIGIN_WIRES } from "../contracts/origin-wires.ts";

/** Serves the samples. What it was asked comes back in `x-asked`: request line and headers, as JSON. */
export async function startSampleOrigin(): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer(answer);
  const port = await listen(server, 0);
  return { url: `http://127.0.0.1:${port}`, stop: () => close(server) };
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { method, url = "", socket } = request;
  const wire = ORIGIN_WIRES[url];
  const sample = ORIGIN_SAMPLES[url];
  if (wire) socket.write(wire.bytes, () => (wire.last === "end" ? socket.end() : socket.resetAndDestroy()));
  else if (!sample) response.writeHead(501).end(`there is no sample for ${url}`);
  else if (!sample.silent) {
    response.setHeader("x-asked", JSON.stringify({ method, url, headers: request.headers }));
    for (const [name, value] of Object.entries(sample.headers ?? {})) response.setHeader(name, value);
    const status = failedCondition(request, sample);
    if (status !== null) response.writeHead(status).end();
    else if (sample.ranges && request.headers.range) sendRange(request.headers.range, response, sample);
    else sendWhole(response, sample);
  }
}

function failedCondition({ headers }: IncomingMessage, { status, headers: sent }: OriginSample): number | null {
  if (status !== 200 || !sent?.etag) return null;
  const get = (name: string) => (headers[name.toLowerCase()] as string | undefined) ?? null;
  return failedPrecondition(conditionsOf("GET", { get }), { etag: sent.etag, lastModified: null });
}

function sendRange(field: string, response: ServerResponse, sample: OriginSample): void {
  const body = bodyOf(sample);
  const range = parseByteRange(field, body.length);
  if (range === null) sendWhole(response, sample);
  else if (range === "unsatisfiable") response.writeHead(416, { "content-range": `bytes */${body.length}` }).end();
  else {
    const { offset, length } = range;
    const contentRange = `bytes ${offset}-${offset + length - 1}/${body.length}`;
    const headers = { "content-range": contentRange, "content-length": length };
    response.writeHead(206, headers).end(body.subarray(offset, offset + length));
  }
}

function sendWhole(response: ServerResponse, sample: OriginSample): void {
  const body = bodyOf(sample);
  // Without it, and without the header that stands for chunks, Node ends the body with the connection.
  if (sample.closes) response.removeHeader("transfer-encoding");
  else if (!sample.chunked && !response.hasHeader("content-length")) response.setHeader("content-length", body.length);
  response.writeHead(sample.status);
  if (sample.stalls) response.write(body);
  else if (sample.cutAfter) response.write(body.subarray(0, sample.cutAfter), () => response.socket?.destroy());
  else response.end(body);
}
