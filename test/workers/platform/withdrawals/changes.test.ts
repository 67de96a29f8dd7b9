import { describe, expect, test } from "vitest";
import { WITHDRAWN_AFTER_MS } from "../../../../src/ports/withdrawals.ts";
import { epochOf, isolate } from "./isolate.ts";

describe("after a change by this isolate", () => {
  test("what was known is asked for again", async () => {
    const { known, tenant, log } = isolate();
    await known.find(tenant);
    await log.revokeLinks(tenant);
    known.forget(tenant);
    expect([known.known(tenant), known.lastKnown(tenant)]).toEqual([null, null]);
    expect(await epochOf(known.find(tenant))).toBe(1);
  });

  test("the answer to a question from before it is not remembered, though nobody asked since", async () => {
    const { known, tenant, log, answerAll, settled } = isolate({ slow: true });
    const before = known.find(tenant);
    await settled();
    await log.revokeLinks(tenant);
    known.forget(tenant);
    await answerAll();
    expect(await epochOf(before)).toBe(0);
    expect([known.known(tenant), known.lastKnown(tenant)]).toEqual([null, null]);
  });

  test("the answer to a question from before it is joined by nobody", async () => {
    const { known, tenant, log, answerAll, settled } = isolate({ slow: true });
    const before = known.find(tenant);
    await settled();
    await log.revokeLinks(tenant);
    known.forget(tenant);
    const after = known.find(tenant);
    await answerAll();
    expect([await epochOf(before), await epochOf(after)]).toEqual([0, 1]);
    expect(known.known(tenant)?.epoch).toBe(1);
  });
});

test("a thousand interleavings: who asks after a withdrawal was answered never hears of the time before it", async () => {
  const random = seeded(5);
  for (let round = 0; round < 1_000; round++) {
    const { known, tenant, clock, answerAll, log } = isolate({ slow: true });
    /** When each epoch was told of as being in force. */
    const told: number[] = [];
    const inForce = () => told.filter((at) => at <= clock.now()).length;
    const finds: Promise<void>[] = [];
    for (let step = 0; step < 12; step++) {
      clock.advance(Math.floor(random() * 500));
      const choice = random();
      if (choice < 0.2) {
        await log.revokeLinks(tenant);
        told.push(clock.now() + WITHDRAWN_AFTER_MS);
      } else if (choice < 0.6) {
        const least = inForce();
        finds.push(known.find(tenant).then(({ epoch }) => void expect(epoch).toBeGreaterThanOrEqual(least)));
      } else if (choice < 0.9) await answerAll();
      else if (choice < 0.95) known.forget(tenant);
      const sure = known.known(tenant);
      if (sure) expect(sure.epoch).toBeGreaterThanOrEqual(inForce());
    }
    await answerAll();
    // A second question may have been sent by those whose first one took too long.
    await answerAll();
    await Promise.race([Promise.all(finds), new Promise((_, reject) => setTimeout(reject, 5_000))]);
  }
}, 60_000);

/** Mulberry32: the same numbers in [0, 1) each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
