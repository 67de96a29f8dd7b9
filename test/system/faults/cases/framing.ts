import { gzipSync } from "node:zlib";
import type { FaultCase } from "../fault-case.ts";
import { type Fields, head, once, saysOf, well } from "../origin/answers.ts";
import { type Body, LARGE, PACKED, SMALL } from "../origin/bodies.ts";
import type { Misbehaviour } from "../origin/raw-origin.ts";
import { digestOf } from "./checksums.ts";

const CHUNK_BYTES = 100_000;
const HALF = SMALL.bytes.length / 2;

/** What is said of a body but its length. */
function withoutLength(body: Body): Fields {
  const { "content-length": _, ...fields } = saysOf(body);
  return fields;
}

/** In chunks; `cut`: only so many bytes come, and no last chunk. */
function chunked(body: Body, cut: number | null = null): Misbehaviour {
  return async (_, wire) => {
    await wire.send(head(200, { ...withoutLength(body), "transfer-encoding": "chunked" }));
    const end = cut ?? body.bytes.length;
    for (let at = 0; at < end && !wire.left(); at += CHUNK_BYTES) {
      const chunk = body.bytes.subarray(at, Math.min(at + CHUNK_BYTES, end));
      await wire.send(Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n")]));
    }
    if (cut === null) await wire.send("0\r\n\r\n");
  };
}

/** The end of the connection is that of the body. */
function closeFramed(body: Body, bytes = body.bytes.length, fields: Fields = {}): Misbehaviour {
  return async (_, wire) => {
    await wire.send(head(200, { ...withoutLength(body), ...fields }));
    await wire.send(body.bytes.subarray(0, bytes));
  };
}

const packed = { "content-encoding": "gzip" };

/** Packs for whoever can unpack, as CDNs do; `identity` says that nobody can. */
const packsWhenAsked: Misbehaviour = async (asked, wire) => {
  const gzip = /gzip|\*|br/.test(asked.fields.get("accept-encoding") ?? "*");
  const body = gzip ? { ...SMALL, bytes: gzipSync(SMALL.bytes) } : SMALL;
  await well(body, { vary: "Accept-Encoding", ...(gzip && packed) })(asked, wire);
};

const summed = { "content-md5": digestOf("md5", SMALL.bytes) };

export const FRAMING: readonly FaultCase[] = [
  {
    name: "gzip that nobody asked for",
    origin: well(PACKED, packed),
    ends: { ready: PACKED, delivered: { "content-encoding": "gzip" } },
    asked: 1,
  },
  {
    name: "gzip for who asks for it",
    origin: packsWhenAsked,
    ends: { ready: SMALL, delivered: { "content-encoding": null } },
    asked: 1,
  },
  { name: "chunked", origin: chunked(SMALL), ends: { ready: SMALL }, asked: 1 },
  {
    name: "chunked and cut, once",
    origin: once(chunked(SMALL, HALF), chunked(SMALL)),
    ends: { ready: SMALL },
    asked: 2,
  },
  { name: "chunked and cut, for ever", origin: chunked(SMALL, HALF), ends: { failed: "INTERRUPTED" } },
  {
    name: "70 MiB, chunked and cut, once",
    origin: once(chunked(LARGE, LARGE.bytes.length - 1), chunked(LARGE)),
    ends: { ready: LARGE },
    asked: 2,
  },
  { name: "close-framed", origin: closeFramed(SMALL), ends: { failed: "LENGTH_UNKNOWN" } },
  {
    name: "close-framed, with Content-MD5",
    origin: closeFramed(SMALL, SMALL.bytes.length, summed),
    ends: { ready: SMALL },
    asked: 1,
  },
  {
    name: "close-framed and cut, with Content-MD5, once",
    origin: once(closeFramed(SMALL, HALF, summed), closeFramed(SMALL, SMALL.bytes.length, summed)),
    ends: { ready: SMALL },
    asked: 2,
  },
];
