import { describe, expect, it } from "vitest";
import { declaredType } from "../../../src/core/http/declared-type.ts";

describe("the type that a file is given", () => {
  it.each(["text/plain", "text/html; charset=utf-8", "image/svg+xml", "application/vnd.ms-excel", "x/y;a"])(
    "is kept as it is said: %s",
    (type) => {
      expect(declaredType(type)).toBe(type);
      expect(declaredType(` ${type} `)).toBe(type);
    },
  );

  it.each([
    ["", "it is empty"],
    ["text", "it is none"],
    ["text/", "it is none"],
    ["text/plain\r\nX-A: b", "it would be two fields"],
    ["text/plain; charset=я", "no field can hold it"],
    [`text/${"x".repeat(300)}`, "it is too long"],
    ["application/x-www-form-urlencoded", "curl says so of everything"],
    ["Application/X-WWW-Form-Urlencoded; charset=UTF-8", "the same in other words"],
  ])("is none for %j: %s", (type) => {
    expect(declaredType(type)).toBeNull();
  });

  it("is none where nobody says anything", () => {
    expect(declaredType(null)).toBeNull();
  });
});
