import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { close, listen } from "../../src/dev/net/listen.ts";
import { bodyOf, ORIGIN_SAMPLES } from "../contracts/origin-samples.ts";

/** Serves the samples. What it was asked comes back in `x-asked`: request line and headers, as JSON. */
export async function startSampleOrigin(): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer(answer);
  const port = await listen(server, 0);
  return { url: `http://127.0.0.1:${port}`, stop: () => close(server) };
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const sample = ORIGIN_SAMPLES[request.url ?? ""];
  if (!sample) response.writeHead(501).end(`there is no sample for ${request.url}`);
  else if (!sample.silent) {
    const body = bodyOf(sample);
    const asked = JSON.stringify({ method: request.method, url: request.url, headers: request.headers });
    const headers = { "x-asked": asked, ...sample.headers };
    if (sample.ranges && request.headers.range === "bytes=0-0") sendFirstByte(response, headers, body);
    else if (sample.stalls) response.writeHead(sample.status, headers).write(body);
    else if (sample.chunked) response.writeHead(sample.status, headers).end(body);
    else response.writeHead(sample.status, { ...headers, "content-length": body.length }).end(body);
  }
}

function sendFirstByte(response: ServerResponse, headers: Record<string, string>, body: Uint8Array): void {
  if (body.length === 0) response.writeHead(416, { ...headers, "content-range": "bytes */0" }).end();
  else {
    const range = { "content-range": `bytes 0-0/${body.length}`, "content-length": 1 };
    response.writeHead(206, { ...headers, ...range }).end(body.subarray(0, 1));
  }
}
