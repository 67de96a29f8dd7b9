import { describe, expect, it } from "vitest";
import { methods } from "../../../src/api/methods.ts";
import { asItStands } from "../../../src/api/undecodable.ts";

/** Tells what a path's parameters are taken for. */
const told = asItStands(methods({ GET: async ({ params }) => Response.json(params) }, {}));

async function namedBy(params?: Record<string, string>): Promise<unknown> {
  return await (await told(new Request("https://api.test/"), "request", params)).json();
}

describe("a path's parameter", () => {
  it.each([
    ["a-b", "a-b"],
    ["a%20%D1%8F", "a я"],
    ["%2e%2E%2F", "../"],
    ["%00", "\0"],
    ["", ""],
  ])("of %j names %j", async (text, name) => {
    expect(await namedBy({ id: text })).toEqual({ id: name });
  });

  it.each(["%", "%ZZ", "a%2", "%FF", "%C3%28", "%20%"])(
    "of %j names that text, though nobody can decode it",
    async (text) => {
      expect(await namedBy({ id: text, other: "%20" })).toEqual({ id: text, other: " " });
    },
  );

  it("need not be there", async () => {
    expect(await namedBy()).toEqual({});
  });
});
