import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inTurns } from "../../src/app/in-turns.ts";

/** Work that ends when the test says so. */
function controlled() {
  const running = new Map<string, PromiseWithResolvers<string>>();
  const begun: string[] = [];
  return {
    begun,
    work: async (item: string) => {
      begun.push(item);
      const end = Promise.withResolvers<string>();
      running.set(item, end);
      return await end.promise;
    },
    async end(item: string) {
      running.get(item)?.resolve(item.toUpperCase());
      await turn();
    },
    async fail(item: string) {
      running.get(item)?.reject(new Error(`${item} failed`));
      await turn();
    },
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("work in turns", () => {
  it("gives the results in the items' order, whichever ended first", async () => {
    const { work, end } = controlled();
    const results = inTurns(["a", "b", "c"], 3, work);
    for (const item of ["c", "a", "b"]) await end(item);
    expect(await results).toEqual(["A", "B", "C"]);
  });

  it("begins the next when one has ended, and no sooner", async () => {
    const { work, end, begun } = controlled();
    const results = inTurns(["a", "b", "c", "d"], 2, work);
    expect(begun).toEqual(["a", "b"]);
    await turn();
    expect(begun).toEqual(["a", "b"]);
    await end("b");
    expect(begun).toEqual(["a", "b", "c"]);
    await end("c");
    await end("d");
    await end("a");
    expect(await results).toEqual(["A", "B", "C", "D"]);
  });

  it("works on each item once, at most so many at a time, whatever the numbers", async () => {
    const turns = fc.integer({ min: 1, max: 4 });
    const property = fc.asyncProperty(fc.array(turns, { maxLength: 30 }), fc.integer({ min: 1, max: 8 }), check);
    async function check(turnsOf: number[], width: number) {
      let running = 0;
      let most = 0;
      const seen: number[] = [];
      const results = await inTurns([...turnsOf.entries()], width, async ([position, turns]) => {
        most = Math.max(most, ++running);
        seen.push(position);
        for (let left = turns; left > 0; left -= 1) await Promise.resolve();
        running -= 1;
        return position;
      });
      expect(results).toEqual(turnsOf.map((_, position) => position));
      expect(seen.toSorted((a, b) => a - b)).toEqual(results);
      expect(most).toBe(Math.min(width, turnsOf.length));
    }
    await fc.assert(property, { numRuns: 200 });
  });

  it("is done at once with nothing", async () => {
    expect(await inTurns([], 4, async () => "never")).toEqual([]);
  });

  it("knows the same item twice as two", async () => {
    expect(await inTurns(["a", "a"], 1, async (item) => item)).toEqual(["a", "a"]);
  });

  it("fails when one fails, with its reason", async () => {
    const { work, fail, end } = controlled();
    const results = expect(inTurns(["a", "b"], 2, work)).rejects.toThrow("b failed");
    await fail("b");
    await end("a");
    await results;
  });
});
