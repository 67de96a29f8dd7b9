import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type OwnOrigin, startOwnOrigin } from "../system/stack/own-origin.ts";
import { patternBytes } from "./pattern.ts";

/** An object as the origin has it now; `version` is a name of its bytes. */
export type PatternObject = {
  readonly size: number;
  readonly version: number;
  /** Sent without a length, in chunks. */
  readonly chunked?: boolean;
  /** Ms to wait before each MiB. */
  readonly paceMs?: number;
};

/** An origin of objects that are made while they are sent. */
export type PatternOrigin = OwnOrigin & {
  /** What a path has from now on. */
  put(path: string, object: PatternObject): void;
  /** Bytes of bodies that the kernel has taken so far; some of them may never have been read by anybody. */
  sent(): number;
  /** Of one path. */
  sentOf(path: string): number;
  /** Of the most answers that were under way at a time. */
  mostAtOnce(): number;
  /** No more bytes than that are sent from now on; whoever wants more waits. */
  allow(bytes: number): void;
};

const MIB = 2 ** 20;

export async function startPatternOrigin(): Promise<PatternOrigin> {
  const objects = new Map<string, PatternObject>();
  const sentOf = new Map<string, number>();
  let sent = 0;
  let allowed = Number.POSITIVE_INFINITY;
  let atOnce = 0;
  let mostAtOnce = 0;

  /** Waits for the kernel after each piece, so that no more than its buffers hold is counted before it is wanted. */
  async function send(response: ServerResponse, object: PatternObject, first: number, end: number): Promise<void> {
    const path = response.req.url ?? "";
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    const closed = new Promise<void>((resolve) => response.once("close", resolve));
    let unpaced = 0;
    for (const piece of patternBytes(object.version, first, end)) {
      while (sent >= allowed && !response.destroyed) await Promise.race([sleep(20), closed]);
      unpaced += piece.length;
      if (object.paceMs && unpaced >= MIB / 4) {
        unpaced = 0;
        await sleep(object.paceMs / 4);
      }
      if (response.destroyed) break;
      sent += piece.length;
      sentOf.set(path, (sentOf.get(path) ?? 0) + piece.length);
      await Promise.race([new Promise((taken) => response.write(piece, taken)), closed]);
    }
    atOnce -= 1;
    response.end();
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const object = objects.get(request.url ?? "");
    if (!object) return void response.writeHead(404).end();
    const { size, version, chunked } = object;
    const etag = `"${version}"`;
    const head = { etag, "accept-ranges": "bytes", "content-type": "application/octet-stream" };
    const { range, "if-match": ifMatch, "if-none-match": ifNoneMatch } = request.headers;
    if (ifMatch !== undefined && ifMatch !== etag) return void response.writeHead(412, head).end();
    if (ifNoneMatch === etag) return void response.writeHead(304, head).end();
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? [];
    if (first === undefined || last === undefined || chunked) {
      response.writeHead(200, { ...head, ...(!chunked && { "content-length": size }) }).flushHeaders();
      send(response, object, 0, size).catch(() => response.destroy());
    } else if (Number(first) >= size) {
      response.writeHead(416, { ...head, "content-range": `bytes */${size}` }).end();
    } else {
      const end = Math.min(Number(last) + 1, size);
      const fields = { "content-length": end - Number(first), "content-range": `bytes ${first}-${end - 1}/${size}` };
      response.writeHead(206, { ...head, ...fields }).flushHeaders();
      send(response, object, Number(first), end).catch(() => response.destroy());
    }
  }

  const origin = await startOwnOrigin(answer);
  return {
    ...origin,
    put: (path, object) => void objects.set(path, object),
    sent: () => sent,
    sentOf: (path) => sentOf.get(path) ?? 0,
    mostAtOnce: () => mostAtOnce,
    allow(bytes) {
      allowed = bytes;
    },
  };
}
