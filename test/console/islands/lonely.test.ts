import { describe, expect, it } from "vitest";
import { lonely, withoutRepetition } from "../../../src/console/islands/lonely.ts";

describe("values without a neighbour", () => {
  it.each([
    [[], []],
    [[null, null], []],
    [[1], [0]],
    [[0, null], [0]],
    [[null, null, 50], [2]],
    [[1, 2, null, 3, null, 4, 5], [3]],
    [
      [1, null, 2, null, 3],
      [0, 2, 4],
    ],
    [[1, 2, 3], []],
  ])("of %j are at %j", (values, places) => {
    expect(lonely(values)).toEqual(places);
  });
});

describe("labels of an axis", () => {
  it.each([
    [[], []],
    [
      ["21 Nov", "21 Nov", "22 Nov", "22 Nov"],
      ["21 Nov", "", "22 Nov", ""],
    ],
    [
      ["16:00", "20:00", "16:00"],
      ["16:00", "20:00", "16:00"],
    ],
  ])("%j are shown as %j", (labels, shown) => {
    expect(withoutRepetition(labels)).toEqual(shown);
  });
});
