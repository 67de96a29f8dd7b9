import type { FaultCase } from "../fault-case.ts";
import { inTurn, rangeOf, sendCut, sendRange, status, well } from "../origin/answers.ts";
import { IN_THE_MIDDLE, LARGE, LARGE_CHANGED, PARTS, SMALL } from "../origin/bodies.ts";
import type { Misbehaviour } from "../origin/raw-origin.ts";
import { endAt } from "./breaks.ts";

const broken = endAt(LARGE, IN_THE_MIDDLE);

/** A 206 of whatever there is now, whatever version was asked for. */
const anyVersion: Misbehaviour = async (asked, wire) => {
  const range = rangeOf(asked);
  if (range) await sendRange(wire, LARGE_CHANGED, range);
  else await sendCut(wire, LARGE_CHANGED, LARGE_CHANGED.bytes.length);
};

/** The whole, whatever range was asked for. */
const wholeAlways: Misbehaviour = async (_, wire) => await sendCut(wire, LARGE, LARGE.bytes.length);

/** Other bytes than were asked for, and it says so. */
const otherRange: Misbehaviour = async (asked, wire) => {
  const { first, last } = rangeOf(asked) ?? { first: 0, last: 0 };
  await sendRange(wire, LARGE, { first: first - 1, last: last - 1 });
};

/** The right range, of which the last byte does not come. */
const shortRange: Misbehaviour = async (asked, wire) => {
  const { first, last } = rangeOf(asked) ?? { first: 0, last: 0 };
  const fields = {
    "content-length": last - first + 1,
    "content-range": `bytes ${first}-${last}/${LARGE.bytes.length}`,
  };
  await sendRange(wire, LARGE, { first, last: last - 1 }, fields);
};

/** A part of the object to who asked for all of it. */
const partForWhole: Misbehaviour = async (_, wire) => await sendRange(wire, SMALL, { first: 0, last: 99 });

export const CHANGES: readonly FaultCase[] = [
  {
    name: "70 MiB, changed between two parts",
    origin: inTurn(broken, well(LARGE_CHANGED)),
    ends: { ready: LARGE_CHANGED },
    asked: 3,
  },
  {
    name: "70 MiB, changed between two parts, and If-Match is ignored",
    origin: inTurn(broken, anyVersion),
    ends: { ready: LARGE_CHANGED },
    asked: 3,
  },
  { name: "70 MiB, 200 instead of 206", origin: inTurn(broken, wholeAlways), ends: { ready: LARGE }, asked: 2 },
  {
    name: "70 MiB, 206 with another range",
    origin: inTurn(broken, otherRange),
    ends: { failed: "RANGE_REFUSED" },
    // The break before it was another fault: a range that is refused has its second attempt all the same.
    asked: 3,
  },
  {
    name: "70 MiB, 416 to a part",
    origin: inTurn(broken, status(416), well(LARGE)),
    ends: { ready: LARGE },
    asked: 3,
  },
  {
    name: "70 MiB, a part that is short, once",
    origin: inTurn(broken, shortRange, well(LARGE)),
    ends: { ready: LARGE },
    asked: 2 + PARTS,
  },
  {
    name: "70 MiB, 500 to a part, once",
    origin: inTurn(broken, status(500), well(LARGE)),
    ends: { ready: LARGE },
    asked: 2 + PARTS,
  },
  { name: "206 to who asked for the whole", origin: partForWhole, ends: { failed: "ORIGIN_STATUS" } },
];
