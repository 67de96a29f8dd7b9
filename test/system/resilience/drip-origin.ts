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
  /** From now on each answer of a path ends after so many bytes of the body and waits there; the whole body by default. */
  allow(path: string, bytes?: number): void;
  /** Bytes of a path's longest answer that somebody is reading now. */
  sent(path: string): number;
  /** Whole GETs of a path so far. */
  gets(path: string): number;
};

/** Starts it; nothing is allowed yet. */
export async function startDripOrigin(size: number): Promise<DripOrigin> {
  const body = randomBytes(size);
  const head = { "content-type": "application/octet-stream", etag: '"drip"' };
  const running = new Map<ServerResponse, { readonly path: string; sent: number }>();
  const allowances = new Map<string, number>();
  let more = Promise.withResolvers<void>();

  async function drip(path: string, response: ServerResponse): Promise<void> {
    response.writeHead(200, { ...head, "content-length": size }).flushHeaders();
    const answer = { path, sent: 0 };
    running.set(response, answer);
    const closed = once(response, "close").then(() => running.delete(response));
    for (let at = 0; at < size && !response.destroyed; ) {
      const allowed = allowances.get(path) ?? 0;
      if (at >= allowed) {
        await Promise.race([more.promise, closed]);
        continue;
      }
      const end = Math.min(at + CHUNK_BYTES, allowed, size);
      await Promise.race([new Promise((flushed) => response.write(body.subarray(at, end), flushed)), closed]);
      at = end;
      answer.sent = at;
    }
    response.end();
  }

  const origin = await startOwnOrigin((request, response) => {
    if (request.headers.range === "bytes=0-0") {
      const range = { "content-length": 1, "content-range": `bytes 0-0/${size}` };
      response.writeHead(206, { ...head, ...range }).end(body.subarray(0, 1));
    } else drip(request.url ?? "", response).catch(() => response.destroy());
  });
  return {
    ...origin,
    size,
    sha256: createHash("sha256").update(body).digest("hex"),
    allow(path, bytes = size) {
      allowances.set(path, bytes);
      more.resolve();
      more = Promise.withResolvers();
    },
    sent: (path) => Math.max(0, ...[...running.values()].map((answer) => (answer.path === path ? answer.sent : 0))),
    gets: (path) => origin.asked.filter((request) => request === `GET ${path}`).length,
  };
}
