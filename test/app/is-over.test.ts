import { describe, expect, it } from "vitest";
import { isOver } from "../../src/app/is-over.ts";
import { type FaultCode, fault } from "../../src/core/fills/faults.ts";
import { failing, makeReady, makeWorld, sourceOf } from "./world.ts";

/** A world whose entry says why its last attempt failed, if it did. */
async function failedWorld(before: FaultCode | null) {
  const world = makeWorld();
  const { key } = await makeReady(world, await sourceOf());
  if (before) await world.ledger.fail(key, Number.MAX_SAFE_INTEGER, fault(before), false, world.clock.now());
  return { world, key };
}

describe("a fill whose attempt failed", () => {
  it.each<[FaultCode, number, FaultCode | null, boolean]>([
    ["ORIGIN_NOT_FOUND", 1, null, true],
    ["URL_EXPIRED", 3, "STALLED", true],
    ["ORIGIN_ERROR", 1, null, false],
    ["ORIGIN_ERROR", 100, "ORIGIN_ERROR", false],
    ["DIGEST_MISMATCH", 1, null, false],
    // Of an earlier fill.
    ["DIGEST_MISMATCH", 1, "DIGEST_MISMATCH", false],
    ["DIGEST_MISMATCH", 2, "DIGEST_MISMATCH", true],
    ["DIGEST_MISMATCH", 2, "STALLED", false],
    // Of an attempt that noted nothing, such as a download that was kept on its way.
    ["DIGEST_MISMATCH", 2, null, true],
    ["RANGE_REFUSED", 2, "RANGE_REFUSED", true],
  ])("by %s in attempt %i after %s is over: %j", async (code, tries, before, over) => {
    const { world, key } = await failedWorld(before);
    expect(await isOver({ key, fault: fault(code), tries, waited: false }, world)).toBe(over);
  });

  it.each([
    [false, 5, false],
    [true, 5, false],
    [true, 6, true],
    // The queue counts the attempts of one message.
    [false, 6, false],
  ])("and that waited (%j) is over after %i attempts: %j", async (waited, tries, over) => {
    const { world, key } = await failedWorld("STALLED");
    expect(await isOver({ key, fault: fault("STALLED"), tries, waited }, { ...world, maxAttempts: 6 })).toBe(over);
  });

  it("has no other try where nobody can say how the one before ended", async () => {
    const { world, key } = await failedWorld("DIGEST_MISMATCH");
    const ended = { key, fault: fault("DIGEST_MISMATCH"), tries: 2, waited: false };
    expect(await isOver(ended, { ...world, ledger: failing(world.ledger) })).toBe(true);
  });
});
