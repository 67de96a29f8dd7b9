import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { type OwnOrigin, startOwnOrigin } from "../stack/own-origin.ts";

const CHUNK_BYTES = 256 * 1024;

/** An origin with one large body under every path, that sends no more of it than it may. */
export type DripOrigin = OwnOrigin & {
  readonly size: number;
  /** Of the body, in hex. */
  readonly sha256: string;
  /** From now on each answer ends after so many bytes of the body and waits there; the whole body by default. */
  allow(bytes?: number): void;
  /** Bytes of the longest answer that somebody is reading now. */
  sent(): number;
  /** Whole GETs of a path so far. */
  gets(path: string): number;
};

/** Starts it; nothing is allowed yet. */
export async function startDripOrigin(size: number): Promise<DripOrigin> {
  const body = randomBytes(size);
  const head = { "content-type": "application/octet-stream", etag: '"drip"' };
  const running = new Map<ServerResponse, number>();
  let allowed = 0;
  let more = Promise.withResolvers<void>();

  async function drip(response: ServerResponse): Promise<void> {
    response.writeHead(200, { ...head, "content-length": size }).flushHeaders();
    running.set(response, 0);
    const closed = once(response, "close").then(() => running.delete(response));
    for (let at = 0; at < size && !response.destroyed; ) {
      if (at >= allowed) {
        await Promise.race([more.promise, closed]);
        continue;
      }
      const end = Math.min(at + CHUNK_BYTES, allowed, size);
      await Promise.race([new Promise((flushed) => response.write(body.subarray(at, end), flushed)), closed]);
      at = end;
      running.set(response, at);
    }
    response.end();
  }

  const origin = await startOwnOrigin((request, response) => {
    if (request.headers.range === "bytes=0-0") {
      const range = { "content-length": 1, "content-range": `bytes 0-0/${size}` };
      response.writeHead(206, { ...head, ...range }).end(body.subarray(0, 1));
    } else drip(response).catch(() => response.destroy());
  });
  return {
    ...origin,
    size,
    sha256: createHash("sha256").update(body).digest("hex"),
    allow(bytes = size) {
      allowed = bytes;
      more.resolve();
      more = Promise.withResolvers();
    },
    sent: () => Math.max(0, ...running.values()),
    gets: (path) => origin.asked.filter((request) => request === `GET ${path}`).length,
  };
}
