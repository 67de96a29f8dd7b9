import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fill } from "../../src/app/fill.ts";
import type { FillMessage } from "../../src/core/fills/fill-message.ts";
import { consume } from "./consuming.ts";
import { pattern, ranged, type SmallWorld, sha256, smallWorld, storedIn } from "./small-parts.ts";
import { isClaimed, tracesOf, wrapped } from "./world.ts";

/** A world whose ports take a moment each, as long as is drawn for them in turn. */
function unhurried(world: SmallWorld, moments: readonly number[]): SmallWorld {
  let calls = 0;
  const around = async (_: string, call: () => Promise<unknown>) => {
    const moment = moments[calls++ % moments.length] ?? 0;
    for (let turns = 0; turns < moment; turns += 1) await turn();
    return await call();
  };
  const { gate, ledger, index, origin, queue } = world;
  const [slow, slower] = [wrapped(gate, around), wrapped(ledger, around)];
  const parts = { gate: slow, ledger: slower, index: wrapped(index, around), origin: wrapped(origin, around) };
  return { ...world, ...parts, queue: wrapped(queue, around) } as SmallWorld;
}

const moments = fc.array(fc.nat(3), { minLength: 1, maxLength: 40 });
/** Which message is delivered next, among those that were ever sent, and whether all that goes on ends first. */
const deliveries = fc.array(
  fc.record({ which: fc.nat(1000), attempt: fc.integer({ min: 1, max: 3 }), alone: fc.boolean() }),
  {
    minLength: 3,
    maxLength: 20,
  },
);

describe("duplicate and reordered deliveries of all messages of a fill", () => {
  it.each([
    ["that is put at once", 15],
    ["that is read as one stream", 45],
    ["by four lanes", 455],
  ])("change nothing for an object %s: one copy, and nothing is left over", async (_, length) => {
    await fc.assert(
      fc.asyncProperty(moments, deliveries, async (drawn, order) => {
        const body = pattern(length);
        const { world, key, message, sent } = await smallWorld(ranged(body));
        const parts = unhurried(world, drawn);
        const all: FillMessage[] = [message];
        let running: Promise<unknown>[] = [];
        for (const { which, attempt, alone } of order) {
          all.push(...world.queue.take());
          const next = all[which % all.length] ?? message;
          running.push(fill(next, attempt, parts));
          if (!alone) continue;
          await Promise.all(running);
          running = [];
        }
        await Promise.all(running);
        // What came while another attempt was at work comes again, and so does what nobody has had yet.
        await consume(all.toReversed(), world, parts);
        await world.settled();
        expect(storedIn(world)).toEqual({ objects: [sha256(body)], uploads: 0 });
        expect(await world.ledger.find(key)).toMatchObject({ state: "ready", failure: null, copy: { size: length } });
        expect(tracesOf(world, key)).toHaveLength(3);
        expect(isClaimed(world, key)).toBe(false);
        expect([...world.slots.names.keys()]).toEqual([]);
        expect(world.reports).toEqual([]);
        expect(sent.bytes).toBe(length);
      }),
      { numRuns: 30, seed: 4 },
    );
  });
});
