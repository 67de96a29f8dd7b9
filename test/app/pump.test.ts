import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { KEEP_BUDGET_MS } from "../../src/app/keep-in-turn.ts";
import { ALONE_MS, bodyOf, counted, IDLE_MS, joined, notingKeeper, PART_BYTES, pumping } from "./pumping.ts";
import { quiet } from "./quiet.ts";
import { passingTime, useFakeTimers } from "./world.ts";

const NEVER = () => new Promise<void>(() => {});

beforeEach(useFakeTimers);
afterEach(() => {
  vi.useRealTimers();
});

describe("a pump", () => {
  it("passes on and keeps every byte, whatever the chunks, with a length and without", async () => {
    const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 25 }), { maxLength: 8 });
    const property = fc.asyncProperty(chunks, fc.boolean(), async (given, told) => {
      const bytes = joined(given);
      const keeper = notingKeeper();
      const body = bodyOf(given.map((chunk) => Uint8Array.from(chunk)));
      const { done, rest, passed } = pumping(body, keeper, told ? bytes.length : null);
      expect(await rest()).toEqual(bytes);
      await done;
      expect(passed).toEqual({ came: bytes.length, taken: bytes.length });
      expect(joined(keeper.parts)).toEqual(bytes);
      expect(keeper.parts.slice(0, -1).every(({ length }) => length === PART_BYTES)).toBe(true);
      expect(keeper.told.filter((what) => what !== "keep")).toEqual(["end"]);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it("holds one part while another is kept, and reads no byte more", async () => {
    const stored = Promise.withResolvers<void>();
    const keeper = notingKeeper(() => stored.promise);
    const source = bodyOf(counted(50));
    const { take, rest, done } = pumping(source, keeper, 50);
    await take(20);
    expect([source.taken(), keeper.parts.length]).toEqual([2 * PART_BYTES, 1]);
    stored.resolve();
    expect(await rest()).toHaveLength(50);
    await done;
    expect(keeper.told.at(-1)).toBe("end");
  });

  it("reads no further than a client that reads nothing: one chunk", async () => {
    const source = bodyOf(counted(50));
    const { rest } = pumping(source, notingKeeper(), 50);
    await quiet();
    expect(source.taken()).toBe(1);
    expect(await rest()).toHaveLength(50);
  });

  it("counts what a client took that left, and all that the origin sent", async () => {
    const { take, leave, done, passed } = pumping(bodyOf(counted(50)), notingKeeper(), 50);
    await take(7);
    await leave();
    await done;
    expect(passed.came).toBe(50);
    expect(passed.taken).toBeGreaterThanOrEqual(6);
    expect(passed.taken).toBeLessThanOrEqual(8);
  });

  it("goes on counting where nothing is kept any more", async () => {
    const failing = notingKeeper(async () => {
      throw new Error("the store is full");
    });
    const { rest, done, passed } = pumping(bodyOf(counted(50)), failing, 50);
    expect(await rest()).toHaveLength(50);
    await done;
    expect(passed).toEqual({ came: 50, taken: 50 });
  });

  it("uses buffers again only when their part is kept", async () => {
    const seen: number[][] = [];
    const keeper = notingKeeper(async (part) => {
      const before = [...part];
      await quiet();
      expect([...part]).toEqual(before);
      seen.push(before);
    });
    const { rest, done } = pumping(bodyOf(counted(45)), keeper, null);
    await rest();
    await done;
    expect(seen.flat()).toEqual(joined(counted(45)));
  });
});

describe("a keeper that fails", () => {
  it.each([1, 3])(
    "at part %i ends nothing for the client, and leaves the rest to somebody else once",
    async (failing) => {
      const keeper = notingKeeper(async () => {
        if (keeper.parts.length === failing) throw new Error("the store is down");
      });
      const { done, rest, reports } = pumping(bodyOf(counted(55)), keeper, 55);
      expect(await rest()).toEqual(joined(counted(55)));
      await done;
      expect(keeper.told).toEqual([...Array(failing).fill("keep"), "leave"]);
      expect(reports).toEqual(["pass through"]);
    },
  );

  it("to settle holds the client up for no longer than its budget", async () => {
    const keeper = notingKeeper(NEVER);
    const { rest, done } = pumping(bodyOf(counted(55)), keeper, 55);
    const { value, ms } = await passingTime(rest());
    expect(value).toHaveLength(55);
    expect(ms).toBe(KEEP_BUDGET_MS);
    await done;
    expect(keeper.told).toEqual(["keep", "leave"]);
  });

  it("and a client that has left are nobody to read on for", async () => {
    const failed = Promise.withResolvers<void>();
    const source = bodyOf(counted(55));
    const { take, leave, done } = pumping(
      source,
      notingKeeper(() => failed.promise),
      55,
    );
    await take(15);
    await leave();
    failed.reject(new Error("the store is down"));
    await done;
    expect(source.cancelled()).toBe(true);
    expect(source.taken()).toBeLessThanOrEqual(2 * PART_BYTES);
  });
});

describe("a client that leaves", () => {
  it("ends nothing: the whole is kept", async () => {
    const keeper = notingKeeper();
    const { take, leave, done } = pumping(bodyOf(counted(55)), keeper, 55);
    await take(5);
    await leave();
    await done;
    expect(joined(keeper.parts)).toEqual(joined(counted(55)));
    expect(keeper.told.at(-1)).toBe("end");
  });

  it("is outlived for so long, and then what is missing is left to somebody else, after what is being kept", async () => {
    const stored = Promise.withResolvers<void>();
    const keeper = notingKeeper(async () => {
      await stored.promise;
      keeper.told.push("kept");
    });
    const source = bodyOf(counted(15), NEVER);
    const { take, leave, done } = pumping(source, keeper, 55);
    await take(12);
    await leave();
    setTimeout(stored.resolve, 1000);
    const { ms } = await passingTime(done);
    expect(ms).toBe(ALONE_MS);
    expect(keeper.told).toEqual(["keep", "kept", "leave"]);
    expect(source.cancelled()).toBe(true);
  });

  it("and takes nothing for a while is not kept for any more, and gets every byte when it goes on", async () => {
    const keeper = notingKeeper();
    const { take, rest, done } = pumping(bodyOf(counted(55)), keeper, 55);
    await take(12);
    await vi.advanceTimersByTimeAsync(IDLE_MS + 1000);
    expect(keeper.told).toEqual(["keep", "leave"]);
    expect(await rest()).toEqual(joined(counted(55)));
    await done;
    expect(keeper.told).toEqual(["keep", "leave"]);
  });
});

describe("a body", () => {
  it("that breaks off does so for the client, too, and is left to somebody else", async () => {
    const keeper = notingKeeper();
    const source = bodyOf(counted(15), (controller) => controller.error(new Error("Network connection lost.")));
    const { rest, done, got } = pumping(source, keeper, 55);
    await expect(rest()).rejects.toThrow();
    await done;
    expect(got()).toHaveLength(15);
    expect(keeper.told).toEqual(["keep", "leave"]);
  });

  it("that ends too early is no whole one", async () => {
    const keeper = notingKeeper();
    const { rest, done } = pumping(bodyOf(counted(15)), keeper, 16);
    await expect(rest()).rejects.toThrow();
    await done;
    expect(keeper.told.at(-1)).toBe("leave");
  });

  it("that stalls breaks off after a while, and holds nobody up who reads slowly", async () => {
    const keeper = notingKeeper();
    const source = bodyOf(counted(15), NEVER);
    const { rest, done } = pumping(source, keeper, 55);
    const broken = expect(rest()).rejects.toThrow();
    const { ms } = await passingTime(done);
    await broken;
    expect(ms).toBe(IDLE_MS);
    expect(source.cancelled()).toBe(true);
    expect(keeper.told.at(-1)).toBe("leave");
  });

  it("of which more comes than was told of is whole after what was told of, and let go", async () => {
    const keeper = notingKeeper();
    const source = bodyOf(counted(55));
    const { rest, done } = pumping(source, keeper, 12);
    expect(await rest()).toEqual(joined(counted(12)));
    await done;
    expect(joined(keeper.parts)).toEqual(joined(counted(12)));
    expect(source.cancelled()).toBe(true);
  });
});
