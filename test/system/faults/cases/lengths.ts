import type { FaultCase } from "../fault-case.ts";
import { head, once, saysOf, sendCut, well } from "../origin/answers.ts";
import { type Body, EMPTY, SMALL } from "../origin/bodies.ts";
import type { Misbehaviour } from "../origin/raw-origin.ts";
import { digestOf } from "./checksums.ts";

const LENGTH = SMALL.bytes.length;

/** The connection ends in peace, too early. */
const short: Misbehaviour = async (_, wire) => await sendCut(wire, SMALL, LENGTH - 1);

/** More comes than was announced. */
const long: Misbehaviour = async (_, wire) => {
  await sendCut(wire, SMALL, LENGTH);
  await wire.send("and more");
};

/** The right bytes under a wrong length. */
function announced(length: number, fields = {}): Misbehaviour {
  return async (_, wire) => await sendCut(wire, SMALL, LENGTH, { "content-length": length, ...fields });
}

/** Two lengths that cannot both be true. */
const twoLengths: Misbehaviour = async (_, wire) => {
  const twice = head(200, saysOf(SMALL)).replace("\r\n\r\n", `\r\ncontent-length: ${LENGTH - 1}\r\n\r\n`);
  await wire.send(twice);
  await wire.send(SMALL.bytes);
};

/** Announces what nobody can store, and would send it. */
const giant: Misbehaviour = async (_, wire) => {
  await wire.send(head(200, { ...saysOf(SMALL), "content-length": 6 * 2 ** 40 }));
  await wire.send(SMALL.bytes);
  await wire.closed;
};

/** As HTTP has it, the message is what was announced: what follows belongs to no answer (RFC 9112 section 6.3). */
const cutShort: Body = { bytes: SMALL.bytes.subarray(0, LENGTH - 10), etag: SMALL.etag };

export const LENGTHS: readonly FaultCase[] = [
  { name: "short body, once", origin: once(short, well(SMALL)), ends: { ready: SMALL }, asked: 2 },
  { name: "short body, for ever", origin: short, ends: { failed: "INTERRUPTED" } },
  { name: "long body", origin: long, ends: { ready: SMALL }, asked: 1 },
  { name: "Content-Length too small", origin: announced(LENGTH - 10), ends: { ready: cutShort }, asked: 1 },
  {
    name: "Content-Length too small, and the checksum of all",
    origin: announced(LENGTH - 10, { "content-md5": digestOf("md5", SMALL.bytes) }),
    ends: { failed: "DIGEST_MISMATCH" },
  },
  {
    name: "Content-Length too large, once",
    origin: once(announced(LENGTH + 1), well(SMALL)),
    ends: { ready: SMALL },
    asked: 2,
  },
  { name: "two Content-Lengths, once", origin: once(twoLengths, well(SMALL)), ends: { ready: SMALL }, asked: 2 },
  { name: "larger than may be stored", origin: giant, ends: { failed: "TOO_LARGE" } },
  { name: "nothing at all in the body", origin: well(EMPTY), ends: { ready: EMPTY }, asked: 1 },
];
