import { createHash, randomBytes, randomInt, randomUUID } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { parseByteRange } from "../../../../src/core/http/byte-range.ts";
import { type OwnOrigin, startOwnOrigin } from "../../stack/own-origin.ts";

const CHUNK_BYTES = 64 * 1024;
/** Random bytes that bodies are cut out of, each from another place: many large ones would not fit into memory. */
const POOL_BYTES = 256 * 2 ** 20;

/** How an object is sent. */
export type Manner = {
  readonly status?: number;
  /** Beside length, and over ETag and type; `null` leaves one out. */
  readonly fields?: Readonly<Record<string, string | readonly string[] | null>>;
  /** Without a length, in chunks. */
  readonly chunked?: boolean;
  /** Whether it does ranges, and says so. */
  readonly ranges?: boolean;
  /** Bytes after which the first answer loses its connection. */
  readonly cutAt?: number;
  /** Bytes that may be sent at first; all by default. */
  readonly allowed?: number;
  /** What is announced where it is not the body's length. */
  readonly announced?: number;
};

/** An object at an address that nobody knew before. */
export type PacedObject = {
  readonly url: string;
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
  /** From now on so many bytes of each answer may be sent; all by default. */
  allow(bytes?: number): void;
  /** It is there no more: who asks from now on gets 404. */
  drop(): void;
  /** Bytes of the body that left for a reader, in all answers together but those to probes. */
  sent(): number;
  /** Its requests so far, such as `GET` or `GET bytes=8388608-`. */
  asked(): readonly string[];
};

/** An origin whose objects are sent as a test wants it, and no faster. */
export type PacedOrigin = Pick<OwnOrigin, "rule" | "stop"> & {
  readonly url: string;
  publish(body: Uint8Array | number, manner?: Manner): PacedObject;
};

type Held = {
  readonly body: Uint8Array;
  readonly manner: Manner;
  allowed: number;
  sent: number;
  more: PromiseWithResolvers<void>;
};

export async function startPacedOrigin(): Promise<PacedOrigin> {
  const objects = new Map<string, Held>();
  let pool: Buffer | null = null;

  function randomBody(size: number): Uint8Array {
    pool ??= randomBytes(POOL_BYTES);
    const from = randomInt(POOL_BYTES - size);
    return pool.subarray(from, from + size);
  }

  const origin = await startOwnOrigin((request, response) => {
    const object = objects.get(request.url ?? "");
    if (!object) response.writeHead(404).end("nothing is here");
    else send(object, request, response).catch(() => response.destroy());
  });
  return {
    ...origin,
    publish(given, manner = {}) {
      const body = typeof given === "number" ? randomBody(given) : given;
      const path = `/${randomUUID()}.bin`;
      const all = Number.POSITIVE_INFINITY;
      const held: Held = { body, manner, allowed: manner.allowed ?? all, sent: 0, more: Promise.withResolvers() };
      objects.set(path, held);
      return {
        url: `${origin.url}${path}`,
        size: body.length,
        sha256: createHash("sha256").update(body).digest("hex"),
        allow(bytes = all) {
          held.allowed = bytes;
          held.more.resolve();
          held.more = Promise.withResolvers();
        },
        drop: () => void objects.delete(path),
        sent: () => held.sent,
        asked: () =>
          origin.asked.filter((line) => line.split(" ")[1] === path).map((line) => line.replace(` ${path}`, "")),
      };
    },
  };
}

async function send(object: Held, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { body, manner } = object;
  const { status = 200, ranges = true, chunked = false, announced = body.length } = manner;
  const fields = {
    etag: '"paced"',
    "content-type": "video/mp4",
    ...(ranges && { "accept-ranges": "bytes" }),
    ...manner.fields,
  };
  for (const [name, value] of Object.entries(fields)) if (value !== null) response.setHeader(name, value);
  const part = ranges && status === 200 ? parseByteRange(request.headers.range ?? null, announced) : null;
  if (part === "unsatisfiable") return void response.writeHead(416, { "content-range": `bytes */${announced}` }).end();
  const { offset, length } = part ?? { offset: 0, length: announced };
  const end = `${offset + length - 1}/${announced}`;
  if (!chunked) response.setHeader("content-length", length);
  response.writeHead(part ? 206 : status, part ? { "content-range": `bytes ${offset}-${end}` } : {}).flushHeaders();
  await drip(object, response, Math.min(offset, body.length), Math.min(offset + length, body.length));
}

async function drip(object: Held, response: ServerResponse, from: number, to: number): Promise<void> {
  const closed = once(response, "close");
  const cutAt = object.manner.cutAt !== undefined && object.sent === 0 ? object.manner.cutAt : Number.POSITIVE_INFINITY;
  for (let at = from; at < to && !response.destroyed; ) {
    if (at >= cutAt) return void response.destroy();
    if (at - from >= object.allowed) {
      await Promise.race([object.more.promise, closed]);
      continue;
    }
    const end = Math.min(at + CHUNK_BYTES, from + object.allowed, cutAt, to);
    object.sent += end - at;
    await Promise.race([new Promise((taken) => response.write(object.body.subarray(at, end), taken)), closed]);
    at = end;
  }
  response.end();
}
