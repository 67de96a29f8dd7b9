import { describe, expect, it } from "vitest";
import { reach } from "../../src/app/reach.ts";
import { SnapbyteError } from "../../src/core/errors.ts";
import { makeWorld } from "./world.ts";

describe("a part that a management call cannot do without", () => {
  it.each([["value"], [null], [undefined]])("gives its answer: %j", async (value) => {
    const world = makeWorld();
    expect(await reach("entries", Promise.resolve(value), world.report)).toBe(value);
    expect(world.reports).toEqual([]);
  });

  it("that fails is told of as 503, with what happened inside for the operator only", async () => {
    const world = makeWorld();
    const error = new Error("password authentication failed for user snapbyte");
    const answer = reach("entries", Promise.reject(error), world.report);
    await expect(answer).rejects.toMatchObject({ code: "UNAVAILABLE", cause: error });
    await expect(answer).rejects.not.toThrow("password");
    expect(world.reports).toEqual([{ what: "entries", error }]);
  });

  it("that says what the client did wrong is heard, and not reported", async () => {
    const world = makeWorld();
    const error = new SnapbyteError("INVALID_FIELD", "cursor is not one that this list gave.");
    await expect(reach("entries", Promise.reject(error), world.report)).rejects.toBe(error);
    expect(world.reports).toEqual([]);
  });
});
