import { describe, expect, it } from "vitest";
import { LINES_A_SECOND, LineLimit } from "../../src/core/line-limit.ts";
import { NOON, SECOND } from "./samples.ts";

/** What came of so many lines of a kind at the same time: `null` of each that was not written. */
const many = (limit: LineLimit, count: number, now: number, kind = "ledger") =>
  Array.from({ length: count }, () => limit.admit(kind, now)?.unsaid ?? null);

const WRITTEN = Array<number>(LINES_A_SECOND).fill(0);

describe("lines of one kind", () => {
  it("are all written where they are few", () => {
    expect(many(new LineLimit(), LINES_A_SECOND, NOON)).toEqual(WRITTEN);
  });

  it("are not written beyond that in the same second, and the next one tells how many were not", () => {
    const limit = new LineLimit();
    expect(many(limit, 100, NOON)).toEqual([...WRITTEN, ...Array<null>(100 - LINES_A_SECOND).fill(null)]);
    expect(many(limit, 1, NOON + SECOND - 1)).toEqual([null]);
    expect(many(limit, 2, NOON + SECOND)).toEqual([101 - LINES_A_SECOND, 0]);
  });

  it("count from the first line of their second", () => {
    const limit = new LineLimit();
    many(limit, LINES_A_SECOND, NOON + SECOND / 2);
    expect(many(limit, 1, NOON + SECOND)).toEqual([null]);
    expect(many(limit, 1, NOON + (3 * SECOND) / 2)).toEqual([1]);
  });

  it("are at most five a second over a long bad day", () => {
    const limit = new LineLimit();
    let written = 0;
    for (let ms = 0; ms < 60 * SECOND; ms += 1) if (limit.admit("ledger", NOON + ms)) written += 1;
    expect(written).toBe(60 * LINES_A_SECOND);
  });

  it("are written again when the clock was put back", () => {
    const limit = new LineLimit();
    many(limit, 10, NOON);
    expect(many(limit, 1, NOON - 1)).toEqual([10 - LINES_A_SECOND]);
  });
});

describe("another kind", () => {
  it("has lines of its own", () => {
    const limit = new LineLimit();
    many(limit, 100, NOON);
    expect(many(limit, LINES_A_SECOND, NOON, "index")).toEqual(WRITTEN);
  });

  it("shares them with others once there are more than anybody would tell apart", () => {
    const limit = new LineLimit();
    for (let kind = 0; kind < 100; kind += 1) expect(many(limit, 1, NOON, `kind ${kind}`)).toEqual([0]);
    const rest = Array.from({ length: 10 }, (_, at) => many(limit, 1, NOON, `rare ${at}`)).flat();
    expect(rest.filter((unsaid) => unsaid !== null)).toHaveLength(LINES_A_SECOND);
  });
});
