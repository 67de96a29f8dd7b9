import { describe, expect, it } from "vitest";
import { present } from "../../../src/core/http/fields.ts";

describe("the fields of an answer", () => {
  it("are those that have a value, an empty one included", () => {
    expect(present({ ETag: '"a"', Vary: null, "Content-Language": "" })).toEqual({
      ETag: '"a"',
      "Content-Language": "",
    });
    expect(present({ Vary: null })).toEqual({});
  });

  it("stay in the order in which they are given", () => {
    expect(Object.keys(present({ Vary: "Origin", Age: null, ETag: '"a"' }))).toEqual(["Vary", "ETag"]);
  });
});
