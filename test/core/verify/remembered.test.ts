import { expect, test, vi } from "vitest";
import { remembered } from "../../../src/core/verify/remembered.ts";

test("makes a value once for each owner and name", async () => {
  const make = vi.fn(async () => ({}));
  const [one, other] = [{}, {}];
  const first = await remembered(one, "name", make);
  expect(await remembered(one, "name", make)).toBe(first);
  expect(await remembered(other, "name", make)).not.toBe(first);
  expect(await remembered(one, "another name", make)).not.toBe(first);
  expect(make).toHaveBeenCalledTimes(3);
});

test("many at once wait for one value", async () => {
  const make = vi.fn(async () => ({}));
  const owner = {};
  const [one, other] = await Promise.all([remembered(owner, "name", make), remembered(owner, "name", make)]);
  expect(one).toBe(other);
});

test("forgets a failure", async () => {
  const owner = {};
  const failing = () => Promise.reject(new Error("no key"));
  await expect(remembered(owner, "name", failing)).rejects.toThrow("no key");
  expect(await remembered(owner, "name", async () => "key")).toBe("key");
});

test("holds 32 names for an owner, the oldest making room", async () => {
  const make = vi.fn(async () => "key");
  const owner = {};
  for (let day = 0; day < 33; day++) await remembered(owner, `day ${day}`, make);
  await remembered(owner, "day 1", make);
  await remembered(owner, "day 32", make);
  expect(make).toHaveBeenCalledTimes(33);
  await remembered(owner, "day 0", make);
  expect(make).toHaveBeenCalledTimes(34);
});
