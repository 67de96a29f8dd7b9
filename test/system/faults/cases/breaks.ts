import { expect } from "vitest";
import type { FaultCase } from "../fault-case.ts";
import { type Fields, head, inTurn, once, rangeOf, saysOf, sendCut, well } from "../origin/answers.ts";
import { type Body, IN_THE_MIDDLE, LARGE, PART_BYTES, PARTS, SMALL } from "../origin/bodies.ts";
import type { Misbehaviour, RawOrigin } from "../origin/raw-origin.ts";

/** The connection breaks off after so many bytes of the body. */
export function resetAt(body: Body, bytes: number, fields: Fields = {}): Misbehaviour {
  return async (_, wire) => {
    await sendCut(wire, body, bytes, fields);
    wire.reset();
  };
}

/** The connection ends in peace after so many bytes of the body. */
export function endAt(body: Body, bytes: number, fields: Fields = {}): Misbehaviour {
  return async (_, wire) => await sendCut(wire, body, bytes, fields);
}

/** The connection breaks off before there is an answer. */
const resetAtOnce: Misbehaviour = (_, wire) => wire.reset();

/** So many bytes of the body come, and then nothing, for as long as anybody waits. */
function stallAt(body: Body, bytes: number): Misbehaviour {
  return async (_, wire) => {
    await sendCut(wire, body, bytes);
    await wire.closed;
  };
}

/** Not even a status comes. */
const silent: Misbehaviour = async (_, wire) => void (await wire.closed);

/** A few bytes at a time, and never none for long. */
function drip(body: Body, { chunks, pauseMs }: { chunks: number; pauseMs: number }): Misbehaviour {
  return async (_, wire) => {
    await wire.send(head(200, saysOf(body)));
    const size = Math.ceil(body.bytes.length / chunks);
    for (let at = 0; at < body.bytes.length && !wire.left(); at += size) {
      await wire.send(body.bytes.subarray(at, at + size));
      await new Promise((passed) => setTimeout(passed, pauseMs));
    }
  };
}

const small = { ready: SMALL };
const large = { ready: LARGE };
/** A reset may take from the sockets whatever was not read yet: how many parts are left is up to chance. */
const RESET = { asked: 1 + PARTS, also: asksForPartsOfOneVersion };
/** The end comes behind all bytes that were sent: none but those of one part are sent twice. */
const ENDED = { asked: 1 + PARTS, sent: LARGE.bytes.length + PART_BYTES, also: asksForWhatIsMissing };

function asksForPartsOfOneVersion({ asked }: RawOrigin): void {
  const parts = asked.filter(({ fields }) => fields.has("range"));
  expect(parts.map(({ fields }) => fields.get("if-match"))).toEqual(parts.map(() => LARGE.etag));
}

function asksForWhatIsMissing(origin: RawOrigin): void {
  asksForPartsOfOneVersion(origin);
  const [whole, ...parts] = origin.asked.map((asked) => rangeOf(asked)?.first ?? null);
  expect(whole).toBeNull();
  expect(parts.length).toBeGreaterThan(0);
  for (const first of parts) expect(first).toBeGreaterThan(IN_THE_MIDDLE - PART_BYTES);
}

export const BREAKS: readonly FaultCase[] = [
  { name: "reset before the answer, once", origin: once(resetAtOnce, well(SMALL)), ends: small, asked: 2 },
  { name: "reset at the first byte, once", origin: once(resetAt(SMALL, 1), well(SMALL)), ends: small, asked: 2 },
  { name: "reset in the middle, once", origin: once(resetAt(SMALL, 30_000), well(SMALL)), ends: small, asked: 2 },
  {
    name: "reset at the last byte, twice",
    origin: inTurn(resetAt(SMALL, SMALL.bytes.length - 1), resetAt(SMALL, SMALL.bytes.length - 1), well(SMALL)),
    ends: small,
    asked: 3,
  },
  { name: "reset in the middle, for ever", origin: resetAt(SMALL, 30_000), ends: { failed: "INTERRUPTED" } },
  { name: "70 MiB, reset at the first byte", origin: once(resetAt(LARGE, 1), well(LARGE)), ends: large, asked: 2 },
  {
    name: "70 MiB, reset in the middle",
    origin: once(resetAt(LARGE, IN_THE_MIDDLE), well(LARGE)),
    ends: large,
    ...RESET,
  },
  {
    name: "70 MiB, reset at the last byte",
    origin: once(resetAt(LARGE, LARGE.bytes.length - 1), well(LARGE)),
    ends: large,
    ...RESET,
  },
  {
    name: "70 MiB, ends in the middle",
    origin: once(endAt(LARGE, IN_THE_MIDDLE), well(LARGE)),
    ends: large,
    ...ENDED,
  },
  {
    name: "70 MiB without ranges, reset in the middle",
    origin: once(resetAt(LARGE, IN_THE_MIDDLE, { "accept-ranges": "none" }), well(LARGE, { "accept-ranges": "none" })),
    ends: large,
    asked: 2,
  },
  { name: "stalls before the answer, once", origin: once(silent, well(SMALL)), ends: small, asked: 2 },
  { name: "stalls in the middle, once", origin: once(stallAt(SMALL, 30_000), well(SMALL)), ends: small, asked: 2 },
  { name: "stalls in the middle, for ever", origin: stallAt(SMALL, 30_000), ends: { failed: "STALLED" } },
  {
    name: "drips for longer than the idle limit",
    origin: drip(SMALL, { chunks: 28, pauseMs: 250 }),
    ends: small,
    asked: 1,
  },
];
