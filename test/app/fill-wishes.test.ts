import { describe, expect, it } from "vitest";
import { fillWishes, MOST_WAITING, MOST_WAITING_BYTES } from "../../src/app/fill-wishes.ts";
import { MAX_URL_BYTES } from "../../src/core/origin-url/raw-url.ts";
import { NOON } from "../core/samples.ts";
import { names, wish } from "./wishing.ts";

const LONG = `https://files.example.com/${"a".repeat(MAX_URL_BYTES - 26)}`;

describe("wishes that nobody carries away", () => {
  it("do not pile up without end", () => {
    const wishes = fillWishes();
    for (const name of names(MOST_WAITING + 10)) wishes.add(wish(name), NOON);
    expect(wishes.take()).toHaveLength(MOST_WAITING);
    expect(wishes.add(wish("next"), NOON)).toBe(true);
  });

  it("do not pile up without end by their bytes either, as long as a URL may be", () => {
    const wishes = fillWishes();
    for (const name of names(MOST_WAITING)) wishes.add(wish(name, { url: LONG }), NOON);
    const taken = wishes.take();
    const bytes = taken.reduce((sum, { url }) => sum + 2 * url.length, 0);
    expect(bytes).toBeLessThan(MOST_WAITING_BYTES);
    expect(bytes).toBeGreaterThan(0.9 * MOST_WAITING_BYTES);
  });

  it("leave room again when they are taken, whatever their size was", () => {
    const wishes = fillWishes();
    for (const round of ["first", "second", "third"]) {
      for (const name of names(MOST_WAITING)) wishes.add(wish(`${round}-${name}`, { url: LONG }), NOON);
      expect(wishes.take().length).toBeGreaterThan(200);
    }
  });

  it("that found no room are no wishes: the next download asks, and carries all that waits", () => {
    const wishes = fillWishes();
    for (const name of names(MOST_WAITING)) wishes.add(wish(name), NOON);
    wishes.add(wish("late"), NOON);
    wishes.take();
    expect(wishes.add(wish("late"), NOON)).toBe(true);
    expect(wishes.take().map(({ publicKey }) => publicKey)).toEqual(["late"]);
  });
});
