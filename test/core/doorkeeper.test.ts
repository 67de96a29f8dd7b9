import { describe, expect, it } from "vitest";
import { doorkeeper } from "../../src/core/doorkeeper.ts";
import { MINUTE, NOON } from "./samples.ts";

describe("a doorkeeper", () => {
  it("admits what is asked for a second time, once", () => {
    const { admits } = doorkeeper();
    expect([admits("a", NOON), admits("a", NOON + 1), admits("a", NOON + 2), admits("a", NOON + 3)]).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  it("knows names apart", () => {
    const { admits } = doorkeeper();
    expect([admits("a", NOON), admits("b", NOON), admits("b", NOON), admits("a", NOON)]).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it.each([
    [10 * MINUTE - 1, true],
    [10 * MINUTE, false],
  ])("remembers a name for ten minutes: after %s ms it is a second time: %s", (later, admitted) => {
    const { admits } = doorkeeper();
    admits("a", NOON);
    expect(admits("a", NOON + later)).toBe(admitted);
  });

  it("admits a name again ten minutes after it did, at its second time from then", () => {
    const { admits } = doorkeeper();
    admits("a", NOON);
    expect(admits("a", NOON)).toBe(true);
    const asked = [1, 9, 10, 11, 12].map((minutes) => admits("a", NOON + minutes * MINUTE));
    expect(asked).toEqual([false, false, false, true, false]);
  });

  it("is not kept waiting by those who ask all the time", () => {
    const { admits } = doorkeeper({ ms: 10 });
    const times = Array.from({ length: 40 }, (_, ms) => ms).filter((ms) => admits("a", NOON + ms));
    expect(times).toEqual([1, 12, 23, 34]);
  });

  it("lets the names that were seen longest ago make room", () => {
    const { admits } = doorkeeper({ names: 2 });
    for (const name of ["a", "b", "a", "c"]) admits(name, NOON);
    // `a` was admitted after `b` was seen, so `b` made room for `c`.
    expect(admits("a", NOON)).toBe(false);
    expect(admits("c", NOON)).toBe(true);
    expect(admits("b", NOON)).toBe(false);
  });

  it("holds no more than it may, whatever is asked for", () => {
    const { admits } = doorkeeper({ names: 100 });
    for (let at = 0; at < 1_000; at++) admits(`name-${at}`, NOON);
    const known = Array.from({ length: 1_000 }, (_, at) => `name-${999 - at}`).filter(
      (name, at) => at < 100 && admits(name, NOON),
    );
    expect(known).toHaveLength(100);
  });
});
