import { describe, expect, it } from "vitest";
import { preload } from "../stack/entries.ts";
import { BREAKS } from "./cases/breaks.ts";
import { EXPIRED_LARGE, EXPIRY, expiringPath } from "./cases/expiry.ts";
import { rangeOf } from "./origin/answers.ts";
import { IN_THE_MIDDLE, LARGE, PART_BYTES, PARTS } from "./origin/bodies.ts";
import { check } from "./run/check.ts";
import { NOTHING, PATIENCE_MS, rows, whenAllHasEnded, withFaultStack } from "./run/matrix.ts";
import { startCases } from "./run/running-case.ts";
import { watch } from "./run/watch.ts";

const breaking = await startCases(BREAKS);
const expiring = await startCases(EXPIRY);
const stack = withFaultStack([breaking, expiring]);

describe("an origin that breaks off", () => rows(stack, breaking.cases));

describe("a URL that ends before its object is there", () => {
  rows(stack, expiring.cases);

  it("is made up for by a fresh one, and what is there already is not asked for again", async () => {
    const row = expiring.cases.find(({ name }) => name === EXPIRED_LARGE.name);
    if (!row) throw new Error("it is not among the rows");
    const before = row.running.asked.length;
    await preload(stack(), { url: `${row.running.url}${expiringPath(600)}`, hash: row.name });
    const seen = await watch(stack(), [row], PATIENCE_MS);
    check({ ...row, ends: { ready: LARGE }, asked: before + PARTS }, seen.get(row.name) ?? NOTHING);
    const firsts = row.running.asked.slice(before).map((asked) => rangeOf(asked)?.first ?? 0);
    // One part more may have been under way: it was not whole.
    expect(Math.min(...firsts)).toBeGreaterThanOrEqual(IN_THE_MIDDLE - PART_BYTES);
  });
});

describe("when all has ended", () => whenAllHasEnded(stack, breaking.cases, 1));
